"""What lies on the desks at this moment: how far each case is, and how much of its time is used."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from onegrid.cases.public import STAGE_OF, Move, Status
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.journeys import HOUR, PLAIN_LIMIT, Pace, Stop, walk, way_to

OF_A_CENTRE = (
    Status.REPORTED, Status.CHECKING, Status.ACCEPTED, Status.FILED, Status.HANDLED, Status.VERIFIED,
)  # fmt: skip
OF_A_UNIT = (Status.DISPATCHED, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True)
class Standing:
    """A case that stands at a status now: when it was reported, and what has been done to it."""

    start: float
    stops: Sequence[Stop]


def used(draw: random.Random, *, is_first: bool) -> float:
    """
    Return how much of its limit the running stage has used.

    The first on a desk is late or soon due, so that every desk sees more than green.
    """
    late, soon = assumptions.STANDING_LATE, assumptions.STANDING_SOON
    chance = draw.random() * (late + soon if is_first else 1.0)
    if chance < late:
        return draw.uniform(1.02, 1.9)
    return draw.uniform(0.82, 0.99) if chance < late + soon else draw.uniform(0.03, 0.78)


def stand(target: Status, *, used_share: float, now: float, pace: Pace, draw: random.Random) -> Standing:
    """Return a case that came to a status so that its stage has used this share of its limit by now."""
    moves: Sequence[Move] = way_to(target)
    stops = walk(moves, start=0.0, pace=pace, draw=draw)
    stage = STAGE_OF[target]
    is_filed = target not in {Status.REPORTED, Status.ACCEPTED, Status.CHECKING}
    limits = pace.limits if is_filed else pace.before
    entered = next((stop.at for stop in reversed(stops) if stop.move != Move.TAKE), 0.0)
    reported = now - HOUR * limits.get(stage.value, PLAIN_LIMIT) * used_share - entered
    # Who has taken it did so at the latest a moment ago.
    return Standing(reported, [Stop(stop.move, min(reported + stop.at, now - 60.0)) for stop in stops])
