"""The rows of calendars at one moment, and of what they were before, made into calendars to reckon with."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from onegrid.units.models import (
    Calendar,
    CalendarDay,
    FormerCalendar,
    HolidayEdition,
    HolidaySource,
    PublicHoliday,
)
from onegrid.units.readers.followings import Following
from onegrid.units.rules.public_holidays import PublicDay, PublicHolidays, Years, by_year, read_days
from onegrid.units.rules.special_days import OwnDay
from onegrid.units.rules.tables import Former, Superseded, Table
from onegrid.units.rules.week import OFFICE_HOURS, Weekly, spans_of, week_of
from onegrid.units.rules.working_time import WorkCalendar

DEFAULT_CODE: Final = "office-hours"
DEFAULT_NAMES: Final = ("机关工作时间", "Office hours")
_Setters = tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class _Past:
    """Something that ended: what of it, whose, and how to get from the state after it to the one before."""

    what: Superseded
    until: datetime
    was: Any
    calendar: UUID | None = None
    unit: UUID | None = None
    by: str = ""
    by_unit: str = ""


@dataclass(frozen=True, kw_only=True)
class _State:
    """All that a table is made of, at some time."""

    base: UUID | None
    setters: _Setters  # of own days, those who go before others last
    weeks: Mapping[UUID, tuple[Weekly, str]]  # by calendar, where it was another than now
    given: Sequence[PublicDay]
    library: Years | None


class Assembly:
    """The rows of one moment, made into calendars; units that follow the same share it."""

    def __init__(self, *, zone: ZoneInfo) -> None:
        """Ask for all rows. Five queries."""
        self._zone = zone
        self._rows = {row.pk: row for row in Calendar.objects.all()}
        self._days: dict[UUID, list[OwnDay]] = defaultdict(list)  # by calendar or unit
        for entry in CalendarDay.objects.order_by("day", "set_at"):
            setter = entry.calendar_id or entry.unit_id
            assert setter  # says a constraint
            if not entry.never_counted:
                self._days[setter].append(_own_day(entry))
        self._given = [
            PublicDay(day=entry.day, is_working=entry.is_working, name=entry.name, name_en=entry.name_en)
            for entry in PublicHoliday.objects.all()
        ]
        self._library, noted = _editions()
        self._past = sorted([*map(_past, FormerCalendar.objects.all()), *noted], key=lambda past: past.until)
        self._made: dict[tuple[object, ...], WorkCalendar] = {}

    def standing(self) -> Iterator[Calendar]:
        """Return the calendars that the district still has."""
        return (row for row in self._rows.values() if row.closes_on is None)

    def whole(self, calendar: UUID) -> WorkCalendar:
        """Return a calendar as those have it who never followed another."""
        return self._calendar(calendar, [], [past for past in self._past if past.what != Superseded.FOLLOWED])

    def followed(self, unit: UUID | None, now: Following) -> WorkCalendar:
        """Return the calendar that a unit follows, and followed before; of none, the district's."""
        past = [past for past in self._past if past.what != Superseded.FOLLOWED or past.unit == unit]
        return self._calendar(now.calendar, now.units, past)

    def _calendar(self, base: UUID | None, units: Sequence[UUID], past: Sequence[_Past]) -> WorkCalendar:
        setters = self._setters(base, units)
        moves = [(each.until, each.was["calendar"], *each.was["units"]) for each in past if "units" in each.was]
        key = (base, setters, *moves)
        if key not in self._made:
            state = _State(base=base, setters=setters, weeks={}, given=self._given, library=self._library)
            self._made[key] = self._assembled(state, past)
        return self._made[key]

    def _assembled(self, state: _State, past: Sequence[_Past]) -> WorkCalendar:
        now, former = self._table(state), []
        for each in reversed(past):
            before = self._before(each, state)
            if self._is_another(each, before):
                former.append(
                    Former(
                        table=self._table(before),
                        until=each.until,
                        what=each.what,
                        changed_by=each.by,
                        changed_by_unit=each.by_unit,
                    )
                )
            state = before
        return WorkCalendar(
            code=now.code,
            name=now.name,
            name_en=now.name_en,
            week=now.week,
            zone=self._zone,
            holidays=now.holidays,
            own_days=[day for days in now.own.values() for day in days],
            former=former[::-1],
        )

    def _before(self, past: _Past, state: _State) -> _State:
        """Return what was before something ended."""
        if past.calendar:
            return replace(state, weeks={**state.weeks, past.calendar: (past.was["weekly"], past.was["holidays"])})
        if "units" in past.was:
            base = UUID(past.was["calendar"]) if past.was["calendar"] else None
            units = [UUID(unit) for unit in past.was["units"]]
            return replace(state, base=base, setters=self._setters(base, units))
        if "years" in past.was:
            return replace(state, library=past.was["years"])
        return replace(state, given=read_days(past.was["days"]))

    def _is_another(self, past: _Past, before: _State) -> bool:
        """Tell whether what ended was of the calendar that was followed then, rather than of one that had been."""
        if past.what == Superseded.FOLLOWED:
            return True
        source = self._week(before)[1]
        if past.what == Superseded.WEEK:
            return past.calendar == before.base
        return source == HolidaySource.CHINA or ("days" in past.was and source == HolidaySource.DISTRICT)

    def _setters(self, base: UUID | None, units: Sequence[UUID]) -> _Setters:
        return tuple(each for each in (base, *reversed(units)) if each in self._days)

    def _week(self, state: _State) -> tuple[Weekly, str]:
        row = self._row(state.base)
        return state.weeks.get(row.pk) or (row.weekly, row.holidays)

    def _row(self, base: UUID | None) -> Calendar:
        return self._rows[base] if base else _usual()

    def _table(self, state: _State) -> Table:
        row, (weekly, source) = self._row(state.base), self._week(state)
        observed = PublicHolidays(given=state.given, from_library=source == HolidaySource.CHINA, library=state.library)
        return Table(
            code=row.code,
            name=row.name,
            name_en=row.name_en,
            week=week_of(weekly),
            holidays=None if source == HolidaySource.NONE else observed,
            own_days=[day for setter in state.setters for day in self._days[setter]],
        )


