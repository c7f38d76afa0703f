"""
Drafts: what each simulated case is about, where it lies, and its way, before anybody is named.

The drafts of a chapter are made in order of time, because some are reports of a
matter that somebody has reported shortly before.
"""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onegrid.cases.public import ENDED, Channel, Move, Status, after
from onegrid.catalogue.public import CategoryEntry, TimeUnit
from onegrid.demonstration.readers.paces import pace_for, usual_lead
from onegrid.demonstration.readers.setting import Setting
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.arrivals import Arrival
from onegrid.demonstration.rules.journeys import Stop, walk, way
from onegrid.demonstration.rules.pace import Pace
from onegrid.geography.public import Location
from onegrid.units.public import UnitEntry

_REMEMBERED = 60  # cases among which a report may find its own matter again


@dataclass(eq=False, slots=True)
class Draft:
    """One case to be; `absorbed` are the reports merged into it and when, `merged_into` where its own went."""

    at: float
    channel: Channel
    kind: CategoryEntry
    location: Location
    has_kind: bool
    stops: Sequence[Stop] = ()
    merged_into: "Draft | None" = None
    absorbed: list[tuple[float, "Draft"]] = field(default_factory=list)

    def open_at(self, moment: float) -> bool:
        """Tell whether another report can be merged into it at a moment."""
        status = Status.REPORTED
        for stop in self.stops:
            if stop.at > moment:
                break
            if isinstance(stop.move, Move):
                status = after(stop.move, status)
        return status not in ENDED


def drafts_of(
    arrivals: Sequence[Arrival], *, setting: Setting, draw: random.Random, left_lying: float = 0.0
) -> list[Draft]:
    """Return a draft for each arrival; `left_lying` is the share of them that somebody never went on with."""
    channels, weights = list(assumptions.CHANNELS), list(assumptions.CHANNELS.values())
    recent: deque[Draft] = deque(maxlen=_REMEMBERED)
    drafts = []
    for arrival in arrivals:
        channel = draw.choices(channels, weights)[0]
        again = draw.choice(recent) if recent and draw.random() < assumptions.RATES.duplicate else None
        made = _repeated(arrival, again, setting, channel=channel, draw=draw) if again else None
        if made is None:
            today = arrival.day
            kind = setting.kinds.draw(draw, month=today.on.month, weather=today.weather, channel=channel)
            made = drafted(arrival.at, kind, setting.somewhere(draw), channel=channel, draw=draw)
            made.stops = _walked(made, setting, draw)
            if draw.random() < left_lying:
                made.stops = made.stops[: draw.randrange(len(made.stops))]
            recent.append(made)
        drafts.append(made)
    return drafts


def drafted(at: float, kind: CategoryEntry, location: Location, *, channel: Channel, draw: random.Random) -> Draft:
    """Return a case that has just come in; on the public site not everybody names a category."""
    has_kind = channel != Channel.PORTAL or (kind.public_may_report and draw.random() < assumptions.KNOWN_KIND)
    return Draft(at=at, channel=channel, kind=kind, location=location, has_kind=has_kind)


def pace_of(made: Draft, *, lead: UnitEntry | None) -> Pace:
    """Return how fast a case goes that a unit will lead; some units are slow, always the same ones."""
    late = assumptions.SLOW_LATE if lead and _is_slow(lead.code) else assumptions.LATE
    return pace_for(made.kind, has_kind=made.has_kind, path=made.location.grid.path, lead=lead, late_handling=late)


@cache
def _is_slow(lead_code: str) -> bool:
    return random.Random(lead_code).randrange(assumptions.SLOW_UNITS) == 0  # noqa: S311 — the same units every time


def takes_long(kind: CategoryEntry) -> bool:
    """Tell whether a kind of matter has working days to be handled in: for such ones units ask for more time."""
    return kind.time_unit == TimeUnit.WORKING_DAYS


def _walked(made: Draft, setting: Setting, draw: random.Random) -> list[Stop]:
    may_be_solved = made.channel == Channel.GRID_WORKER and made.kind.code in setting.kinds.of_grid_workers
    pace = pace_of(made, lead=usual_lead(made.kind, made.location))
    moves = way(draw, may_be_solved=may_be_solved, may_take_longer=takes_long(made.kind))
    return walk(moves, start=made.at, pace=pace, draw=draw)


def _repeated(
    arrival: Arrival, other: Draft, setting: Setting, *, channel: Channel, draw: random.Random
) -> Draft | None:
    """Return another report of the same matter, merged by the centre while that is open; nothing if it no longer is."""
    made = drafted(arrival.at, other.kind, setting.beside(other.location.point, draw), channel=channel, draw=draw)
    made.stops = walk((Move.MERGE,), start=made.at, pace=pace_of(made, lead=None), draw=draw)
    moment = made.stops[-1].at
    if made.location.township != other.location.township or not (other.open_at(moment) and other.open_at(made.at)):
        return None
    made.merged_into = other
    other.absorbed.append((moment, made))
    return made
