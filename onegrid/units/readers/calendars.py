"""
The calendars, held in memory: which working time a unit follows.

A unit follows its own calendar, else its parent's, else that of the nearest centre
above it, else the district's default. Days set for a unit count for itself and for
the units below that have no calendar of their own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from onegrid.core.ids import made_at
from onegrid.core.snapshots import Snapshot, generation_of
from onegrid.units.models import Calendar, CalendarDay, HolidaySource, PublicHoliday, Unit, UnitKind
from onegrid.units.readers.directory import SNAPSHOT, nearest
from onegrid.units.rules.public_holidays import LIBRARY, PublicDay, PublicHolidays
from onegrid.units.rules.week import OFFICE_HOURS, spans_of, week_of
from onegrid.units.rules.working_time import OwnDay, WorkCalendar

DEFAULT_CODE: Final = "office-hours"
DEFAULT_NAMES: Final = ("机关工作时间", "Office hours")


@dataclass(frozen=True)
class Calendars:
    """Every calendar by its code, the default one, and the one that each unit follows."""

    by_code: Mapping[str, WorkCalendar]
    by_unit: Mapping[UUID, WorkCalendar]
    lineages: Mapping[UUID, Sequence[UUID]]  # of each unit: those whose own days count for it, itself first
    default: WorkCalendar

    def followers(self, code: str) -> frozenset[UUID]:
        """Return the units that follow a calendar, closed ones too."""
        return frozenset(unit for unit, calendar in self.by_unit.items() if calendar.code == code)

    def heeding(self, units: Collection[UUID]) -> frozenset[UUID]:
        """Return the units for which a day counts that one of some units sets: itself, and those below."""
        return frozenset(unit for unit, lineage in self.lineages.items() if not set(units).isdisjoint(lineage))


class _Assembly:
    """The rows of one moment, made into calendars; units that follow the same share it."""

    def __init__(self) -> None:
        self.rows = {row.pk: row for row in Calendar.objects.all()}
        self.days: dict[UUID, list[OwnDay]] = defaultdict(list)  # by calendar or unit
        for entry in CalendarDay.objects.all():
            setter = entry.calendar_id or entry.unit_id
            assert setter  # says a constraint
            self.days[setter].append(_own_day(entry))
        given = [
            PublicDay(day=entry.day, is_working=entry.is_working, name=entry.name, name_en=entry.name_en)
            for entry in PublicHoliday.objects.all()
        ]
        self.observed: Mapping[str, PublicHolidays | None] = {
            HolidaySource.CHINA: PublicHolidays(given=given, from_library=True),
            HolidaySource.DISTRICT: PublicHolidays(given=given, from_library=False),
            HolidaySource.NONE: None,
        }
        self.made: dict[tuple[UUID | None, ...], WorkCalendar] = {}

    def standing(self) -> Iterator[Calendar]:
        return (row for row in self.rows.values() if row.closes_on is None)

    def calendar(self, base: UUID | None, lineage: Sequence[UUID] = ()) -> WorkCalendar:
        """Return a calendar with the days set for it, and those for a line of units from the highest down."""
        key = (base, *(unit for unit in lineage if unit in self.days))
        if key not in self.made:
            row = self.rows[base] if base else _usual()
            self.made[key] = WorkCalendar(
                code=row.code,
                name=row.name,
                name_en=row.name_en,
                week=week_of(row.weekly),
                zone=ZoneInfo(settings.TIME_ZONE),
                holidays=self.observed[row.holidays],
                own_days=[day for setter in key if setter for day in self.days.get(setter, ())],
            )
        return self.made[key]


def _usual() -> Calendar:
    """Return what a district follows that has no calendar yet."""
    return Calendar(
        code=DEFAULT_CODE,
        name=DEFAULT_NAMES[0],
        name_en=DEFAULT_NAMES[1],
        weekly=OFFICE_HOURS,
        holidays=HolidaySource.CHINA,
    )


def _own_day(entry: CalendarDay) -> OwnDay:
    return OwnDay(
        day=entry.day,
        is_working=entry.is_working,
        spans=spans_of(entry.spans),
        reason=entry.reason,
        set_by=entry.set_by,
        set_by_unit=entry.set_by_unit,
        set_at=entry.set_at,
    )


def _build() -> Calendars:
    assembly = _Assembly()
    default = next((row.pk for row in assembly.standing() if row.is_default), None)
    units = {unit.pk: unit for unit in Unit.objects.select_related("area").defer("area__outline")}
    centres = {
        unit.area.path: unit
        for unit in units.values()
        if unit.kind == UnitKind.CENTRE and unit.calendar_id and unit.closes_on is None
    }
    by_unit, lineages = {}, {}
    for unit in units.values():
        lineage = _lineage(unit, units)
        if lineage[-1].calendar_id is None and (centre := nearest(unit.area.path, centres.get)):
            lineage.append(centre)
        lineages[unit.pk] = [row.pk for row in lineage]
        by_unit[unit.pk] = assembly.calendar(lineage[-1].calendar_id or default, lineages[unit.pk][::-1])
    return Calendars(
        by_code={row.code: assembly.calendar(row.pk) for row in assembly.standing()},
        by_unit=by_unit,
        lineages=lineages,
        default=assembly.calendar(default),
    )


def _lineage(unit: Unit, units: Mapping[UUID, Unit]) -> list[Unit]:
    """Return a unit and those above it, up to the first that has a calendar of its own."""
    lineage = [unit]
    while lineage[-1].calendar_id is None and (parent := lineage[-1].parent_id):
        lineage.append(units[parent])
    return lineage


_snapshot = Snapshot(SNAPSHOT, _build)


def calendars() -> Calendars:
    """Return every calendar as it stands now, from memory."""
    return _snapshot.get()


def calendar_of(unit_id: UUID | None) -> WorkCalendar:
    """
    Return the calendar that a unit follows now, from memory.

    It is its own, else its parent's, else that of the nearest centre above it, else
    the district's default, which is also that of a unit nobody knows.
    """
    known = calendars()
    return known.by_unit.get(unit_id, known.default) if unit_id else known.default


def calendars_changed_at() -> datetime | None:
    """Return when whatever may change a calendar was last changed, from memory; nothing while nothing ever was."""
    generation = generation_of(SNAPSHOT)
    return made_at(generation) if generation else None


def calendars_version() -> str:
    """
    Return a name for the state of all calendars, from memory: another state has another name.

    It changes with whatever may change a calendar, units among it, and with what the library knows of public holidays.
    """
    return f"{generation_of(SNAPSHOT) or 'first'} {LIBRARY}"
