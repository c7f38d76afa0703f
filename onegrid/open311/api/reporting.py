"""Report by GeoReport: the one thing that needs a key."""

import re
from collections.abc import Mapping, Sequence
from copy import copy
from http import HTTPStatus
from typing import Annotated, Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, acting, use_api_key
from onegrid.catalogue.public import CategoryEntry, Sensitivity, faulty_answers, questions_of
from onegrid.core.api.bodies import require_keepable
from onegrid.core.api.errors import LengthMissingError, NotSignedInError
from onegrid.core.api.idempotency import HEADER, first_answer
from onegrid.core.api.misfits import misfit
from onegrid.core.api.scopes import REPORT, Caller, require_scope
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.files import hash_of
from onegrid.core.ids import is_made_at_its_source, new_id
from onegrid.core.media.formats import MediaKind
from onegrid.core.media.lengths import require_short
from onegrid.core.media.upload import Upload, inspect_upload
from onegrid.core.moments import in_full
from onegrid.dispatch.public import Reported, ReportedCase
from onegrid.open311.actions.take_request import take_request
from onegrid.open311.api.door import TYPES, answer
from onegrid.open311.readers.offer import offered
from onegrid.open311.rules.attributes import answers
from onegrid.open311.rules.reporters import contact, full_name

MOST_FILES: Final = 6
MEDIA: Final = frozenset({MediaKind.PHOTO, MediaKind.AUDIO, MediaKind.VIDEO})
FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
ATTRIBUTE: Final = re.compile(r"attribute\[([^\[\]]{1,100})\](?:\[\])?")
# By what name GeoReport knows the fields of a report.
NAMES: Final[Mapping[str, str]] = {
    "id": HEADER, "text": "description", "category": "service_code", "location": "lat", "address": "address_string",
    "reporter_name": "first_name", "reporter_contact": "phone",
}  # fmt: skip


class ServiceRequestIn(msgspec.Struct, frozen=True, kw_only=True):
    """A report by GeoReport. What else the standard knows of a sender (`device_id`, `account_id`) is not kept."""

    service_code: str
    lat: float | None = None
    long: float | None = None
    address_string: str = ""
    address_id: str = ""
    description: str = ""
    email: str = ""
    phone: str = ""
    first_name: str = ""
    last_name: str = ""
    media_url: Annotated[str, msgspec.Meta(max_length=2000)] = ""


class Created(msgspec.Struct, frozen=True, kw_only=True):
    """The number under which a report is kept, and what happens next."""

    service_request_id: str
    service_notice: str
    account_id: None = None


