"""Which calendar each unit follows as the rows stand now, and whose own days count for it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from onegrid.units.models import Calendar, Unit, UnitKind
from onegrid.units.readers.directory import nearest


@dataclass(frozen=True, kw_only=True, slots=True)
class Following:
    """
    What a unit follows: a calendar, and its own days with those of the units above it, itself first.

    There is no calendar where the district has none yet.
    """

    calendar: UUID | None
    units: Sequence[UUID] = ()


def followings(calendars: Iterable[Calendar] | None = None) -> dict[UUID | None, Following]:
    """
    Return what each unit follows, closed ones too, and what the district does where there is no unit.

    One query, and one more for the standing calendars where they are not given.
    """
    standing = Calendar.objects.standing() if calendars is None else calendars
    default = next((row.pk for row in standing if row.is_default), None)
    units = {unit.pk: unit for unit in Unit.objects.select_related("area").defer("area__outline")}
    centres = {
        unit.area.path: unit
        for unit in units.values()
        if unit.kind == UnitKind.CENTRE and unit.calendar_id and unit.closes_on is None
    }
    found: dict[UUID | None, Following] = {None: Following(calendar=default)}
    for unit in units.values():
        lineage = _lineage(unit, units)
        if lineage[-1].calendar_id is None and (centre := nearest(unit.area.path, centres.get)):
            lineage.append(centre)
        calendar = lineage[-1].calendar_id or default
        found[unit.pk] = Following(calendar=calendar, units=[row.pk for row in lineage])
    return found


def _lineage(unit: Unit, units: Mapping[UUID, Unit]) -> list[Unit]:
    """Return a unit and those above it, up to the first that has a calendar of its own."""
    lineage = [unit]
    while lineage[-1].calendar_id is None and (parent := lineage[-1].parent_id):
        lineage.append(units[parent])
    return lineage