def _usual() -> Calendar:
    """Return what a district follows that has no calendar yet."""
    return Calendar(
        code=DEFAULT_CODE,
        name=DEFAULT_NAMES[0],
        name_en=DEFAULT_NAMES[1],
        weekly=OFFICE_HOURS,
        holidays=HolidaySource.CHINA,
    )


def _past(row: FormerCalendar) -> _Past:
    return _Past(
        what=Superseded(row.what),
        until=row.until,
        was=row.was,
        calendar=row.calendar_id,
        unit=row.unit_id,
        by=row.changed_by,
        by_unit=row.changed_by_unit,
    )


def _editions() -> tuple[Years | None, list[_Past]]:
    """Return what the library was noted to know, if ever, and what was known before each later edition."""
    known: Years | None = None
    past = []
    for edition in HolidayEdition.objects.all():
        if known is not None:
            past.append(_Past(what=Superseded.HOLIDAYS, until=edition.noted_at, was={"years": known}, by=edition.name))
        known = {**(known or {}), **by_year(read_days(edition.days))}
    return known, past


def _own_day(entry: CalendarDay) -> OwnDay:
    return OwnDay(
        day=entry.day,
        is_working=entry.is_working,
        spans=spans_of(entry.spans),
        reason=entry.reason,
        set_by=entry.set_by,
        set_by_unit=entry.set_by_unit,
        set_at=entry.set_at,
        withdrawn_by=entry.withdrawn_by,
        withdrawn_by_unit=entry.withdrawn_by_unit,
        withdrawn_at=entry.withdrawn_at,
    )
