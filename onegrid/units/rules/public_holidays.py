"""
Public holidays and adjusted workdays (调休): which days of a year they are, and whether that is known yet.

China's are announced by the State Council each November for the next year only.
They come from a library, and from the district itself for years or countries
that the library does not know: a year the district gives replaces the library's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Final

import chinese_calendar

# Which public days are known without the district's own: another version may know another year.
LIBRARY: Final = f"chinesecalendar {version('chinesecalendar')}"
Years = Mapping[int, Mapping[date, "PublicDay"]]
Written = Sequence[tuple[str, bool, str, str]]  # the public days of some time as they are kept


_ANNOUNCED: Final = 10  # from October on the next year's may be out, and somebody is to look for them


def year_to_know(today: date) -> int:
    """Return the last year whose public holidays should be known on a day: from October on it is the next."""
    return today.year + (today.month >= _ANNOUNCED)


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicDay:
    """A day that the public calendar makes free, or makes a workday to make up for it."""

    day: date
    is_working: bool
    name: str
    name_en: str


class PublicHolidays:
    """The public calendar that a working-time table observes."""

    def __init__(self, *, given: Iterable[PublicDay], from_library: bool, library: Years | None = None) -> None:
        """`library` is what was noted of the library's; without it the library speaks as it is installed."""
        self._given = by_year(given)
        self._library = (library_years() if library is None else library) if from_library else {}
        self.from_library = from_library

    def of(self, year: int) -> Mapping[date, PublicDay]:
        """Return the holidays and adjusted workdays of a year; none where they are not known."""
        return self._given.get(year) or self._library.get(year, {})

    def is_known(self, year: int) -> bool:
        """Tell whether they are published for a year; if not, only weekends count."""
        return year in self._given or year in self._library


def by_year(days: Iterable[PublicDay]) -> Years:
    """Return public days by their year."""
    years: dict[int, dict[date, PublicDay]] = {}
    for entry in days:
        years.setdefault(entry.day.year, {})[entry.day] = entry
    return years


def written_days(days: Iterable[PublicDay]) -> Written:
    """Return public days as they are kept where something else has taken their place, by day."""
    return sorted((str(entry.day), entry.is_working, entry.name, entry.name_en) for entry in days)


def read_days(written: Written) -> list[PublicDay]:
    """Return public days that were kept by `written_days`."""
    return [
        PublicDay(day=date.fromisoformat(day), is_working=is_working, name=name, name_en=name_en)
        for day, is_working, name, name_en in written
    ]


@cache
def library_years() -> Years:
    """Return what the library knows as it is installed, by year."""
    years: dict[int, dict[date, PublicDay]] = {}
    for days, is_working in ((chinese_calendar.holidays, False), (chinese_calendar.workdays, True)):
        for day, name in days.items():
            chinese = chinese_calendar.Holiday(name).chinese
            years.setdefault(day.year, {})[day] = PublicDay(day=day, is_working=is_working, name=chinese, name_en=name)
    return years
