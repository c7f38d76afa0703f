"""How much counted time a running clock has left, from the moments on a row: for chips, which tick by it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from django.utils.translation import get_language

from onegrid.cases.rules.clock_words import length
from onegrid.core.durations import LONG, left_in_minutes, spoken
from onegrid.units.public import Counting

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
_TICKS: Final = _DAY  # so far ahead the browser knows what counts; by then the page has been asked for anew


class Spelled(Protocol):
    """What is asked of a calendar, which never changes."""

    def __hash__(self) -> int:
        """Return a number by which it is told from others."""
        ...

    def between(self, start: datetime, end: datetime, counting: Counting) -> timedelta:
        """Return how much of the time between two moments counts."""
        ...

    def spells(self, start: datetime, end: datetime, counting: Counting) -> Sequence[tuple[datetime, datetime]]:
        """Return the times between two moments that count."""
        ...


class Left(NamedTuple):
    """
    What is left of a limit, below zero when it is late, in the time that counts.

    It is late from the due moment on, also while no time counts yet: of no amount. `spells` are the times of the day to
    come that count, from `at` on.
    """

    amount: timedelta
    counting: Counting
    at: datetime
    is_late: bool
    spells: Sequence[tuple[datetime, datetime]] = ()

    @property
    def said(self) -> str:
        """How much it is, without its sign, by its two largest units: “2 working days 3 h”."""
        return self.said_in(get_language() or "")

    def said_in(self, language: str) -> str:
        """Return the same; whoever says dozens knows the current language, and looking it up takes longer than this."""
        return _said(abs(left_in_minutes(self.amount)), self.counting, language)

    @property
    def hours(self) -> float:
        """The amount in hours."""
        return round(self.amount / _HOUR, 4)

    @property
    def ticks(self) -> str:
        """
        The same for `core/relative-time.js`: what is counted, the seconds left, when that was, and the spells.

        Moments are seconds since 1970. Nothing of what runs as the wall clock does.
        """
        if self.counting is Counting.ALWAYS:
            return ""
        amount, at = self.amount.total_seconds(), self.at.timestamp()
        return " ".join([self.counting.value, f"{amount:.3f}", f"{at:.3f}", *_in_seconds(self.spells)])


def left_of(due_at: datetime, *, counting: Counting, calendar: Spelled, now: datetime) -> Left:
    """Return what is left at a moment of a clock that runs and is due at another."""
    is_late = now > due_at
    if counting is Counting.ALWAYS:
        return Left(amount=due_at - now, counting=counting, at=now, is_late=is_late)
    amount = -calendar.between(due_at, now, counting) if is_late else calendar.between(now, due_at, counting)
    spells = _to_come(calendar, counting, now)
    return Left(amount=amount, counting=counting, at=now, is_late=is_late, spells=spells)


@lru_cache(maxsize=64)  # a list asks for the same moment again and again
def _to_come(calendar: Spelled, counting: Counting, now: datetime) -> Sequence[tuple[datetime, datetime]]:
    return tuple(calendar.spells(now, now + _TICKS, counting))


@lru_cache(maxsize=64)  # and those are the same
def _in_seconds(spells: Sequence[tuple[datetime, datetime]]) -> Sequence[str]:
    return [f"{int(start.timestamp())}-{int(end.timestamp())}" for start, end in spells]


@lru_cache(maxsize=4096)  # a list says dozens of amounts, and the same ones for a minute
def _said(amount: timedelta, counting: Counting, _language: str) -> str:
    if counting is Counting.ALWAYS:
        return spoken(amount)
    if counting is Counting.WORKING_DAYS and amount >= _DAY:
        amount -= amount % (_DAY if amount >= LONG * _DAY else _HOUR)
    return length(amount, counting)
