"""A year of a calendar as a wall calendar shows it, and its days in words."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.dates import MONTHS, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from onegrid.units.public import DayKind, SpecialDay, WorkCalendar, spans_said

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a day that is not as usual is marked: a shape and a sign, and what both mean."""

    css: str
    sign: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month; `says` is all about it in words, for those that are not as usual."""

    day: date
    mark: Mark | None
    is_worked: bool
    is_today: bool
    says: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month with its weeks from Monday on; days of its neighbors are left empty."""

    name: str
    weeks: Sequence[Sequence[Cell | None]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row of which the same is to be said."""

    when: str
    mark: Mark
    name: str


def months(calendar: WorkCalendar, year: int, *, today: date) -> list[Month]:
    """Return the twelve months of a year."""
    special = {entry.day: entry for entry in calendar.special_days_of(year)}

    def cell(day: date) -> Cell:
        entry = special.get(day)
        mark = mark_of(entry.kind, is_working=entry.is_working) if entry else None
        says = f"{entry.named(get_language() or '')}{_(': ')}{spans_said(calendar.spans_on(day))}" if entry else ""
        return Cell(day, mark, calendar.is_working_day(day), day == today, says)

    weeks = Calendar().monthdatescalendar
    return [
        Month(
            str(MONTHS[month]),
            [[cell(day) if day.month == month else None for day in week] for week in weeks(year, month)],
        )
        for month in range(1, 13)
    ]


def mark_of(kind: DayKind, *, is_working: bool) -> Mark:
    """Return how a day that is not as usual is marked."""
    return legend()[kind, is_working]


def legend() -> Mapping[tuple[DayKind, bool], Mark]:
    """Return every mark there is, in the reader's language."""
    # Translators: signs in the cells of a wall calendar, one character each
    made_up = _("Worked to make up for a holiday")
    return {
        (DayKind.HOLIDAY, False): Mark("is-holiday", pgettext("wall calendar", "H"), _("Public holiday")),
        (DayKind.ADJUSTED, True): Mark("is-adjusted", pgettext("wall calendar", "W"), made_up),
        (DayKind.OWN, False): Mark("is-own-off", pgettext("wall calendar", "–"), _("Set here: not worked")),
        (DayKind.OWN, True): Mark("is-own-on", pgettext("wall calendar", "+"), _("Set here: worked")),
    }


def public_stretches(special: Iterable[SpecialDay]) -> list[Stretch]:
    """Return the public holidays and adjusted workdays of a year, days in a row as one."""
    language = get_language() or ""
    public = enumerate(entry for entry in special if entry.kind != DayKind.OWN)
    found = []
    for _key, group in groupby(public, lambda pair: in_a_row(pair[0], pair[1].day, (pair[1].kind, pair[1].name))):
        run = [entry for _, entry in group]
        mark = mark_of(run[0].kind, is_working=run[0].is_working)
        found.append(Stretch(said_days(run[0].day, run[-1].day), mark, run[0].named(language)))
    return found


def in_a_row(place: int, day: date, same: object) -> tuple[date, object]:
    """Return a key that days in a row, of which the same is true, have in common; `place` is that in their list."""
    return day - place * _DAY, same


def said_days(first: date, last: date) -> str:
    """Return a day with its weekday, or the first and last of some, without the year."""
    # Translators: a date without its year, in the notation of Django's date filter
    near = _("j M")
    if first == last:
        return _("%(day)s, %(weekday)s") % {"day": date_format(first, near), "weekday": WEEKDAYS[first.weekday()]}
    return f"{date_format(first, near)} – {date_format(last, near)}"


def weekday_heads() -> list[tuple[str, str]]:
    """Return the weekdays from Monday on: their short names and their whole ones."""
    return [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)]
