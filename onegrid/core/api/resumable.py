"""
The tus protocol, version 1.0.0: https://tus.io/protocols/resumable-upload.

With its extensions creation, creation with the first bytes, expiration, termination and checksum. A surface mounts
two views on it, for its uploads and for each of them, and says what it does with a whole one.
"""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.http import http_date
from django.utils.translation import gettext as _

from onegrid.core.api.problems import problem, refusal
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.media import resumable
from onegrid.core.media.resumable import Checksum, Resumable

VERSION = "1.0.0"
PIECE = "application/offset+octet-stream"
_EXTENSIONS = "creation,creation-with-upload,expiration,termination,checksum"
_LONGEST_METADATA = 2048
_DIGITS = 15


@dataclass(frozen=True)
class Door:
    """
    What a surface decides: the address of an upload, and whether a whole one is of use to it.

    `accept` raises a `DomainError` where it is not; then the upload is taken away.
    """

    address: Callable[[str], str]
    accept: Callable[[Resumable], None]


class NotTusError(DomainError):
    """What was sent is not as the protocol has it. For programs, so its text is in the words of the protocol."""

    def __init__(self, *, said: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(said)
        self.status = status


def uploads(request: HttpRequest, door: Door, *, at: datetime) -> HttpResponse:
    """Answer at the address where uploads begin: say what is possible, or begin one."""
    return _answer(request, {"POST": lambda: _begin(request, door, at=at)})


def upload(request: HttpRequest, id_: str, door: Door, *, at: datetime) -> HttpResponse:
    """Answer at the address of one upload: how far it is, go on with it, or take it away."""
    return _answer(
        request,
        {
            "HEAD": lambda: _standing(id_, at=at),
            "PATCH": lambda: _go_on(request, id_, door, at=at),
            "DELETE": lambda: _end(id_, at=at),
        },
    )


def named(name: str) -> str:
    """Return the metadata of an upload whose file has this name."""
    return f"filename {base64.b64encode(name.encode()).decode()}"


def filename(metadata: str) -> str:
    """Return the name a file came with, by the metadata of its upload; nothing where it is not told or unreadable."""
    for pair in metadata.split(","):
        key, _space, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _answer(request: HttpRequest, methods: dict[str, Callable[[], HttpResponse]]) -> HttpResponse:
    method = request.method or ""
    if method == "POST":  # where a proxy lets only few methods through
        method = request.headers.get("X-HTTP-Method-Override", method).upper()
    if method == "OPTIONS":
        response = _possible()
    elif request.headers.get("Tus-Resumable") != VERSION:
        response = problem(request, status=HTTPStatus.PRECONDITION_FAILED, detail=f"Tus-Resumable must be {VERSION}.")
    elif method not in methods:
        response = problem(request, status=HTTPStatus.METHOD_NOT_ALLOWED)
        response["Allow"] = ", ".join(["OPTIONS", *methods])
    else:
        response = _tried(request, methods[method])
    response["Tus-Resumable"] = VERSION
    response["Tus-Version"] = VERSION
    response["Cache-Control"] = "no-store"
    return response


def _tried(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return act()
    except DomainError as error:
        return refusal(request, error)
    except UnreadablePostError:  # cut off: what came is kept, and nobody hears the answer
        return problem(request, status=HTTPStatus.BAD_REQUEST, detail="The piece was cut off.")


def _possible() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.NO_CONTENT,
        headers={
            "Tus-Extension": _EXTENSIONS,
            "Tus-Max-Size": str(settings.VIDEO_LIMIT),
            "Tus-Checksum-Algorithm": ",".join(resumable.CHECKSUMS),
        },
    )


def _begin(request: HttpRequest, door: Door, *, at: datetime) -> HttpResponse:
    length, metadata = _number(request, "Upload-Length"), request.headers.get("Upload-Metadata", "")
    if not length:
        raise InvalidInputError(_("The file is empty."))
    if len(metadata) > _LONGEST_METADATA:
        raise NotTusError(said="Upload-Metadata is too long.")
    begun = resumable.begin(length=length, metadata=metadata, at=at)
    if request.content_type == PIECE and request.META.get("CONTENT_LENGTH"):
        begun = _append(request, begun.id, door, offset=0, at=at)
    response = _as_far_as(begun, HttpResponse(status=HTTPStatus.CREATED))
    response["Location"] = door.address(begun.id)
    return response


def _standing(id_: str, *, at: datetime) -> HttpResponse:
    found = resumable.find(id_, at=at)
    response = _as_far_as(found, HttpResponse(status=HTTPStatus.OK))
    response["Upload-Length"] = str(found.length)
    if found.metadata:
        response["Upload-Metadata"] = found.metadata
    return response


def _go_on(request: HttpRequest, id_: str, door: Door, *, at: datetime) -> HttpResponse:
    if request.content_type != PIECE:
        raise NotTusError(said=f"Content-Type must be {PIECE}.", status=HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if not request.META.get("CONTENT_LENGTH"):
        raise NotTusError(said="Content-Length is missing.", status=HTTPStatus.LENGTH_REQUIRED)
    reached = _append(request, id_, door, offset=_number(request, "Upload-Offset"), at=at)
    return _as_far_as(reached, HttpResponse(status=HTTPStatus.NO_CONTENT))


def _append(request: HttpRequest, id_: str, door: Door, *, offset: int, at: datetime) -> Resumable:
    size, checksum = int(request.META["CONTENT_LENGTH"]), _checksum(request)
    reached = resumable.append(id_, request, offset=offset, size=size, at=at, checksum=checksum)
    if reached.is_whole:
        try:
            door.accept(reached)
        except DomainError:
            resumable.remove(id_)
            raise
    return reached


def _end(id_: str, *, at: datetime) -> HttpResponse:
    resumable.find(id_, at=at)
    resumable.remove(id_)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _as_far_as(found: Resumable, response: HttpResponse) -> HttpResponse:
    response["Upload-Offset"] = str(found.offset)
    response["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return response


def _number(request: HttpRequest, header: str) -> int:
    said = request.headers.get(header, "")
    if not (said.isascii() and said.isdigit() and len(said) <= _DIGITS):
        raise NotTusError(said=f"{header} must be a whole number of bytes.")
    return int(said)


def _checksum(request: HttpRequest) -> Checksum | None:
    said = request.headers.get("Upload-Checksum")
    if said is None:
        return None
    algorithm, _space, digest = said.partition(" ")
    if algorithm not in resumable.CHECKSUMS:
        raise NotTusError(said=f"Upload-Checksum must begin with one of {', '.join(resumable.CHECKSUMS)}.")
    try:
        return Checksum(algorithm, base64.b64decode(digest, validate=True))
    except binascii.Error:
        raise NotTusError(said="Upload-Checksum must end with base64.") from None
