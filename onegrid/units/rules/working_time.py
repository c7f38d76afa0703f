"""
Counted time: how much of it lies between two moments, and when an amount of it is used up.

Time limits are reckoned with this and nothing else. Intervals are half-open; what is
counted between a and b, and between b and c, is together what is counted between a and c.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from onegrid.core.names import in_language
from onegrid.units.rules.public_holidays import PublicDay, PublicHolidays
from onegrid.units.rules.timeline import Line, from_epoch, microseconds, since_epoch
from onegrid.units.rules.week import DAY, Span, WorkingWeek

_WHOLE_DAY: Final = (Span(0, DAY),)


_NOTHING = timedelta()


class Counting(StrEnum):
    """What time is counted in."""

    ALWAYS = "always"  # day and night: urgent hours and natural days
    WORKING_HOURS = "working_hours"  # only inside the working-time table of working days
    WORKING_DAYS = "working_days"  # all 24 hours of every working day


class DayKind(StrEnum):
    """Why a day is not as its weekday would have it."""

    HOLIDAY = "holiday"
    ADJUSTED = "adjusted"  # worked to make up for a holiday (调休)
    OWN = "own"  # somebody here set it


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnDay:
    """
    A day that somebody set, for a calendar or a unit; no spans on a working day mean the usual ones.

    It counts from when it was set: what was reckoned of the time before stays, so that nothing late is late no more.
    """

    day: date
    is_working: bool
    spans: tuple[Span, ...]
    reason: str
    set_by: str
    set_at: datetime
    set_by_unit: str = ""

    def counts_from(self, zone: ZoneInfo) -> int:
        """Return the minute of the day from which it counts: the first for one set before, the last for one past."""
        local = self.set_at.astimezone(zone)
        if local.date() != self.day:
            return 0 if local.date() < self.day else DAY
        begun = local.second or local.microsecond
        return local.hour * 60 + local.minute + (1 if begun else 0)


@dataclass(frozen=True, kw_only=True, slots=True)
class SpecialDay:
    """A day that is not as its weekday would have it, for people who ask why."""

    day: date
    is_working: bool
    name: str  # of the holiday, or the reason given by whoever set it
    name_en: str
    kind: DayKind
    set_by: str = ""  # for own days only, as when they were set
    set_by_unit: str = ""
    set_at: datetime | None = None

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)


class WorkCalendar:
    """
    A working-time table with its holidays and exceptions, ready for reckoning.

    It never changes. Its years are laid out when first asked for; after that a call
    takes about two microseconds. It reckons from 1990 to 2150. Where the public
    holidays of a year are not known, every weekday counts as the table has it.
    """

    def __init__(
        self,
        *,
        code: str,
        name: str,
        name_en: str,
        week: WorkingWeek,
        zone: ZoneInfo,
        holidays: PublicHolidays | None = None,
        own_days: Iterable[OwnDay] = (),
    ) -> None:
        """Without `holidays` the calendar works through them. Of two own days on one day the later given goes first."""
        self.code = code
        self.name = name
        self.name_en = name_en
        self.week = week
        self.zone = zone
        self._holidays = holidays
        self._own: Mapping[date, Sequence[tuple[OwnDay, int]]] = _by_day(own_days, zone)
        self._hours = Line(zone, self.spans_on)
        self._days = Line(zone, self._whole_days)

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return in_language(language, self.name, self.name_en)

    @property
    def holidays(self) -> PublicHolidays | None:
        """The public calendar that it observes; none if it works through holidays."""
        return self._holidays

    def between(self, start: datetime, end: datetime, counting: Counting) -> timedelta:
        """
        Return the time counted from one moment until just before another.

        :raises ValueError: if the end lies before the start, or a moment outside the years it reckons in.
        """
        since, until = since_epoch(start), since_epoch(end)
        if until < since:
            text = "the end lies before the start"
            raise ValueError(text)
        if counting is Counting.ALWAYS:
            return timedelta(0, 0, until - since)
        laid = self._line_of(counting).covering(since, until)
        return timedelta(0, 0, laid.worked(until) - laid.worked(since))

    def after(self, start: datetime, amount: timedelta, counting: Counting) -> datetime:
        """
        Return the earliest moment, in UTC, at which an amount of counted time is used up.

        :raises ValueError: if the amount is negative, or not used up in the years it reckons in.
        """
        return self.after_each(start, [amount], counting)[0]

    def after_each(self, start: datetime, amounts: Sequence[timedelta], counting: Counting) -> list[datetime]:
        """
        Return for each of one or more amounts the earliest moment, in UTC, at which so much counted time is used up.

        :raises ValueError: as `after` does.
        """
        if min(amounts) < _NOTHING:
            text = "the amount is negative"
            raise ValueError(text)
        since = since_epoch(start)
        begin = from_epoch(since)
        if counting is Counting.ALWAYS:
            return [begin + amount for amount in amounts]
        line = self._line_of(counting)
        laid = line.covering(since, since)
        worked, found = laid.worked(since), []
        for amount in amounts:
            wanted = microseconds(amount)
            while worked + wanted > laid.before[-1]:
                laid = line.lengthened(laid)
                worked = laid.worked(since)
            found.append(from_epoch(laid.reached(worked + wanted)) if wanted else begin)
        return found

    def before(self, end: datetime, amount: timedelta, counting: Counting) -> datetime:
        """
        Return the earliest moment, in UTC, from which an amount of counted time is used up just before another.

        :raises ValueError: if the amount is negative, or not there in the years it reckons in.
        """
        until, wanted = since_epoch(end), microseconds(amount)
        if wanted < 0:
            text = "the amount is negative"
            raise ValueError(text)
        if counting is Counting.ALWAYS or not wanted:
            return from_epoch(until - wanted)
        line = self._line_of(counting)
        laid = line.covering(until, until)
        while (worked := laid.worked(until) - wanted) <= 0:
            laid = line.covering(laid.since - 1, until)
        return from_epoch(laid.reached(worked))

    def special_days(self, start: datetime, end: datetime) -> tuple[SpecialDay, ...]:
        """Return the holidays, adjusted workdays and own exceptions touched by the time between two moments, by day."""
        first, last = start.astimezone(self.zone).date(), (end - timedelta.resolution).astimezone(self.zone).date()
        years = map(self.special_days_of, range(first.year, last.year + 1))
        return tuple(entry for year in years for entry in year if first <= entry.day <= last)

    def special_days_of(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the holidays, adjusted workdays and own exceptions of a year, by day."""
        found = {day: _public(entry) for day, entry in self._public(year).items()}
        found |= {day: _own(entries[-1][0]) for day, entries in self._own.items() if day.year == year}
        return tuple(found[day] for day in sorted(found))

    def would_work(self, year: int, *, without: Collection[date]) -> bool:
        """Tell whether any day of a year is worked, if some were not."""
        first = date(year, 1, 1).toordinal()
        days = map(date.fromordinal, range(first, date(year + 1, 1, 1).toordinal()))
        return any(day not in without and self.is_working_day(day) for day in days)

    def is_known(self, year: int) -> bool:
        """Tell whether the public holidays of a year are published, or do not matter to this calendar."""
        return self._holidays is None or self._holidays.is_known(year)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the working time of a day, none if it is no working day."""
        spans = self._spans_before(day)
        for own, since in self._own.get(day, ()):
            usual = self.week.on(day.isoweekday()) or self.week.ordinary
            spans = _joined(spans, (own.spans or usual) if own.is_working else (), since)
        return spans

    def is_working_day(self, day: date) -> bool:
        """Tell whether any time of a day is worked."""
        return bool(self.spans_on(day))

    def _line_of(self, counting: Counting) -> Line:
        return self._hours if counting is Counting.WORKING_HOURS else self._days

    def _public(self, year: int) -> Mapping[date, PublicDay]:
        return self._holidays.of(year) if self._holidays else {}

    def _spans_before(self, day: date) -> tuple[Span, ...]:
        """Return the working time of a day as it is where nobody sets it."""
        if public := self._public(day.year).get(day):
            return self.week.ordinary if public.is_working else ()
        return self.week.on(day.isoweekday())

    def _whole_days(self, day: date) -> tuple[Span, ...]:
        whole: tuple[Span, ...] = _WHOLE_DAY if self._spans_before(day) else ()
        for own, since in self._own.get(day, ()):
            whole = _joined(whole, _WHOLE_DAY if own.is_working else (), since)
        return whole


def _by_day(own_days: Iterable[OwnDay], zone: ZoneInfo) -> Mapping[date, Sequence[tuple[OwnDay, int]]]:
    """Return the own days that count at all, each with the minute from which it does."""
    found: dict[date, list[tuple[OwnDay, int]]] = defaultdict(list)
    for entry in own_days:
        if (since := entry.counts_from(zone)) < DAY:
            found[entry.day].append((entry, since))
    return found


def _joined(before: tuple[Span, ...], after: tuple[Span, ...], since: int) -> tuple[Span, ...]:
    """Return the time of a day that is as `before` until a minute of it, and as `after` from there on."""
    if not since:
        return after
    earlier = (Span(span.start, min(span.end, since)) for span in before if span.start < since)
    return (*earlier, *(Span(max(span.start, since), span.end) for span in after if span.end > since))


def _own(entry: OwnDay) -> SpecialDay:
    return SpecialDay(
        day=entry.day,
        is_working=entry.is_working,
        name=entry.reason,
        name_en=entry.reason,
        kind=DayKind.OWN,
        set_by=entry.set_by,
        set_by_unit=entry.set_by_unit,
        set_at=entry.set_at,
    )


def _public(entry: PublicDay) -> SpecialDay:
    return SpecialDay(
        day=entry.day,
        is_working=entry.is_working,
        name=entry.name,
        name_en=entry.name_en,
        kind=DayKind.ADJUSTED if entry.is_working else DayKind.HOLIDAY,
    )
