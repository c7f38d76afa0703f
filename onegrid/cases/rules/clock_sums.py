"""What a clock has counted, in whole minutes that add up: part by part, and what is left of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple
from uuid import UUID

from onegrid.cases.rules.clock_words import lengths, percent_of
from onegrid.cases.rules.clocks import Clock, Leg, Terms
from onegrid.cases.states import Stage
from onegrid.core.durations import left_in_minutes
from onegrid.units.public import Counting, WorkCalendar

_NOTHING: Final = timedelta()


class Counted(NamedTuple):
    """What was counted of a leg, or of the part of it in which the same hours held."""

    leg: Leg
    start: datetime
    end: datetime
    amount: timedelta


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What a clock has counted at a moment, in whole minutes."""

    clock: Clock
    counted: Sequence[Counted]

    @property
    def limit(self) -> timedelta:
        """All that may be used."""
        return left_in_minutes(self.clock.limit or _NOTHING)

    @property
    def percent(self) -> int:
        """How much of it is used, in percent."""
        return percent_of(self.used, self.limit)

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
        left = [(counting, limit - spent[place]) for place, (counting, limit) in enumerate(self._in_turn)]
        return left if left[-1][1] >= _NOTHING else [(left[-1][0], -left[-1][1])]

    @property
    def left_said(self) -> str:
        """What is left, or by how much it is late, in words."""
        return lengths(self.left)

    @property
    def limit_said(self) -> str:
        """The limit in words, part by part where it has several."""
        return lengths(self._in_turn)

    @property
    def _in_turn(self) -> list[tuple[Counting, timedelta]]:
        return [(counting, left_in_minutes(limit)) for counting, limit in self.clock.in_turn]


def sum_of(clock: Clock, at: datetime) -> Sum:
    """
    Return what a clock has counted until a moment, leg by leg, each divided where other hours came into force.

    Each is told in the whole minutes that it brings the sum further, so that the lines add up to it exactly. The sum is
    the limit without what is left as it is rounded wherever that is said.
    """
    found, exact, told, limit = [], _NOTHING, _NOTHING, clock.limit or _NOTHING
    for leg in clock.legs():
        end = at if leg.end is None else min(leg.end, at)
        if end <= leg.start:
            continue
        calendar = calendar_in(clock, leg.unit)
        for since, until in pairwise(_edges(calendar, leg, end)):
            exact += calendar.between(since, until, leg.counting)
            whole = left_in_minutes(limit) - left_in_minutes(limit - exact)
            found.append(Counted(leg, since, until, whole - told))
            told = whole
    return Sum(clock=clock, counted=found)


def calendar_in(clock: Clock, unit: UUID | None) -> WorkCalendar:
    """Return the calendar by which a clock counts the time of a unit, as it can be explained and not only reckoned."""
    calendar = clock.calendars(unit)
    assert isinstance(calendar, WorkCalendar)
    return calendar


def _edges(calendar: WorkCalendar, leg: Leg, end: datetime) -> Iterator[datetime]:
    """Return where a leg begins, where other hours came into force in it, and where it ends."""
    yield leg.start
    if leg.counting is not Counting.ALWAYS:
        yield from (change.at for change in calendar.changes(leg.start, end) if change.is_of_hours)
    yield end


def limit_said(terms: Terms, stage: Stage | None) -> str:
    """Say what the catalogue allows a stage, or the whole; nothing is “0 min”, or as it is counted."""
    if stage is None:
        return lengths(terms.in_turn(_NOTHING))
    return lengths([(terms.counting_of(stage), terms.limit_of(stage) or _NOTHING)])
