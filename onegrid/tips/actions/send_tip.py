"""What somebody does who gives a tip: send it, write again, delete it. There is no account; the receipt code is all."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError
from onegrid.tips.actions.keep_part import NamedFile, attach_files
from onegrid.tips.actions.puzzles import Solved, spend_puzzle
from onegrid.tips.models import Channel, Message, Tip
from onegrid.tips.readers.dialogue import tip_of
from onegrid.tips.rules.keeping import Term, delete_on
from onegrid.tips.rules.sealed import is_hash, is_public_key, is_sealed
from onegrid.tips.rules.standing import NotAsItStandsError
from onegrid.tips.states import Author, Status

MOST_MESSAGES = 200  # of one dialogue


class ChannelNotOpenError(NotAsItStandsError):
    """Nobody could read what would be sent by this channel."""


@dataclass(frozen=True, kw_only=True)
class SealedTip:
    """A tip as it leaves the sender's device; `lookup` is the SHA-256 of what the receipt code derives, in hex."""

    channel: str
    lookup: str
    public_key: str
    sealed: bytes
    solved: Solved
    files: Sequence[NamedFile] = ()


@transaction.atomic(durable=True)
def send_tip(*, tip: SealedTip, at: datetime) -> None:
    """
    Keep a sealed tip with the day it came, and nothing else. Sending it twice changes nothing.

    :raises InvalidInputError: if it, or a file, is not sealed and padded as our page does it, or not there whole.
    :raises ChannelNotOpenError: if the channel has no reader.
    :raises PuzzleError: if its puzzle does not count.
    """
    if not (is_hash(tip.lookup) and is_public_key(tip.public_key)):
        raise InvalidInputError(_("This was not sealed by our page."))
    lookup, today = bytes.fromhex(tip.lookup), timezone.localdate(at)
    if _is_here(lookup, tip.sealed):
        return
    channel = Channel.objects.filter(code=tip.channel).first()
    readers = channel.recipients.reading().count() if channel else 0
    if channel is None or not readers:
        raise ChannelNotOpenError(_("Nobody reads this channel at present. Choose another way, please."))
    _require_sealed(tip.sealed, recipients=readers)
    puzzle = spend_puzzle(solved=tip.solved, at=at)
    kept = Tip.objects.create(
        channel=channel,
        lookup_hash=lookup,
        public_key=tip.public_key,
        came_on=today,
        last_on=today,
        delete_on=delete_on(term_of(channel), status=Status.NEW, today=today),
    )
    first = Message.objects.create(tip=kept, number=1, author=Author.TIPSTER, sealed=tip.sealed, written_on=today)
    attach_files(files=tip.files, message=first, puzzle=puzzle)


@transaction.atomic(durable=True)
def write_again(*, secret: str, sealed: bytes, solved: Solved, at: datetime, files: Sequence[NamedFile] = ()) -> None:
    """
    Add a sealed message to one's own tip; a closed one is open again then.

    :raises NotFoundError: if the code leads to no tip.
    :raises InvalidInputError: if it is not sealed and padded as our page does it.
    :raises PuzzleError: if its puzzle does not count.
    """
    tip = tip_of(secret, is_locked=True)
    _require_sealed(sealed, recipients=tip.channel.recipients.reading().count())
    number = tip.messages.count() + 1
    if number > MOST_MESSAGES:
        raise NotAsItStandsError(_("This dialogue is full. Give a new tip, please."))
    puzzle = spend_puzzle(solved=solved, at=at)
    today = timezone.localdate(at)
    more = Message.objects.create(tip=tip, number=number, author=Author.TIPSTER, sealed=sealed, written_on=today)
    attach_files(files=files, message=more, puzzle=puzzle)
    tip.status = Status.NEW
    tip.last_on = today
    tip.delete_on = max(tip.delete_on, delete_on(term_of(tip.channel), status=Status.NEW, today=today))
    tip.save(update_fields=["status", "last_on", "delete_on"])


@transaction.atomic(durable=True)
def delete_own_tip(*, secret: str) -> None:
    """
    Delete a tip with all that was written in it, as its sender wants.

    Nothing is put into the trail: when somebody came back would stand there.

    :raises NotFoundError: if the code leads to no tip.
    """
    tip_of(secret, is_locked=True).delete()


def term_of(channel: Channel) -> Term:
    """Return for how long a channel keeps tips."""
    return Term(channel.open_days, channel.closed_days, channel.warning_days)


def _is_here(lookup: bytes, sealed: bytes) -> bool:
    first = Message.objects.filter(tip__lookup_hash=lookup, number=1).first()
    if first is None:
        return False
    if hashlib.sha256(bytes(first.sealed)).digest() != hashlib.sha256(sealed).digest():
        raise NotAsItStandsError(_("This receipt code has a tip already. Go back and take a new one."))
    return True


def _require_sealed(sealed: bytes, *, recipients: int) -> None:
    if not is_sealed(sealed, recipients=recipients + 1):  # and the sender's own, in answers
        raise InvalidInputError(_("This was not sealed by our page."))
