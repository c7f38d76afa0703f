"""Give out puzzles, and take each in once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError
from onegrid.tips.models import PuzzleKey, SpentPuzzle
from onegrid.tips.rules import puzzles
from onegrid.tips.rules.puzzles import Puzzle

KEY_LENGTH = 32  # bytes


@dataclass(frozen=True, kw_only=True)
class Solved:
    """A puzzle, and the numbers that solve its parts."""

    puzzle: str
    numbers: Sequence[str]


class PuzzleError(DomainError):
    """What was handed in solves no puzzle of ours that still counts; a new one helps."""

    status = 409


@transaction.atomic
def give_puzzle(*, at: datetime) -> str:
    """Return a fresh puzzle, the harder the more were handed in during the last ten to twenty minutes."""
    window = puzzles.window_of(at)
    lately = SpentPuzzle.objects.filter(window__gte=window - 1).count()
    bits = puzzles.bits_for(lately, least=settings.TIPS_PUZZLE_BITS)
    puzzle = Puzzle(window=window, bits=bits, nonce=secrets.token_hex(16))
    return puzzles.signed(puzzle, key=_key(_day(window)))


def check_puzzle(*, solved: Solved, at: datetime) -> Puzzle:
    """
    Return a puzzle that was solved and has not been handed in.

    :raises PuzzleError: if it is not ours, has run out, is not solved, or was handed in before.
    """
    found = puzzles.opened(solved.puzzle)
    puzzle = found[0] if found and _is_ours(*found, at=at) else None
    if puzzle is None or not puzzles.is_solved(puzzle, solved.numbers) or _is_spent(puzzle):
        raise PuzzleError(_("Your device has to solve a new puzzle. What you wrote is still here."))
    return puzzle


def spend_puzzle(*, solved: Solved, at: datetime) -> Puzzle:
    """
    Take a puzzle in, in the transaction of what it pays.

    :raises PuzzleError: as `check_puzzle` does, also when somebody else hands it in at the same moment.
    """
    puzzle = check_puzzle(solved=solved, at=at)
    try:
        with transaction.atomic():
            SpentPuzzle.objects.create(hash=puzzle.hash, window=puzzle.window)
    except IntegrityError as error:
        raise PuzzleError(_("Your device has to solve a new puzzle. What you wrote is still here.")) from error
    return puzzle


@transaction.atomic(durable=True)
def forget_puzzles(*, at: datetime) -> None:
    """Forget the puzzles that have run out, and the keys of days whose puzzles all have."""
    oldest = puzzles.window_of(at) - puzzles.VALID_WINDOWS
    SpentPuzzle.objects.filter(window__lt=oldest).delete()
    PuzzleKey.objects.filter(day__lt=_day(oldest) - timedelta(days=1)).delete()


def _is_ours(puzzle: Puzzle, signature: str, *, at: datetime) -> bool:
    if not puzzles.is_fresh(puzzle, at=at):
        return False
    key = PuzzleKey.objects.filter(day=_day(puzzle.window)).first()
    return key is not None and puzzles.is_genuine(puzzle, signature, key=bytes(key.key))


def _is_spent(puzzle: Puzzle) -> bool:
    return SpentPuzzle.objects.filter(hash=puzzle.hash).exists()


def _key(day: date) -> bytes:
    key, _made = PuzzleKey.objects.get_or_create(day=day, defaults={"key": secrets.token_bytes(KEY_LENGTH)})
    return bytes(key.key)


def _day(window: int) -> date:
    return datetime.fromtimestamp(window * puzzles.WINDOW_SECONDS, UTC).date()
