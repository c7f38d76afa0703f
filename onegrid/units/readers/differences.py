"""
From when on working time may be counted otherwise than it was known to be: what was reckoned up to then stays.

Every change counts from the minute it is made, or from a day that lies ahead, and leaves a row behind.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q

from onegrid.core.ids import first_id_at
from onegrid.units.models import Calendar, CalendarDay, FormerCalendar, HolidayEdition
from onegrid.units.rules.public_holidays import read_days

EVER = datetime.min.replace(tzinfo=UTC)
NEVER = datetime.max.replace(tzinfo=UTC)


def working_time_differs_from(known_at: datetime) -> datetime:
    """
    Return from when on any calendar may count otherwise than whoever knew them all at a moment thinks.

    `NEVER` if nothing has changed since, `EVER` where it cannot be told: there was no calendar yet, or no edition
    of the public holidays was noted. Five queries.
    """
    if not HolidayEdition.objects.exists() or Calendar.objects.filter(pk__gte=first_id_at(known_at)).exists():
        return EVER
    return min(_differences(known_at), default=NEVER)


def _differences(known_at: datetime) -> Iterator[datetime]:
    days = CalendarDay.objects.filter(Q(set_at__gte=known_at) | Q(withdrawn_at__gte=known_at)).order_by("day")
    yield from (_begin(day) for day in days.values_list("day", flat=True)[:1])
    yield from FormerCalendar.objects.filter(until__gte=known_at).order_by("until").values_list("until", flat=True)[:1]
    for edition in HolidayEdition.objects.filter(noted_at__gte=known_at):
        yield from (_begin(entry.day) for entry in read_days(edition.days))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
