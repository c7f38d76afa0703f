"""Where somebody gives a tip and comes back to it. Their browser seals and opens; here only ciphertext passes."""

import base64
import binascii
from dataclasses import asdict
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onegrid.core.api.problems import refusal
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.moments import day_named
from onegrid.tips.actions.keep_part import NamedFile, SealedPart, keep_part
from onegrid.tips.actions.puzzles import Solved, give_puzzle
from onegrid.tips.actions.send_tip import SealedTip, delete_own_tip, send_tip, write_again
from onegrid.tips.readers.channels import open_channels
from onegrid.tips.readers.dialogue import dialogue
from onegrid.tips.web.discretion import answered, as_attribute, discreet
from onegrid.tips.web.frame import public_frame
from onegrid.tips.web.words import giving_words


class Nothing(msgspec.Struct):
    """A request that says nothing."""


class FileOf(msgspec.Struct, kw_only=True):
    """A file that a message names."""

    id: UUID
    parts: int


class Paid(msgspec.Struct, kw_only=True):
    """What costs a puzzle."""

    puzzle: str
    numbers: list[str]
    sealed: str
    files: list[FileOf] = []

    @property
    def named(self) -> list[NamedFile]:
        """Return the files it names."""
        return [NamedFile(attachment_id=one.id, parts=one.parts) for one in self.files]

    @property
    def solved(self) -> Solved:
        """Return the puzzle with its solution."""
        return Solved(puzzle=self.puzzle, numbers=self.numbers)


class Sent(Paid, kw_only=True):
    """A first message."""

    channel: str
    lookup: str
    public_key: str


class Holder(msgspec.Struct, kw_only=True):
    """Somebody with a receipt code; `secret` is what it derives, in hexadecimal digits."""

    secret: str


class Written(Paid, kw_only=True):
    """A further message of somebody with a receipt code."""

    secret: str


@discreet
@require_safe
def give(request: HttpRequest) -> HttpResponse:
    """Show what is protected and what is not, and the form that seals a tip on the device."""
    context = {
        "channels": open_channels(get_language() or ""),
        "wanted": request.GET.get("channel", ""),
        "words": as_attribute(giving_words()),
    }
    return render(request, "tips/give.html", public_frame() | context)


@discreet
@require_safe
def come_back(request: HttpRequest) -> HttpResponse:
    """Show where a receipt code opens its dialogue."""
    return render(request, "tips/dialogue.html", public_frame() | {"words": as_attribute(giving_words())})


@discreet
@require_POST
def puzzle(request: HttpRequest) -> HttpResponse:
    """Give out a puzzle."""
    return answered(Nothing, lambda _given: {"puzzle": give_puzzle(at=timezone.now())})(request)


@discreet
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take a sealed tip."""
    return answered(Sent, _send)(request)


@discreet
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Give the sealed answers to the holder of a receipt code."""
    return answered(Holder, _read)(request)


@discreet
@require_POST
def write(request: HttpRequest) -> HttpResponse:
    """Take a further sealed message."""
    return answered(Written, _write)(request)


@discreet
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """Delete a tip for the holder of its receipt code."""
    return answered(Holder, lambda given: delete_own_tip(secret=given.secret))(request)


@discreet
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take the next part of a sealed file."""
    try:
        kept = keep_part(part=_part_of(request), at=timezone.now())
    except DomainError as error:
        return refusal(request, error)
    return JsonResponse({"parts": kept})


def unpacked(text: str) -> bytes:
    """
    Return the bytes that base64 stands for.

    :raises InvalidInputError: if it is none.
    """
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInputError(_("This was not sealed by our page.")) from error


def _send(given: Sent) -> None:
    tip = SealedTip(
        channel=given.channel,
        lookup=given.lookup,
        public_key=given.public_key,
        sealed=unpacked(given.sealed),
        solved=given.solved,
        files=given.named,
    )
    send_tip(tip=tip, at=timezone.now())


def _read(given: Holder) -> dict[str, object]:
    """Return a dialogue with its days as its holder reads them."""
    found = dialogue(given.secret)
    messages = [asdict(said) | {"written_on": day_named(said.written_on)} for said in found.messages]
    return asdict(found) | {"delete_on": day_named(found.delete_on), "messages": messages}


def _write(given: Written) -> None:
    sealed, files = unpacked(given.sealed), given.named
    write_again(secret=given.secret, sealed=sealed, solved=given.solved, files=files, at=timezone.now())


def _part_of(request: HttpRequest) -> SealedPart:
    """
    Return the part of a file that a request brings; what it is of stands in headers, its address says nothing.

    :raises InvalidInputError: if they say nothing sensible.
    """
    said = request.headers
    try:
        file, number = UUID(said.get("X-File", "")), int(said.get("X-Part", ""))
    except ValueError as error:
        raise InvalidInputError(_("This file cannot be taken. It may be too large.")) from error
    solved = Solved(puzzle=said.get("X-Puzzle", ""), numbers=said.get("X-Numbers", "").split(","))
    is_original = said.get("X-Original") == "1"
    return SealedPart(attachment_id=file, number=number, is_original=is_original, body=request.body, solved=solved)
