"""Refusals as RFC 9457 problem details: one shape for everything under `/api/`, also for what Django itself refuses."""

import logging
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus

import msgspec
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.core.api.errors import BodyTooLargeError, LengthMissingError, UnreadableAddressError
from onegrid.core.errors import PASSING, DomainError, InvalidInputError, NotFoundError
from onegrid.core.web.errors import RETRY_AFTER, WORDS
from onegrid.core.web.metering import view_of
from onegrid.core.web.request_ids import id_of

logger = logging.getLogger(__name__)

ROOT = "/api/"
MEDIA_TYPE = "application/problem+json"
_LONGEST_LENGTH = 19  # digits
_NO_LENGTH = "The Content-Length is no length."
TITLES = {
    400: gettext_lazy("Not understood"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Not possible here"),
    409: gettext_lazy("Not possible as things stand"),
    410: gettext_lazy("Run out"),
    411: gettext_lazy("Length missing"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Unknown kind of body"),
    422: gettext_lazy("Not acceptable as it is"),
    423: gettext_lazy("Busy"),
    428: gettext_lazy("Version missing"),
    429: gettext_lazy("Too many requests"),
    460: gettext_lazy("Arrived damaged"),
    500: gettext_lazy("Our fault"),
    503: gettext_lazy("Busy"),
    507: gettext_lazy("No room"),
}
CODES = {
    400: "MalformedRequest", 401: "NotSignedIn", 403: "NotAllowed", 404: "NotFound", 405: "NotAllowedMethod",
    413: "BodyTooLarge", 429: "TooManyRequests", 500: "OurFault", 503: "Busy",
}  # fmt: skip


class FieldError(msgspec.Struct, frozen=True):
    """One field of what was sent, and what is wrong with it in the reader's words."""

    field: str
    message: str


class ProblemOut(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal (RFC 9457). `type` never changes with the language; `instance` is the request's id, to quote to us."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: Sequence[FieldError] = ()


def problem(
    request: HttpRequest,
    *,
    status: int,
    code: str = "",
    detail: str = "",
    errors: Mapping[str, str] | None = None,
    details: Mapping[str, object] | None = None,
) -> HttpResponse:
    """Return a refusal as the API says it."""
    title = str(TITLES.get(status) or HTTPStatus(status).phrase)
    shown = ProblemOut(
        type=f"urn:onegrid:{code or CODES.get(status, 'Refused')}",
        title=title,
        status=status,
        detail=detail or title,
        instance=f"urn:onegrid:request:{id_of(request)}",
        errors=[FieldError(field=name, message=message) for name, message in (errors or {}).items()],
    )
    document = {**msgspec.to_builtins(shown), **(details or {})}
    response = HttpResponse(msgspec.json.encode(document), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    return response


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """Return what the domain refused, in its own words."""
    return problem(
        request,
        status=error.status,
        code=error.code,
        detail=str(error),
        errors=error.fields if isinstance(error, InvalidInputError) else None,
        details=error.details(),
    )


def answer_to(request: HttpRequest, error: Exception) -> HttpResponse:
    """Return the answer to anything that went wrong: what is not ours to expect goes to the log, and no further."""
    if isinstance(error, DomainError):
        return refusal(request, error)
    if isinstance(error, Http404):
        return refusal(request, NotFoundError(_("There is nothing at this address.")))
    if isinstance(error, RequestDataTooBig):
        return refusal(request, BodyTooLargeError())
    if isinstance(error, MultiPartParserError | SuspiciousOperation | UnreadablePostError):
        return problem(request, status=400, detail=_("The form cannot be read."))
    # The view and not the path: some paths are secrets.
    logger.error("api.failed", exc_info=error, extra={"view": view_of(request), "method": request.method})
    if isinstance(error, PASSING):
        response = problem(request, status=503, detail=str(WORDS[503].text))
        response["Retry-After"] = str(RETRY_AFTER[HTTPStatus.SERVICE_UNAVAILABLE])
        return response
    return problem(request, status=500, detail=_("Something went wrong on our side. We have noted it."))


def is_length(text: str | None) -> bool:
    """Tell whether a request says nothing of its length, or something that can be one."""
    return not text or (text.isascii() and text.isdigit() and len(text) <= _LONGEST_LENGTH)


class ProblemsForApi:
    """Middleware: nothing under `/api/` is refused in any other shape, whoever refused it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Turn away what cannot be read, then put every refusal that is no problem document into one."""
        has_length = is_length(request.META.get("CONTENT_LENGTH"))
        if not request.path_info.startswith(ROOT):
            if not has_length:
                raise BadRequest(_NO_LENGTH)  # Django would fail over it
            return self.get_response(request)
        if not has_length:
            return problem(request, status=400, detail=_("The Content-Length is no length."))
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return refusal(request, UnreadableAddressError())
        if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
            return refusal(request, LengthMissingError())  # Django would take it for empty
        response = self.get_response(request)
        plain = response.status_code >= HTTPStatus.BAD_REQUEST and response["Content-Type"] != MEDIA_TYPE
        return _as_problem(request, response) if plain else response


def _as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    shown = problem(request, status=response.status_code)
    for header in ("Allow", "Retry-After"):
        if header in response:
            shown[header] = response[header]
    return shown
