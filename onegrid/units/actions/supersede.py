"""Write down what calendars were before somebody changes them: time until then is reckoned by it, for ever."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record
from onegrid.units.models import Calendar, FormerCalendar, FormerKind, HolidayEdition, PublicHoliday
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.readers.followings import Following, followings
from onegrid.units.rules.public_holidays import LIBRARY, PublicDay, library_years, read_days, written_days

Followings = Mapping[UUID | None, Following]


def keep_weeks(rows: Iterable[Calendar], *, by: Actor, at: datetime) -> None:
    """Keep the weekly tables, and what they observe, of calendars as their rows stand."""
    _keep(
        [
            FormerCalendar(what=FormerKind.WEEK, calendar=row, was={"weekly": row.weekly, "holidays": row.holidays})
            for row in rows
        ],
        by=by,
        at=at,
    )


def keep_holidays(known: Iterable[PublicHoliday], *, by: Actor, at: datetime) -> None:
    """Keep the public holidays that the district gave."""
    days = [PublicDay(day=row.day, is_working=row.is_working, name=row.name, name_en=row.name_en) for row in known]
    _keep([FormerCalendar(what=FormerKind.HOLIDAYS, was={"days": written_days(days)})], by=by, at=at)


def keep_followings(before: Followings, *, by: Actor, at: datetime) -> None:
    """
    Keep what those units, and the district, followed who follow something else now. Two queries.

    Where there was no calendar yet, nothing has been reckoned by any.
    """
    now = followings()
    rows = [
        FormerCalendar(
            what=FormerKind.FOLLOWED,
            unit_id=unit,
            was={"calendar": str(each.calendar), "units": list(map(str, each.units))},
        )
        for unit, each in before.items()
        if each.calendar and each != now.get(unit)
    ]
    _keep(rows, by=by, at=at)


def note_public_holidays(*, by: Actor, at: datetime) -> bool:
    """
    Note what the library of public holidays knows, if that is another edition than the last; tell whether it was.

    Of a later edition only the years that are new or otherwise than before; they count from now. Joins the caller's
    transaction.
    """
    if HolidayEdition.objects.filter(name=LIBRARY).exists():
        return False
    known: dict[int, set[PublicDay]] = {}
    for edition in HolidayEdition.objects.all():
        days = read_days(edition.days)
        known |= {year: {entry for entry in days if entry.day.year == year} for year in {day.day.year for day in days}}
    new = [
        entry
        for year, days in library_years().items()
        if set(days.values()) != known.get(year)
        for entry in days.values()
    ]
    HolidayEdition.objects.create(name=LIBRARY, days=written_days(new), noted_at=at)
    bump(SNAPSHOT)
    data = {"edition": LIBRARY, "years": sorted({entry.day.year for entry in new})}
    record("units.holidays-noted", target="units.HolidayEdition", by=by, at=at, data=data)
    return True


def _keep(rows: list[FormerCalendar], *, by: Actor, at: datetime) -> None:
    for row in rows:
        row.until, row.changed_by, row.changed_by_unit = at, by.name[:100], by.unit[:100]
    FormerCalendar.objects.bulk_create(rows)
