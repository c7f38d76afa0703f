"""The days of a simulated year: which are holidays, which stormy or wet, and how many cases each brings."""

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from onegrid.demonstration.rules import assumptions

# First day of the lunar year (Hong Kong Observatory's calendar).
LUNAR_NEW_YEAR: Mapping[int, date] = {
    day.year: day
    for day in (
        date(2006, 1, 29), date(2007, 2, 18), date(2008, 2, 7), date(2009, 1, 26), date(2010, 2, 14), date(2011, 2, 3),
        date(2012, 1, 23), date(2013, 2, 10), date(2014, 1, 31), date(2015, 2, 19), date(2016, 2, 8), date(2017, 1, 28),
        date(2018, 2, 16), date(2019, 2, 5), date(2020, 1, 25), date(2021, 2, 12), date(2022, 2, 1), date(2023, 1, 22),
        date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6), date(2028, 1, 26), date(2029, 2, 13),
        date(2030, 2, 3), date(2031, 1, 23), date(2032, 2, 11), date(2033, 1, 31), date(2034, 2, 19), date(2035, 2, 8),
    )
}  # fmt: skip
# Month and day on which rest begins, and how many days it lasts.
_FIXED = ((1, 1, 1), (4, 4, 3), (5, 1, 5), (10, 1, 7))
_SPRING_FESTIVAL = 8


class Weather(StrEnum):
    """What of a day's weather brings cases."""

    PLAIN = "plain"
    RAIN = "rain"
    STORM = "storm"


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its weather, and how many cases it brings against the mean day of a year."""

    on: date
    weather: Weather
    share: float


@cache
def holidays(year: int) -> frozenset[date]:
    """Return the days of rest by law in a year; working days that are moved for them are left out."""
    days = {date(year, month, day) + timedelta(n) for month, day, length in _FIXED for n in range(length)}
    if (new_year := LUNAR_NEW_YEAR.get(year)) is not None:
        days |= {new_year + timedelta(n - 1) for n in range(_SPRING_FESTIVAL)}
    return frozenset(days)


@cache
def _storms(year: int, seed: int) -> Mapping[date, float]:
    """Return the days of a year's storms, and how much each brings."""
    draw = random.Random(f"storms {seed} {year}")  # noqa: S311 — weather, not a secret
    found: dict[date, float] = {}
    for _ in range(draw.randint(*assumptions.STORMS_A_YEAR)):
        first = date(year, draw.choice(assumptions.STORM_MONTHS), draw.randint(1, 28))
        for offset, factor in enumerate(assumptions.STORM_DAYS):
            day = first + timedelta(offset - 1)
            found[day] = max(factor, found.get(day, 0.0))
    return found


@cache
def day(on: date, seed: int) -> Day:
    """Return what kind of day it is, always the same for a seed."""
    share = _share(on, seed) / _mean_share(on.year, seed)
    if on in _storms(on.year, seed):
        return Day(on, Weather.STORM, share)
    draw = random.Random(f"rain {seed} {on}")  # noqa: S311 — weather, not a secret
    is_wet = draw.random() < assumptions.RAIN_CHANCE.get(on.month, 0.0)
    return Day(on, Weather.RAIN if is_wet else Weather.PLAIN, share)


def _share(on: date, seed: int) -> float:
    share = assumptions.MONTHS[on.month - 1] * assumptions.WEEKDAYS[on.weekday()]
    share *= _storms(on.year, seed).get(on, 1.0)
    return share * assumptions.HOLIDAY if on in holidays(on.year) else share


@cache
def _mean_share(year: int, seed: int) -> float:
    first, days = date(year, 1, 1), 366 if year % 4 == 0 else 365
    return sum(_share(first + timedelta(n), seed) for n in range(days)) / days


def how_many(expected: float, draw: random.Random) -> int:
    """Return a number of arrivals by chance where so many are expected (Poisson's, or close to it when many)."""
    if expected > 50:  # noqa: PLR2004 — from there on the bell curve is as good
        return max(0, round(draw.gauss(expected, math.sqrt(expected))))
    bound, product, count = math.exp(-expected), draw.random(), 0
    while product > bound:
        product *= draw.random()
        count += 1
    return count
