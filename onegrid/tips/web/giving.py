"""Where somebody gives a tip and comes back to it. Their browser seals and opens; here only ciphertext passes."""

import base64
import binascii

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from onegrid.core.errors import InvalidInputError
from onegrid.tips.actions.puzzles import give_puzzle
from onegrid.tips.actions.send_tip import SealedTip, Solved, delete_own_tip, send_tip, write_again
from onegrid.tips.readers.channels import open_channels
from onegrid.tips.readers.dialogue import dialogue
from onegrid.tips.web.discretion import answered, as_attribute, discreet
from onegrid.tips.web.frame import public_frame
from onegrid.tips.web.words import giving_words


class Nothing(msgspec.Struct):
    """A request that says nothing."""


class Paid(msgspec.Struct, kw_only=True):
    """What costs a puzzle."""

    puzzle: str
    numbers: list[str]
    sealed: str

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
    return answered(Holder, lambda given: dialogue(given.secret))(request)


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
    )
    send_tip(tip=tip, at=timezone.now())


def _write(given: Written) -> None:
    write_again(secret=given.secret, sealed=unpacked(given.sealed), solved=given.solved, at=timezone.now())
