"""
Counted time: how much of it lies between two moments, and when an amount of it is used up.

Time limits are reckoned with this and nothing else. Intervals are half-open; what is
counted between a and b, and between b and c, is together what is counted between a and c.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from onegrid.units.rules.public_holidays import PublicHolidays
from onegrid.units.rules.special_days import OwnDay, SpecialDay, own_day, public_day
from onegrid.units.rules.tables import Change, Former, Superseded, Table
from onegrid.units.rules.timeline import Line, days_between, from_epoch, microseconds, moment_of, since_epoch
from onegrid.units.rules.week import Span, WorkingWeek

_NOTHING = timedelta()
_BEGINNING = since_epoch(datetime(1, 1, 2, tzinfo=UTC))
_InForce = tuple[int, Table]  # what is in force, and from which moment on


class Counting(StrEnum):
    """What time is counted in."""

    ALWAYS = "always"  # day and night: urgent hours and natural days
    WORKING_HOURS = "working_hours"  # only inside the working-time table of working days
    WORKING_DAYS = "working_days"  # all 24 hours of every working day


class WorkCalendar:
    """
    A working-time table with its holidays and exceptions, and as it was before, ready for reckoning.

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
        former: Sequence[Former] = (),
    ) -> None:
        """
        Without `holidays` the calendar works through them. Of two own days on one day the later given goes first.

        `former` is what it was before, the oldest first: each counts until the next does.
        """
        self.code = code
        self.name = name
        self.name_en = name_en
        self.week = week
        self.zone = zone
        self.holidays = holidays
        self._former = former
        self._table = Table(code=code, name=name, name_en=name_en, week=week, holidays=holidays, own_days=own_days)
        self._tables = [*(each.table for each in former), self._table]
        # Nothing of it is another between two of these moments; the first stands for all time before the second.
        self._moments = [_BEGINNING, *sorted({*(each.ceases for each in former), *self._moments_of_days()})]
        self._in_force = [(moment, self._table_at(moment)) for moment in self._moments]
        self._hours = Line(zone, [(at, partial(table.spans, moment=at)) for at, table in self._in_force])
        self._days = Line(zone, [(at, partial(table.whole_days, moment=at)) for at, table in self._in_force])

    def named(self, language: str) -> str:
        """Return its name in the reader's language."""
        return self._table.named(language)

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

    def from_here(self, moment: datetime, counting: Counting) -> Callable[[datetime], timedelta]:
        """
        Return what tells how much time is counted from a moment until another, below zero where that was before it.

        For lists, which ask dozens of times from the same moment. It raises what `between` raises.
        """
        here = since_epoch(moment)
        if counting is Counting.ALWAYS:
            return lambda other: other - moment
        laid = self._line_of(counting).covering(here, here)
        worked = laid.worked(here)

        def counted(other: datetime) -> timedelta:
            there = since_epoch(other)
            if laid.since <= there < laid.until:
                return timedelta(0, 0, laid.worked(there) - worked)
            late = there < here
            return -self.between(other, moment, counting) if late else self.between(moment, other, counting)

        return counted

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

    def after_in_turn(self, start: datetime, parts: Iterable[tuple[Counting, timedelta]]) -> datetime:
        """
        Return the earliest moment, in UTC, at which several amounts are used up one after the other, each as it counts.

        :raises ValueError: as `after` does.
        """
        moment = since_epoch(start)
        for counting, amount in parts:
            wanted = microseconds(amount)
            if counting is Counting.ALWAYS or not wanted:
                moment += wanted
                continue
            line = self._line_of(counting)
            laid = line.covering(moment, moment)
            while (worked := laid.worked(moment) + wanted) > laid.before[-1]:
                laid = line.lengthened(laid)
            moment = laid.reached(worked)
        return from_epoch(moment)

    def spells(self, start: datetime, end: datetime, counting: Counting) -> list[tuple[datetime, datetime]]:
        """Return the times between two moments that count, in order. One of all time that counts is all of it."""
        if counting is Counting.ALWAYS:
            return [(start, end)]
        since, until = since_epoch(start), since_epoch(end)
        laid = self._line_of(counting).covering(since, until)
        return [(from_epoch(begin), from_epoch(stop)) for begin, stop in laid.spells(since, until)]

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
        """
        Return the holidays, adjusted workdays and own exceptions that count between two moments, by day.

        A day that was set and withdrawn between them is there twice: as it was for a while, and as it is at their
        end. What was withdrawn before the first, or set after the other, is not there.
        """
        first, last = start.astimezone(self.zone).date(), (end - timedelta.resolution).astimezone(self.zone).date()
        days = sorted(day for year in range(first.year, last.year + 1) for day in self._marked(year))
        since, until = since_epoch(start), since_epoch(end)
        found: list[SpecialDay] = []
        for day in days:
            if first <= day <= last:
                begin, stop = self._bounds(day)
                *earlier, last_one = self._touching(max(begin, since), min(stop, until))
                found += [*_for_a_while(day, earlier, last_one), *_special(day, last_one)]
        return tuple(found)

    def special_days_of(self, year: int) -> tuple[SpecialDay, ...]:
        """Return the holidays, adjusted workdays and own exceptions of a year as they are at their end, by day."""
        days = sorted(self._marked(year))
        return tuple(entry for day in days for entry in _special(day, self._touching(*self._bounds(day))[-1]))

    def changes(self, start: datetime, end: datetime) -> list[Change]:
        """Return what has changed in the calendar itself, not in single days, between two moments and for them."""
        found = []
        for former, now in zip(self._former, self._tables[1:], strict=True):
            since = from_epoch(former.ceases)
            if start < since < end and _matters(former, now, days_between(former.ceases, since_epoch(end), self.zone)):
                found.append(
                    Change(
                        at=since,
                        what=former.what,
                        was=former.table,
                        now=now,
                        changed_by=former.changed_by,
                        changed_by_unit=former.changed_by_unit,
                    )
                )
        return found

    def in_force(self, moment: datetime) -> Table:
        """Return the table by which the time at a moment counts."""
        return self._table_at(since_epoch(moment))

    def would_work(self, year: int, *, without: Collection[date]) -> bool:
        """Tell whether any day of a year is worked, if some were not."""
        first = date(year, 1, 1).toordinal()
        days = map(date.fromordinal, range(first, date(year + 1, 1, 1).toordinal()))
        return any(day not in without and self.is_working_day(day) for day in days)

    def is_known(self, year: int) -> bool:
        """Tell whether the public holidays of a year are published, or do not matter to this calendar."""
        return self.holidays is None or self.holidays.is_known(year)

    def spans_on(self, day: date) -> tuple[Span, ...]:
        """Return the working time of a day, none if it is no working day."""
        found: tuple[Span, ...] = ()
        for moment, table in self._touching(*self._bounds(day)):
            found = _joined(found, table.spans(day, moment), self._minute_of(moment, day))
        return found

    def is_working_day(self, day: date) -> bool:
        """Tell whether any time of a day is worked."""
        return bool(self.spans_on(day))

    def _line_of(self, counting: Counting) -> Line:
        return self._hours if counting is Counting.WORKING_HOURS else self._days

    def _moments_of_days(self) -> set[int]:
        return set().union(*(table.moments for table in self._tables))

    def _table_at(self, moment: int) -> Table:
        return next((each.table for each in self._former if moment < each.ceases), self._table)

    def _bounds(self, day: date) -> tuple[int, int]:
        """Return the moments at which a day begins and the next one does."""
        return moment_of(day, 0, self.zone), moment_of(day + timedelta(days=1), 0, self.zone)

    def _touching(self, since: int, until: int) -> list[_InForce]:
        """Return what is in force at any time between two moments, and from when on."""
        return self._in_force[bisect_right(self._moments, since) - 1 : bisect_left(self._moments, until)]

    def _minute_of(self, moment: int, day: date) -> int:
        """Return how many minutes after midnight a moment is on a day, none for one that lies before."""
        wall = from_epoch(max(moment, moment_of(day, 0, self.zone))).astimezone(self.zone)
        return wall.hour * 60 + wall.minute

    def _marked(self, year: int) -> set[date]:
        """Return the days of a year that any table has otherwise than their weekday would."""
        found = {day for table in self._tables for day in table.own if day.year == year}
        return found.union(*(table.holidays.of(year) for table in self._tables if table.holidays))


