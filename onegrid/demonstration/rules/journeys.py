"""
The way of a case through the table of states: which moves it makes, and when.

A way is drawn as moves; `walk` follows them through `cases.states`, so that one
which the table does not allow cannot be walked. Moments are seconds since 1970:
a year has half a million of them.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onegrid.cases.public import STAGE_OF, Move, Stage, Status, after
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.assumptions import RATES, Rates

HOUR, DAY = 3600.0, 86_400.0
PLAIN_LIMIT = 4.0  # hours, where a category sets none
_HANDLED = (Move.TAKE, Move.REPORT_BACK, Move.PASS, Move.CLOSE)


@dataclass(frozen=True, slots=True)
class Stop:
    """One move of a walked way, and the moment it was made."""

    move: Move
    at: float


def way(draw: random.Random, *, may_be_solved: bool, rates: Rates = RATES) -> tuple[Move, ...]:
    """
    Return the moves of a case from its report to its end; a grid worker may have solved it on the spot.

    It is told as if everything reported done were verified; what is not drawn then goes on without.
    """
    if may_be_solved and draw.random() < rates.solved_on_the_spot:
        return (Move.SOLVE_TO_VERIFY, *_verified(draw, rates), Move.CLOSE)
    if draw.random() < rates.refused:
        return (Move.ACCEPT, Move.REFUSE) if draw.random() < rates.refused_late else (Move.REFUSE,)
    moves = [Move.ACCEPT]
    if draw.random() < rates.withdrawn:
        return (*moves, Move.WITHDRAW)
    if draw.random() < rates.checked:
        moves += [Move.ASK_CHECK, Move.ANSWER_CHECK]
    return (*moves, Move.FILE, *_handling(draw, rates))


def _handling(draw: random.Random, rates: Rates) -> list[Move]:
    moves = [Move.DISPATCH]
    chance = draw.random()
    if chance < rates.returned:
        moves += [Move.RETURN, Move.DISPATCH]
    elif chance < rates.returned + rates.recalled:
        moves += [Move.RECALL, Move.DISPATCH]
    moves += [Move.TAKE, Move.REPORT_BACK]
    moves += [*_verified(draw, rates), Move.CLOSE]
    if draw.random() < rates.reopened:
        moves += [Move.REOPEN, Move.DISPATCH, *_HANDLED]
    return moves


def _verified(draw: random.Random, rates: Rates) -> list[Move]:
    rework = [Move.FAIL, Move.TAKE, Move.REPORT_BACK] if draw.random() < rates.reworked else []
    return [*rework, Move.PASS]


def way_to(target: Status) -> tuple[Move, ...]:
    """Return the plain way to a status in which a case lies on a desk."""
    plain = (Move.ACCEPT, Move.FILE, Move.DISPATCH, *_HANDLED)
    if target == Status.CHECKING:
        return (Move.ACCEPT, Move.ASK_CHECK)
    status, moves = Status.REPORTED, 0
    while status != target:
        status, moves = after(plain[moves], status), moves + 1
    return plain[:moves]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How fast a case goes: the limits before and after filing, and how often the lead unit is late."""

    limits: Mapping[str, float]
    before: Mapping[str, float]
    late_handling: float = assumptions.LATE


def walk(moves: Sequence[Move], *, start: float, pace: Pace, draw: random.Random) -> list[Stop]:
    """
    Follow moves through the table of states and return when each is made, in order of time.

    :raises IllegalMoveError: if the table does not allow a move there.
    """
    stops: list[Stop] = []
    status, stage_start, at = Status.REPORTED, start, start
    for move in moves:
        reached = after(move, status)
        stage = STAGE_OF.get(status)
        is_filed = status not in {Status.REPORTED, Status.ACCEPTED, Status.CHECKING}
        limits = pace.limits if is_filed else pace.before
        limit = HOUR * limits.get(stage.value if stage else "", PLAIN_LIMIT)
        late = pace.late_handling if stage == Stage.HANDLE else assumptions.LATE
        at = max(at + 60.0, _moment(move, stage_start, limit, late=late, draw=draw))
        if stage != STAGE_OF.get(reached) or stage is None:
            stage_start = at
        stops.append(Stop(move, at))
        status = reached
    return stops


def _moment(move: Move, stage_start: float, limit: float, *, late: float, draw: random.Random) -> float:
    """Return when a move is made by somebody whose stage began then and may take so long."""
    if move == Move.TAKE:
        return stage_start + limit * draw.uniform(*assumptions.TAKEN_AFTER)
    if move in {Move.RETURN, Move.RECALL}:
        return stage_start + limit * draw.uniform(*assumptions.SENT_BACK_AFTER)
    if move == Move.REOPEN:
        return stage_start + DAY * draw.uniform(*assumptions.REOPENED_AFTER)
    if move == Move.SOLVE_TO_VERIFY:
        return stage_start + 60.0 * draw.uniform(3.0, 40.0)
    return stage_start + limit * share(late, draw)


def share(late: float, draw: random.Random) -> float:
    """Return how much of its limit a stage takes: mostly the first half, sometimes more than all."""
    if draw.random() < late:
        return draw.uniform(*assumptions.LATE_BY)
    least, most = assumptions.IN_TIME
    return least + (most - least) * math.pow(draw.random(), 1.5)
