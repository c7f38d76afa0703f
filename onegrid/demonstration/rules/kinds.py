"""Which kind of matter comes in: by group, season, weather and who reports it."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from onegrid.cases.public import Channel
from onegrid.catalogue.public import CategoryEntry
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.days import Weather


@dataclass(frozen=True, kw_only=True, eq=False)
class Kinds:
    """The categories that take cases, and which of them are admitted to grid workers."""

    all: Sequence[CategoryEntry]
    of_grid_workers: frozenset[str]

    def draw(self, draw: random.Random, *, month: int, weather: Weather, channel: Channel) -> CategoryEntry:
        """Return one by chance, as the month, the weather and the channel make it likely."""
        choice, sums = _sums(self, (month, weather, channel))
        return draw.choices(choice, cum_weights=sums)[0]


@cache
def _sums(kinds: Kinds, when: tuple[int, Weather, Channel]) -> tuple[Sequence[CategoryEntry], Sequence[float]]:
    month, weather, channel = when
    choice = [entry for entry in kinds.all if _comes_by(kinds, entry, channel)]
    return choice, list(accumulate(shares(choice, month=month, weather=weather).values()))


def _comes_by(kinds: Kinds, entry: CategoryEntry, channel: Channel) -> bool:
    if channel == Channel.PORTAL:
        return entry.public_may_report
    # Grid workers report first of all what was put on them.
    return channel != Channel.GRID_WORKER or entry.code in kinds.of_grid_workers


def shares(choice: Sequence[CategoryEntry], *, month: int, weather: Weather) -> Mapping[str, float]:
    """Return how likely each kind is in a month and weather; over a plain year each group has its share."""
    groups: dict[str, float] = {}
    for entry in choice:
        groups[_group(entry)] = groups.get(_group(entry), 0.0) + _plain(entry)
    return {
        entry.code: _plain(entry)
        / groups[_group(entry)]
        * assumptions.GROUPS.get(_group(entry), assumptions.OTHER_GROUPS)
        * _in_season(entry.code, month)
        * _in_weather(entry.code, weather)
        for entry in choice
    }


def _group(entry: CategoryEntry) -> str:
    return entry.code.partition(".")[0]


def _plain(entry: CategoryEntry) -> float:
    weight = assumptions.FREQUENT.get(entry.code.rpartition(".")[0], 1.0)
    return weight * (assumptions.RARE_URGENT if entry.is_urgent else 1.0)


def _in_season(code: str, month: int) -> float:
    """Return how much more frequent a kind is in a month than over the year."""
    for start, (months, factor) in assumptions.SEASONS.items():
        if code.startswith(start):
            mean = (len(months) * factor + (12 - len(months)) * assumptions.OUT_OF_SEASON) / 12
            return (factor if month in months else assumptions.OUT_OF_SEASON) / mean
    return 1.0


def _in_weather(code: str, weather: Weather) -> float:
    table: Mapping[str, float] = {
        Weather.STORM: assumptions.STORM_KINDS,
        Weather.RAIN: assumptions.RAIN_KINDS,
    }.get(weather, {})
    return next((factor for start, factor in table.items() if code.startswith(start)), 1.0)
