"""Days that people set, with who and why: for those who look at a calendar, not for reckoning."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from onegrid.units.models import CalendarDay
from onegrid.units.rules.week import Span, spans_of


@dataclass(frozen=True, kw_only=True, slots=True)
class SetDay:
    """A day that somebody set: for a unit, or without one for the whole calendar."""

    day: date
    is_working: bool
    spans: tuple[Span, ...]
    reason: str
    set_by: str
    set_by_unit: str
    set_at: datetime
    unit_id: UUID | None
    withdrawn_by: str
    withdrawn_by_unit: str
    withdrawn_at: datetime | None
    never_counted: bool  # withdrawn before it began


def set_days_of(year: int, *, calendar: str, units: Collection[UUID]) -> list[SetDay]:
    """
    Return the days of a year that were set for a calendar, or for some units, by day. One query.

    Those that were withdrawn are there too.
    """
    owner = Q(calendar__code=calendar, calendar__closes_on__isnull=True) | Q(unit__in=units)
    rows = CalendarDay.objects.filter(owner, day__year=year).order_by("day", "unit_id", "set_at")
    return [
        SetDay(
            day=row.day,
            is_working=row.is_working,
            spans=spans_of(row.spans),
            reason=row.reason,
            set_by=row.set_by,
            set_by_unit=row.set_by_unit,
            set_at=row.set_at,
            unit_id=row.unit_id,
            withdrawn_by=row.withdrawn_by,
            withdrawn_by_unit=row.withdrawn_by_unit,
            withdrawn_at=row.withdrawn_at,
            never_counted=row.never_counted,
        )
        for row in rows
    ]