def _special(day: date, in_force: _InForce) -> Iterator[SpecialDay]:
    """Return a day as it is under what is in force, if that is not as its weekday would have it."""
    moment, table = in_force
    if own := table.own_at(day, moment):
        yield own_day(own)
    elif public := table.public(day):
        yield public_day(public)


def _for_a_while(day: date, earlier: Iterable[_InForce], at_last: _InForce) -> Iterator[SpecialDay]:
    """Return how a day was set for some time of it, and then was no more."""
    moment, table = at_last
    found = dict.fromkeys(each.own_at(day, at) for at, each in earlier)
    return (own_day(own) for own in found if own and own != table.own_at(day, moment))


def _matters(former: Former, now: Table, days: Iterable[date]) -> bool:
    """Tell whether a change is one for some days: new public holidays may all lie elsewhere."""
    return former.what != Superseded.HOLIDAYS or any(former.table.public(day) != now.public(day) for day in days)


def _joined(before: tuple[Span, ...], after: tuple[Span, ...], since: int) -> tuple[Span, ...]:
    """Return the time of a day that is as `before` until a minute of it, and as `after` from there on."""
    if not since:
        return after
    earlier = [Span(span.start, min(span.end, since)) for span in before if span.start < since]
    later = [Span(max(span.start, since), span.end) for span in after if span.end > since]
    if earlier and later and earlier[-1].end == later[0].start:
        return (*earlier[:-1], Span(earlier[-1].start, later[0].end), *later[1:])
    return (*earlier, *later)
