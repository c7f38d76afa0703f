"""What a clock has counted, in whole minutes that add up: part by part, and what is left of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from onegrid.cases.rules.clock_words import lengths
from onegrid.cases.rules.clocks import Clock, Leg, Terms
from onegrid.cases.states import Stage
from onegrid.units.public import Counting

MINUTE: Final = timedelta(minutes=1)
_NOTHING: Final = timedelta()


class Counted(NamedTuple):
    """What was counted of a leg until a moment."""

    leg: Leg
    end: datetime
    amount: timedelta


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What a clock has counted at a moment, in whole minutes."""

    clock: Clock
    counted: Sequence[Counted]

    @property
    def used(self) -> timedelta:
        """All of it."""
        return sum((each.amount for each in self.counted), _NOTHING)

    @property
    def used_said(self) -> str:
        """All of it in words."""
        first = self.clock.in_turn[0].counting
        return lengths([(first, _NOTHING), *((each.leg.counting, each.amount) for each in self.counted)])

    @property
    def left(self) -> list[tuple[Counting, timedelta]]:
        """What is left of each part of the limit; when late, by how much, in what the last is counted in."""
        spent = dict.fromkeys(range(len(self.clock.in_turn)), _NOTHING)
        for each in self.counted:
            spent[each.leg.part] += each.amount
        left = [(counting, limit - spent[place]) for place, (counting, limit) in enumerate(self.clock.in_turn)]
        return left if left[-1][1] >= _NOTHING else [(left[-1][0], -left[-1][1])]

    @property
    def left_said(self) -> str:
        """What is left, or by how much it is late, in words."""
        return lengths(self.left)

    @property
    def limit_said(self) -> str:
        """The limit in words, part by part where it has several."""
        return lengths(self.clock.in_turn)


def sum_of(clock: Clock, at: datetime) -> Sum:
    """
    Return what a clock has counted until a moment, leg by leg.

    Each leg is told in the whole minutes that it brings the sum further, so that the lines add up to it exactly.
    """
    found, exact, told = [], _NOTHING, _NOTHING
    for leg in clock.legs():
        end = at if leg.end is None else min(leg.end, at)
        if end <= leg.start:
            continue
        exact += clock.calendars(leg.unit).between(leg.start, end, leg.counting)
        whole = exact // MINUTE * MINUTE
        found.append(Counted(leg, end, whole - told))
        told = whole
    return Sum(clock=clock, counted=found)


def limit_said(terms: Terms, stage: Stage | None) -> str:
    """Say what the catalogue allows a stage, or the whole; nothing is “0 min”, or as it is counted."""
    if stage is None:
        return lengths(terms.in_turn(_NOTHING))
    return lengths([(terms.counting_of(stage), terms.limit_of(stage) or _NOTHING)])
