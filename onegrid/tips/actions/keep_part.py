"""Take sealed files in parts, before the message that names them; and give them up if it never comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.tips.actions.puzzles import Solved, check_puzzle
from onegrid.tips.models import Attachment, Message, Part
from onegrid.tips.rules.puzzles import Puzzle
from onegrid.tips.rules.sealed import LARGEST_FILE, has_header, is_sealed_file

LARGEST_PART = 512 * 1024  # bytes
MOST_FILES = 12  # of one message, originals counted
MOST_READERS = 50  # of a channel, as far as a file's header is looked at
MOST_UNSENT = 2 * 1024**3  # bytes of files whose messages have not come, of everybody together
LARGEST_SEALED = LARGEST_FILE + LARGEST_FILE // 1024  # bytes: a little grows with each block


class TooMuchUnsentError(DomainError):
    """So many files wait for their messages that no more are taken."""

    status = 503


@dataclass(frozen=True, kw_only=True)
class SealedPart:
    """Bytes of a sealed file as they come: of which file, and which part."""

    attachment_id: UUID
    number: int
    is_original: bool
    body: bytes
    solved: Solved


@dataclass(frozen=True, kw_only=True)
class NamedFile:
    """A file that a message names, and of how many parts it is."""

    attachment_id: UUID
    parts: int


@transaction.atomic(durable=True)
def keep_part(*, part: SealedPart, at: datetime) -> int:
    """
    Keep the next part of a file and return how many there are; a part that is there already changes nothing.

    :raises PuzzleError: if its puzzle does not count.
    :raises InvalidInputError: if it is not sealed, not the next part, or too large.
    :raises TooMuchUnsentError: if too much waits for its messages.
    """
    puzzle = check_puzzle(solved=part.solved, at=at)
    found = _file_of(part, puzzle, at=at)
    if part.number < found.parts_kept:
        return found.parts_kept
    is_next = part.number == found.parts_kept and 0 < len(part.body) <= LARGEST_PART
    is_sealed = part.number > 0 or has_header(part.body, recipients=MOST_READERS)
    if not is_next or not is_sealed or found.size + len(part.body) > LARGEST_SEALED:
        raise InvalidInputError(_("This file cannot be taken. It may be too large."))
    found.parts.create(number=part.number, body=part.body)
    found.parts_kept += 1
    found.size += len(part.body)
    found.save(update_fields=["parts_kept", "size"])
    return found.parts_kept


def attach_files(*, files: Sequence[NamedFile], message: Message, puzzle: Puzzle) -> None:
    """
    Hang the files that a message names on it, in the transaction that writes it.

    :raises InvalidInputError: if one is not there whole, or not sealed and padded as our page does it.
    """
    for named in files:
        unsent = Attachment.objects.unsent().filter(paid_by=puzzle.hash, parts_kept=named.parts)
        found = unsent.with_id(named.attachment_id).first()
        start = found.parts.filter(number=0).first() if found else None
        if found is None or start is None or not _is_whole(found, start):
            raise InvalidInputError(_("A file did not arrive whole. Send it again, please."))
        found.message, found.paid_by = message, b""
        found.save(update_fields=["message", "paid_by"])


@transaction.atomic(durable=True)
def drop_unsent(*, at: datetime) -> int:
    """Delete the files of a day before yesterday whose messages never came; return how many."""
    before = timezone.localdate(at) - timedelta(days=1)
    return Attachment.objects.unsent().filter(came_on__lt=before).delete()[0]


def _is_whole(found: Attachment, start: Part) -> bool:
    return is_sealed_file(bytes(start.body), size=found.size, recipients=MOST_READERS)


def _file_of(part: SealedPart, puzzle: Puzzle, *, at: datetime) -> Attachment:
    mine = Attachment.objects.unsent().filter(paid_by=puzzle.hash)
    found = mine.with_id(part.attachment_id).select_for_update().first()
    if found:
        return found
    if mine.count() >= MOST_FILES or Attachment.objects.with_id(part.attachment_id).exists():
        raise InvalidInputError(_("These are too many files for one message. Send the rest afterwards."))
    waiting = Attachment.objects.unsent().aggregate(size=Sum("size"))["size"] or 0
    if waiting > MOST_UNSENT:
        raise TooMuchUnsentError(_("Too many files are coming in. Try again in an hour, or send the text alone."))
    return Attachment.objects.create(
        pk=part.attachment_id, paid_by=puzzle.hash, is_original=part.is_original, came_on=timezone.localdate(at)
    )
