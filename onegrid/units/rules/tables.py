"""
What a calendar was for some while, and what ended that while.

A change counts from the minute in which it is made: of the time before, everything
is reckoned by the table as it was. So a due moment that has passed never moves.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from onegrid.core.names import in_language
from onegrid.units.rules.public_holidays import PublicDay, PublicHolidays
from onegrid.units.rules.special_days import OwnDay
from onegrid.units.rules.timeline import next_minute
from onegrid.units.rules.week import DAY, Span, WorkingWeek

_WHOLE_DAY: Final = (Span(0, DAY),)


class Superseded(StrEnum):
    """What of a calendar is another from a moment on."""

    WEEK = "week"  # its weekly table, or which public holidays it observes
    FOLLOWED = "followed"  # who followed it follows another, or other units' days count for it
    HOLIDAYS = "holidays"  # the public holidays that the district or the library gives


class Table:
    """A working-time table as it was for some while: its week, what it observed, and the days set for it."""

    def __init__(
        self,
        *,
        code: str,
        name: str,
        name_en: str,
        week: WorkingWeek,
        holidays: PublicHolidays | None,
        own_days: Iterable[OwnDay] = (),
    ) -> None:
        """Without `holidays` it works through them. Of two own days on one day the later given goes first."""
        self.code = code
        self.name = name
        self.name_en = name_en
        self.week = week
        self.holidays = holidays
        self.own: Mapping[date, Sequence[OwnDay]] = _by_day(own_days)

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)

    @property
    def moments(self) -> set[int]:
        """The moments at which a day that somebody set begins or ceases to count."""
        return {moment for entries in self.own.values() for entry in entries for moment in entry.moments}

    def public(self, day: date) -> PublicDay | None:
        """Return what the public calendar makes of a day; nothing if it leaves it alone."""
        return self.holidays.of(day.year).get(day) if self.holidays else None

    def own_at(self, day: date, moment: int) -> OwnDay | None:
        """Return the day as somebody had set it by a moment; nothing if nobody had."""
        return next((entry for entry in reversed(self.own.get(day, ())) if entry.counts_at(moment)), None)

    def spans(self, day: date, moment: int) -> tuple[Span, ...]:
        """Return the working time of a day, as it stood at a moment; none if it was no working day."""
        if own := self.own_at(day, moment):
            usual = self.week.on(day.isoweekday()) or self.week.ordinary
            return (own.spans or usual) if own.is_working else ()
        if public := self.public(day):
            return self.week.ordinary if public.is_working else ()
        return self.week.on(day.isoweekday())

    def whole_days(self, day: date, moment: int) -> tuple[Span, ...]:
        """Return all of a day that was a working one as it stood at a moment; none of others."""
        return _WHOLE_DAY if self.spans(day, moment) else ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Former:
    """A table as it was until a moment, what of it was changed then, and by whom."""

    table: Table
    until: datetime
    what: Superseded
    changed_by: str = ""
    changed_by_unit: str = ""

    @property
    def ceases(self) -> int:
        """The moment from which the next one counts."""
        return next_minute(self.until)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A change of a calendar that counts from a moment, for people who ask why a sum is as it is."""

    at: datetime
    what: Superseded
    was: Table
    now: Table
    changed_by: str
    changed_by_unit: str

    @property
    def is_of_hours(self) -> bool:
        """Whether other hours or another calendar count from then on, not only other days."""
        return self.what == Superseded.WEEK or (self.was.code, self.was.week) != (self.now.code, self.now.week)


def _by_day(own_days: Iterable[OwnDay]) -> Mapping[date, Sequence[OwnDay]]:
    found: dict[date, list[OwnDay]] = defaultdict(list)
    for entry in own_days:
        found[entry.day].append(entry)
    return dict(found)
