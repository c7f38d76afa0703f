"""The API as django-ninja runs it, made to read strictly, refuse in one shape, and describe itself whole."""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from onegrid.core.api.bodies import anything, in_utc, is_number
from onegrid.core.api.errors import MalformedBodyError, UnknownMediaTypeError, UnreadableAddressError
from onegrid.core.api.faults import NO_MOMENT, told
from onegrid.core.api.plain import PlainOperation
from onegrid.core.api.problems import answer_to, problem, refusal
from onegrid.core.api.scopes import Caller
from onegrid.core.errors import InvalidInputError, NotFoundError

Document = dict[str, Any]


def _written_out(value: object) -> object:
    """Refuse the seconds since 1970 that pydantic would take for a moment."""
    if isinstance(value, int | float) or (isinstance(value, str) and is_number(value)):
        raise PydanticCustomError(NO_MOMENT, "A moment is written out.")
    return value


# What stands in a body of JSON is of its type already: true is no number there, and "1" none either.
YesOrNo = Annotated[bool, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Number = Annotated[float, Field(strict=True)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_out), AfterValidator(in_utc)]


class In(Schema):
    """What is sent: a field that we do not know is refused, so that a slip of the pen is not lost."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class StrictParser(Parser):
    """Reads bodies as `core.api.bodies` says."""

    def parse_body(self, request: HttpRequest) -> Document:
        """
        Return the body; ninja calls this for endpoints that take one.

        :raises UnknownMediaTypeError: if it says that it is something else.
        :raises InvalidInputError: if it is no object, or cannot be kept.
        """
        if request.content_type != "application/json":
            raise UnknownMediaTypeError
        body = anything(request.body)
        if not isinstance(body, dict):
            message = _("Send one object.")
            raise InvalidInputError(message, fields={"body": message})
        return body

    def parse_querydict(self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest) -> Document:
        """
        Return the fields of an address or a form.

        :raises UnreadableAddressError: if one holds what no text can hold.
        """
        if any(isinstance(value, str) and "\x00" in value for _name, values in data.lists() for value in values):
            raise UnreadableAddressError
        return super().parse_querydict(data, list_fields, request)


class OneGridAPI(NinjaAPI):
    """A NinjaAPI whose plain operations are described with the others."""

    def __init__(
        self,
        *,
        plain: Sequence[PlainOperation],
        authenticate: Callable[[HttpRequest], Caller],
        title: str,
        version: str,
    ) -> None:
        self.plain = plain
        super().__init__(
            title=title,
            version=version,
            urls_namespace="api",
            docs_url=None,
            openapi_url=None,
            auth=authenticate,
            parser=StrictParser(),
        )
        self.add_exception_handler(Exception, _refuse)
        self.add_exception_handler(Http404, _refuse)
        self.add_exception_handler(HttpError, _refuse_http)
        self.add_exception_handler(ValidationError, _refuse_invalid)


def _refuse(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    return answer_to(request, error if isinstance(error, Exception) else error())


def _refuse_http(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)
    if isinstance(error.__cause__, Exception):  # what the parser refused comes wrapped
        return answer_to(request, error.__cause__)
    if error.status_code == HTTPStatus.BAD_REQUEST:
        return refusal(request, MalformedBodyError())
    return problem(request, status=error.status_code)


def _refuse_invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    # An address with a day that no calendar has is one of ours, wrongly filled in; with other faults it is none.
    if any(fault["loc"][0] == "path" and not fault["type"].startswith("date_") for fault in error.errors):
        return refusal(request, NotFoundError(_("There is nothing at this address.")))
    fields = {_field(fault["loc"]): told(fault) for fault in error.errors}
    return refusal(request, InvalidInputError(_("What you sent cannot be taken as it is."), fields=fields))


def _field(place: Sequence[str | int]) -> str:
    # The first part says body or query, the second the parameter's name in our code where there is a body.
    parts = place[2:] if place[0] == "body" and len(place) > 2 else place[1:]  # noqa: PLR2004
    return ".".join(str(part) for part in parts) or "body"


def dumped(answer: Schema, *, status: int = 200) -> HttpResponse:
    """Return an answer that has already taken its schema's form."""
    body = msgspec.json.encode(answer.model_dump(mode="json"))
    return HttpResponse(body, status=status, content_type="application/json")
