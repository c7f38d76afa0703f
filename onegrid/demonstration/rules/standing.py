"""What lies on the desks at this moment: how far each case is, and how much of its time is used."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from onegrid.cases.public import Move, Status, after
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.journeys import DAY, HOUR, Aside, Step, Stop, part_of_limit, way_to
from onegrid.demonstration.rules.pace import Desk, Pace

OF_A_CENTRE = (
    Status.REPORTED, Status.CHECKING, Status.ACCEPTED, Status.FILED, Status.HANDLED, Status.VERIFIED,
)  # fmt: skip
OF_A_UNIT = (Status.DISPATCHED, Status.IN_PROGRESS)
RARE_AT_A_UNIT = {
    Status.SUSPENDED: assumptions.STANDING_SUSPENDED, Status.DISPUTED: assumptions.STANDING_DISPUTED,
}  # fmt: skip


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
        return draw.uniform(*assumptions.STANDING_LATE_BY)
    return draw.uniform(0.82, 0.99) if chance < late + soon else draw.uniform(0.03, 0.78)


def stand(
    target: Status, *, used_share: float, now: float, pace: Pace, draw: random.Random, may_take_longer: bool = False
) -> Standing:
    """
    Return a case that came to a status so that its stage has used this share of its limit by now.

    One that is suspended had used it when it was. Where it may take longer, some units ask for more time and wait.
    """
    stood_still = DAY * draw.uniform(*assumptions.SUSPENDED_SINCE) if target == Status.SUSPENDED else 0.0
    used_share = min(used_share, _LEFT_TO_ASK) if stood_still else used_share
    desk, until = pace.desks[target], now - stood_still
    entered = desk.begun(until, used_share)
    within = [] if target in _ENTERED else [Stop(Move.TAKE, _taken(desk, entered, until=until, draw=draw))]
    moves = way_to(Status.DISPATCHED if within else target)
    if stood_still:
        asked = Stop(Aside.ASK_SUSPENSION, max(until - HOUR, within[-1].at + 60.0))
        ends = Stop(Move.RESUME, desk.day_begun(now + DAY * draw.uniform(*assumptions.SUSPENDED_DAYS)))
        within += [asked, Stop(Move.SUSPEND, until), ends]
    elif within and may_take_longer and used_share < _LEFT_TO_ASK and draw.random() < assumptions.STANDING_ASKED:
        within.append(Stop(Aside.ASK_EXTENSION, max(now - HOUR, within[-1].at + 30.0)))
    came = _backwards(moves, end=entered, pace=pace, draw=draw)
    return Standing(came.start, [*came.stops, *within])


_ENTERED = frozenset({*OF_A_CENTRE, Status.DISPATCHED, Status.DISPUTED})
_LEFT_TO_ASK = 0.9  # of the limit; later it may be over before anybody asks


def _taken(desk: Desk, entered: float, *, until: float, draw: random.Random) -> float:
    """Return when somebody took a case: at the latest some minutes ago."""
    return max(min(desk.reached(entered, draw.uniform(*assumptions.TAKEN_AFTER), draw), until - 120.0), entered + 1.0)


def _backwards(moves: Sequence[Step], *, end: float, pace: Pace, draw: random.Random) -> Standing:
    """Return when a case came in, and when moves were made of which the last was made then, the earliest first."""
    stops: list[Stop] = []
    for status, move in reversed(_ways(moves)):
        stops.insert(0, Stop(move, end))
        end = min(pace.desks[status].begun(end, part_of_limit(move, draw)), end - 60.0)
    return Standing(end, stops)


def _ways(moves: Sequence[Step]) -> list[tuple[Status, Step]]:
    """Return each move with the status from which it is made."""
    status, found = Status.REPORTED, []
    for move in moves:
        found.append((status, move))
        status = after(move, status) if isinstance(move, Move) else status
    return found
