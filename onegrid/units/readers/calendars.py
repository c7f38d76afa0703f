"""
The calendars, held in memory: which working time a unit follows.

A unit follows its own calendar, else its parent's, else that of the nearest centre
above it, else the district's default. Days set for a unit count for itself and for
the units below that have no calendar of their own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from onegrid.core.ids import made_at
from onegrid.core.snapshots import Snapshot, generation_of
from onegrid.units.readers.assembly import Assembly
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.readers.followings import followings
from onegrid.units.rules.public_holidays import LIBRARY
from onegrid.units.rules.working_time import WorkCalendar


@dataclass(frozen=True)
class Calendars:
    """Every calendar by its code, the default one, and the one that each unit follows."""

    by_code: Mapping[str, WorkCalendar]
    by_unit: Mapping[UUID, WorkCalendar]
    lineages: Mapping[UUID, Sequence[UUID]]  # of each unit: those whose own days count for it, itself first
    default: WorkCalendar

    def of(self, unit_id: UUID | None) -> WorkCalendar:
        """Return the calendar that a unit follows; of none, and of one that nobody knows, the district's."""
        return self.by_unit.get(unit_id, self.default) if unit_id else self.default

    def followers(self, code: str) -> frozenset[UUID]:
        """Return the units that follow a calendar, closed ones too."""
        return frozenset(unit for unit, calendar in self.by_unit.items() if calendar.code == code)

    def heeding(self, units: Collection[UUID]) -> frozenset[UUID]:
        """Return the units for which a day counts that one of some units sets: itself, and those below."""
        return frozenset(unit for unit, lineage in self.lineages.items() if not set(units).isdisjoint(lineage))


def _build() -> Calendars:
    assembly = Assembly(zone=ZoneInfo(settings.TIME_ZONE))
    follow = followings(assembly.standing())
    return Calendars(
        by_code={row.code: assembly.whole(row.pk) for row in assembly.standing()},
        by_unit={unit: assembly.followed(unit, each) for unit, each in follow.items() if unit},
        lineages={unit: each.units for unit, each in follow.items() if unit},
        default=assembly.followed(None, follow[None]),
    )


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
    return calendars().of(unit_id)


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
