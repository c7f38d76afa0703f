"""When cases come in: so many a day, more in rush hours, between two moments."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.days import Day, day, how_many
from onegrid.demonstration.rules.journeys import DAY, HOUR

_HOURS = list(accumulate(assumptions.HOURS))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A moment in seconds since 1970 at which something is reported, and the day it falls on."""

    at: float
    day: Day


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """A twelfth of a simulated year, counted backwards from the moment at which the simulation was started."""

    number: int
    starts_at: datetime
    ends_at: datetime


_LENGTH = timedelta(days=assumptions.YEAR_DAYS / assumptions.CHAPTERS_A_YEAR)


def chapter(number: int, *, anchor: datetime) -> Chapter:
    """Return the chapter of a number; the one that ends at the anchor is number 0."""
    return Chapter(number=number, starts_at=anchor - _LENGTH * (number + 1), ends_at=anchor - _LENGTH * number)


def anchor_behind(number: int, *, ends_at: datetime) -> datetime:
    """Return the anchor of a simulation of which one chapter ends then."""
    return ends_at + _LENGTH * number


def arrivals(within: Chapter, *, seed: int, zone: ZoneInfo) -> list[Arrival]:
    """Return what comes in during a chapter, in order of time."""
    draw = random.Random(f"arrivals {seed} {within.number}")  # noqa: S311 — a simulation, not a secret
    first, last = within.starts_at.timestamp(), within.ends_at.timestamp()
    mean = assumptions.CASES_A_YEAR / assumptions.YEAR_DAYS
    found: list[Arrival] = []
    for midnight in _midnights(within, zone):
        today, start = day(midnight.date(), seed), midnight.timestamp()
        for _ in range(how_many(mean * today.share, draw)):
            hour = draw.choices(range(24), cum_weights=_HOURS)[0]
            at = start + HOUR * (hour + draw.random())
            if first <= at < last:
                found.append(Arrival(at, today))
    return sorted(found, key=lambda arrival: arrival.at)


def _midnights(within: Chapter, zone: ZoneInfo) -> Iterator[datetime]:
    midnight = within.starts_at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    while midnight < within.ends_at:
        yield midnight
        midnight += timedelta(days=1)


def thinned(found: list[Arrival], count: int, *, now: float, draw: random.Random) -> list[Arrival]:
    """Leave out so many of the last weeks' arrivals, which lie on the desks instead (`rules.standing`)."""
    recent = [place for place, arrival in enumerate(found) if arrival.at > now - DAY * assumptions.STANDING_DAYS]
    gone = set(draw.sample(recent, min(count, len(recent))))
    return [arrival for place, arrival in enumerate(found) if place not in gone]
