"""What the holder of a receipt code finds."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from onegrid.core.errors import NotFoundError
from onegrid.tips.models import Message, Tip
from onegrid.tips.rules.sealed import is_hash
from onegrid.tips.states import Author, Status


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of a dialogue; what the sender wrote is not given back, only that it was written."""

    number: int
    author: str
    written_on: date
    sealed: bytes


@dataclass(frozen=True, kw_only=True)
class Dialogue:
    """A tip as its sender sees it, with the public keys of those to whom the next message is sealed."""

    channel: str
    readers: list[str]
    is_closed: bool
    delete_on: date
    messages: list[Said]


def tip_of(secret: str, *, is_locked: bool = False) -> Tip:
    """
    Return the tip that a receipt code leads to; `secret` is what the code derives, in hexadecimal digits.

    :raises NotFoundError: if it leads to none.
    """
    tips = Tip.objects.select_related("channel")
    if is_locked:
        tips = tips.select_for_update(of=("self",))
    lookup = hashlib.sha256(bytes.fromhex(secret)).digest() if is_hash(secret) else b""
    tip = tips.filter(lookup_hash=lookup).first()
    if tip is None:
        raise NotFoundError(_("No tip has this receipt code. It may be mistyped, or the tip was deleted."))
    return tip


def dialogue(secret: str) -> Dialogue:
    """
    Return the dialogue of a receipt code, without the notes of its readers.

    :raises NotFoundError: if the code leads to none.
    """
    tip = tip_of(secret)
    said = tip.messages.exclude(author=Author.NOTE).order_by("number")
    return Dialogue(
        channel=tip.channel.code,
        readers=list(tip.channel.recipients.reading().order_by("pk").values_list("public_key", flat=True)),
        is_closed=tip.status == Status.CLOSED,
        delete_on=tip.delete_on,
        messages=[_said(message) for message in said],
    )


def _said(message: Message) -> Said:
    is_answer = message.author == Author.OFFICER
    return Said(
        number=message.number,
        author=message.author,
        written_on=message.written_on,
        sealed=bytes(message.sealed) if is_answer else b"",
    )
