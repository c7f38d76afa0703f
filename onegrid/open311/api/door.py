"""
What every address of the interface shares: its format, its language, its one jurisdiction, and how it refuses.

Refusals have GeoReport's form, with GeoReport's status codes: 404 for what is not
there, 403 for a key that is missing, wrong or not made for this, 400 for nearly all else.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus

import msgspec
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from onegrid.core.api.errors import NotAllowedMethodError
from onegrid.core.api.problems import FieldError, ProblemOut, answer_to
from onegrid.core.errors import NotFoundError
from onegrid.core.installation import district_code
from onegrid.open311.rules import xml

View = Callable[..., HttpResponse]
JSON, XML = "json", "xml"
TYPES: Mapping[str, str] = {JSON: "application/json; charset=utf-8", XML: "text/xml; charset=utf-8"}
AS_400 = {HTTPStatus.UNPROCESSABLE_ENTITY}  # what GeoReport has no other code for


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One reason for a refusal, in words for people."""

    code: int
    description: str


class UnknownJurisdictionError(NotFoundError):
    """The request is meant for another city."""

    def __init__(self) -> None:
        said = _("The jurisdiction_id is not known here. Leave it out, or send “%(code)s”.")
        super().__init__(said % {"code": district_code()})


def opened(**methods: View) -> View:
    """Return the one view of an address, open to strangers, from what answers GET and what answers POST."""

    @csrf_exempt
    @login_not_required
    def view(request: HttpRequest, *, form: str = JSON, **named: str) -> HttpResponse:
        with translation.override(_language(request)):
            response = _answered(request, methods, form=form, named=named)
        response["Access-Control-Allow-Origin"] = "*"  # nothing here depends on who is signed in
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response

    return view


def answer(content: object, *, root: str, form: str, status: int = HTTPStatus.OK) -> HttpResponse:
    """Return an answer in the format of its address; `root` is what XML calls it."""
    plain = msgspec.to_builtins(content)
    body = xml.document(root, plain) if form == XML else msgspec.json.encode(plain)
    return HttpResponse(body, status=status, content_type=TYPES[form])


def _answered(
    request: HttpRequest, methods: Mapping[str, View], *, form: str, named: Mapping[str, str]
) -> HttpResponse:
    view = methods.get("GET" if request.method == "HEAD" else request.method or "")
    if view is None:
        response = _refused(request, NotAllowedMethodError(), form=form)
        response["Allow"] = ", ".join(sorted(methods))
        return response
    try:
        _require_jurisdiction(request)
        return view(request, form=form, **named)
    except Exception as error:  # noqa: BLE001 — the interface's last door: logged there, and answered as our fault
        return _refused(request, error, form=form)


def _refused(request: HttpRequest, error: Exception, *, form: str) -> HttpResponse:
    """Say as GeoReport does what the API would say as a problem document."""
    problem = answer_to(request, error)
    said = msgspec.json.decode(problem.content, type=ProblemOut)
    status = 400 if problem.status_code in AS_400 else problem.status_code
    faults = [_fault(status, fault) for fault in said.errors] or [Fault(code=status, description=said.detail)]
    response = answer(faults, root="errors", form=form, status=status)
    if "WWW-Authenticate" in problem:
        response["WWW-Authenticate"] = problem["WWW-Authenticate"]
    return response


def _fault(status: int, fault: FieldError) -> Fault:
    return Fault(code=status, description=f"{fault.field}: {fault.message}")


def _require_jurisdiction(request: HttpRequest) -> None:
    """
    Let requests past that name no jurisdiction, or this one: by the code of the district or the name of the site.

    :raises UnknownJurisdictionError: if they name another one.
    """
    said = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or ""
    site = request.get_host().partition(":")[0]
    if said.strip().lower() not in {"", district_code().lower(), site.lower(), site.lower().removeprefix("www.")}:
        raise UnknownJurisdictionError


def _language(request: HttpRequest) -> str:
    """Return the language that `locale` asks for, else the one that was found for the request anyway."""
    asked = request.GET.get("locale", "").strip()[:35].replace("_", "-").lower()
    try:
        return translation.get_supported_language_variant(asked)
    except (LookupError, ValueError):
        return translation.get_language() or ""


def nothing_here(request: HttpRequest, *, form: str) -> HttpResponse:  # noqa: ARG001 — as all views are called
    """Refuse an address that is none."""
    raise Http404
