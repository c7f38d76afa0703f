"""
Public holidays and adjusted workdays (调休): which days of a year they are, and whether that is known yet.

China's are announced by the State Council each November for the next year only.
They come from a library, and from the district itself for years or countries
that the library does not know: a year the district gives replaces the library's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from typing import Final

import chinese_calendar

# Which public days are known without the district's own: another version may know another year.
LIBRARY: Final = f"chinesecalendar {version('chinesecalendar')}"


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

    def __init__(self, *, given: Iterable[PublicDay], from_library: bool) -> None:
        by_year: dict[int, dict[date, PublicDay]] = {}
        for entry in given:
            by_year.setdefault(entry.day.year, {})[entry.day] = entry
        self._given = by_year
        self.from_library = from_library

    def of(self, year: int) -> Mapping[date, PublicDay]:
        """Return the holidays and adjusted workdays of a year; none where they are not known."""
        if year in self._given or not self.from_library:
            return self._given.get(year, {})
        return _chinese().get(year, {})

    def is_known(self, year: int) -> bool:
        """Tell whether they are published for a year; if not, only weekends count."""
        return year in self._given or (self.from_library and year in _chinese())


@cache
def _chinese() -> Mapping[int, Mapping[date, PublicDay]]:
    years: dict[int, dict[date, PublicDay]] = {}
    for days, is_working in ((chinese_calendar.holidays, False), (chinese_calendar.workdays, True)):
        for day, name in days.items():
            chinese = chinese_calendar.Holiday(name).chinese
            years.setdefault(day.year, {})[day] = PublicDay(day=day, is_working=is_working, name=chinese, name_en=name)
    return years