class UnusableKeyError(DomainError):
    """There is no API key, or it does not work. GeoReport wants 403 for both."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("The api_key is missing or does not work: send a key with the scope cases:report."))


class UnknownFormError(InvalidInputError):
    """The body is no form."""

    def __init__(self) -> None:
        super().__init__(_("Send the report as application/x-www-form-urlencoded or multipart/form-data."))


class PlaceMissingError(InvalidInputError):
    """It is not said where the matter is, or only in words."""

    def __init__(self) -> None:
        message = _(
            "Send lat and long on WGS-84: addresses are not looked up here. An address_string beside them is kept."
        )
        super().__init__(message, fields={"lat": message})


def report(request: HttpRequest, *, form: str) -> HttpResponse:
    """Take a report in for whoever holds the key; sent again with the same Idempotency-Key it gets the first answer."""
    if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
        raise LengthMissingError  # Django would take it for empty
    if request.content_type not in FORMS:
        raise UnknownFormError
    request.user = _sender(request)
    return first_answer(request, lambda: _taken(request, form), content_type=TYPES[form], body=lambda: _sent(request))


def _sender(request: HttpRequest) -> User:
    """Return whose key it is: in the header, as for the rest of the API, or in the form, as GeoReport has it."""
    mark, _blank, text = request.headers.get("Authorization", "").partition(" ")
    if mark and mark.lower() != "bearer":
        raise NotSignedInError
    try:
        key = use_api_key(text=text.strip() if mark else request.POST.get("api_key", ""), at=now())
    except NotSignedInError as fault:
        raise (fault if mark else UnusableKeyError()) from fault
    require_scope(Caller(frozenset(key.scopes)), REPORT)
    return copy(key.user)  # the key is remembered


def _sent(request: HttpRequest) -> bytes:
    """Return what tells a repeated report from another one: a form with files cannot be read a second time."""
    fields = sorted((name, values) for name, values in request.POST.lists() if name != "api_key")
    files = [(name, hash_of(file)) for name, files in sorted(request.FILES.lists()) for file in files]
    return repr((fields, files)).encode()


def _taken(request: HttpRequest, form: str) -> HttpResponse:
    body, files = _body(request), _files(request)
    entry = offered(body.service_code)
    try:
        reported = take_request(
            report=_report(request, body, entry), files=files, media_url=body.media_url, by=acting(request), at=now()
        )
    except InvalidInputError as refusal:
        raise _renamed(refusal) from refusal
    number = reported.receipt.number
    created = Created(service_request_id=number, service_notice=_notice(request, reported, entry))
    response = answer([created], root="service_requests", form=form, status=HTTPStatus.CREATED)
    response["Location"] = request.build_absolute_uri(reverse("open311:request", args=[number, form]))
    return response


def _body(request: HttpRequest) -> ServiceRequestIn:
    names = ServiceRequestIn.__struct_fields__
    said = {name: text for name in names if (text := request.POST.get(name, "").strip())}
    require_keepable(said)
    try:
        return msgspec.convert(said, ServiceRequestIn, strict=False)
    except msgspec.ValidationError as fault:
        raise misfit(str(fault)) from fault


def _report(request: HttpRequest, body: ServiceRequestIn, entry: CategoryEntry) -> ReportedCase:
    if body.lat is None or body.long is None:
        raise PlaceMissingError
    return ReportedCase(
        id=_id(request),
        text=body.description or entry.named(settings.LANGUAGE_CODE),
        x=body.long,
        y=body.lat,
        category_code=entry.code,
        address=body.address_string,
        answers=_answers(request, entry),
        reporter_name=full_name(first=body.first_name, last=body.last_name),
        reporter_contact=contact(phone=body.phone, email=body.email),
    )


def _id(request: HttpRequest) -> UUID:
    """Return the id of the report: the caller's own key where it is a UUIDv7, so that nothing is ever written twice."""
    try:
        key = UUID(request.headers.get(HEADER, ""))
    except ValueError:
        return new_id()
    return key if is_made_at_its_source(key) else new_id()


def _answers(request: HttpRequest, entry: CategoryEntry) -> Mapping[str, object]:
    sent: dict[str, list[str]] = {}
    for name, values in request.POST.lists():
        if match := ATTRIBUTE.fullmatch(name):
            sent.setdefault(match[1], []).extend(values)
    found = answers(questions_of(entry.form, language=get_language() or ""), sent)
    require_keepable({f"attribute[{code}]": answer for code, answer in found.items()})
    if faults := faulty_answers(entry.form, found):
        fields = {f"answers.{code}": reason for code, reason in faults.items()}
        raise InvalidInputError(_("An answer is not possible."), fields=fields)
    return found


def _files(request: HttpRequest) -> Sequence[Upload]:
    files = [file for _name, files in request.FILES.lists() for file in files]
    if len(files) > MOST_FILES:
        message = _("At most %(most)d files with a report.") % {"most": MOST_FILES}
        raise InvalidInputError(message, fields={"media": message})
    return [_file(file) for file in files]


def _file(file: UploadedFile[bytes]) -> Upload:
    try:
        upload = require_short(inspect_upload(file))
    except InvalidInputError as refusal:
        raise InvalidInputError(str(refusal), fields={"media": str(refusal)}) from refusal
    if upload.kind not in MEDIA:
        message = _("Send photos, sounds or films.")
        raise InvalidInputError(message, fields={"media": message})
    return upload


def _renamed(refusal: InvalidInputError) -> InvalidInputError:
    """Return a refusal with the fields by the names they were sent under."""
    fields = {}
    for name, message in refusal.fields.items():
        code = name.removeprefix("answers.")
        fields[NAMES.get(name, name) if code == name else f"attribute[{code}]"] = message
    return InvalidInputError(str(refusal), fields=fields)


def _notice(request: HttpRequest, reported: Reported, entry: CategoryEntry) -> str:
    receipt = reported.receipt
    due = _("It is due by %(moment)s.") % {"moment": in_full(receipt.due_at)} if receipt.due_at else ""
    page = request.build_absolute_uri(reverse("portal:case", args=[receipt.number]))
    shown = _("How far it is stands at %(address)s.") % {"address": page}
    if entry.sensitivity == Sensitivity.CLOSED:
        shown = _("Matters of this kind are not shown to the public.")
    return " ".join(part for part in (due, shown) if part)
