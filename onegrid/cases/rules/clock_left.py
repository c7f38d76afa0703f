"""How much counted time a running clock has left, from the moments on a row: for chips, which tick by it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, NamedTuple, Protocol

from django.utils.translation import get_language

from onegrid.cases.rules.clock_words import length
from onegrid.core.durations import LONG, MINUTE, minutes_left, spoken
from onegrid.units.public import Counting

_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(days=1)
Spells = Sequence[tuple[datetime, datetime]]
_TICKS: Final = _DAY  # so far ahead the browser knows what counts; by then the page has been asked for anew


class Spelled(Protocol):
    """What is asked of a calendar, which never changes."""

    def __hash__(self) -> int:
        """Return a number by which it is told from others."""
        ...

    def from_here(self, moment: datetime, counting: Counting) -> Callable[[datetime], timedelta]:
        """Return what tells how much of the time from a moment until another counts, below zero before it."""
        ...

    def spells(self, start: datetime, end: datetime, counting: Counting) -> Spells:
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
    spells: Spells = ()

    @property
    def said(self) -> str:
        """How much it is, without its sign, by its two largest units: “2 working days 3 h”."""
        return self.said_in(get_language() or "")

    def said_in(self, language: str) -> str:
        """Return the same; whoever says dozens knows the current language, and looking it up takes longer than this."""
        return _said(abs(minutes_left(self.amount)), self.counting, language)

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


class Lefts:
    """What is left of clocks at one moment; what a calendar knows of that moment it is asked once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[tuple[Spelled, Counting], tuple[Callable[[datetime], timedelta], Spells]] = {}

    def of(self, due_at: datetime, *, counting: Counting, calendar: Spelled) -> Left:
        """Return what is left of a clock that runs and is due at a moment."""
        now = self._now
        is_late = now > due_at
        if counting is Counting.ALWAYS:
            return Left(due_at - now, counting, now, is_late)
        known = self._known.get((calendar, counting))
        if known is None:
            known = calendar.from_here(now, counting), tuple(calendar.spells(now, now + _TICKS, counting))
            self._known[calendar, counting] = known
        counted, spells = known
        return Left(counted(due_at), counting, now, is_late, spells)


def left_of(due_at: datetime, *, counting: Counting, calendar: Spelled, now: datetime) -> Left:
    """Return what is left at a moment of a clock that runs and is due at another."""
    return Lefts(now).of(due_at, counting=counting, calendar=calendar)


@lru_cache(maxsize=64)  # a list says the same ones again and again
def _in_seconds(spells: Spells) -> Sequence[str]:
    return [f"{int(start.timestamp())}-{int(end.timestamp())}" for start, end in spells]


@lru_cache(maxsize=4096)  # a list says dozens of amounts, and the same ones for a minute
def _said(minutes: int, counting: Counting, _language: str) -> str:
    amount = minutes * MINUTE
    if counting is Counting.ALWAYS:
        return spoken(amount)
    if counting is Counting.WORKING_DAYS and amount >= _DAY:
        amount -= amount % (_DAY if amount >= LONG * _DAY else _HOUR)
    return length(amount, counting)
