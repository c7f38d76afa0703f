"""
The way of a case through the table of states: which moves it makes, and when.

A way is drawn as moves, and asides that leave the case where it stands; `walk` follows
them through `cases.states`, so that one which the table does not allow cannot be walked.
How long a stage takes is a share of its limit in counted time: five working days take
five, whatever weekend lies there. Moments are seconds since 1970: a year has half a
million of them.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from onegrid.cases.public import STAGE_OF, Move, Stage, Status, after
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.assumptions import RATES, Rates
from onegrid.demonstration.rules.pace import Pace

HOUR, DAY = 3600.0, 86_400.0


class Aside(StrEnum):
    """What is done about a case that leaves it where it stands: the unit asks for more time, somebody decides."""

    ASK_EXTENSION = "ask_extension"
    EXTEND = "extend"
    ASK_SUSPENSION = "ask_suspension"
    REFUSE_TIME = "refuse_time"


Step = Move | Aside
ASKED = frozenset({Aside.ASK_EXTENSION, Aside.ASK_SUSPENSION})
_HANDLED = (Move.TAKE, Move.REPORT_BACK, Move.PASS, Move.CLOSE)


@dataclass(frozen=True, slots=True)
class Stop:
    """One move or aside of a walked way, and the moment it was made."""

    move: Step
    at: float


def way(
    draw: random.Random, *, may_be_solved: bool, may_take_longer: bool = False, rates: Rates = RATES
) -> tuple[Step, ...]:
    """
    Return the moves of a case from its report to its end; a grid worker may have solved it on the spot.

    Where a matter may take longer than it should, some units ask for more time.
    It is told as if everything reported done were verified; what is not drawn then goes on without.
    """
    if may_be_solved and draw.random() < rates.solved_on_the_spot:
        return (Move.SOLVE_TO_VERIFY, *_verified(draw, rates), Move.CLOSE)
    if draw.random() < rates.refused:
        return (Move.ACCEPT, Move.REFUSE) if draw.random() < rates.refused_late else (Move.REFUSE,)
    moves: list[Step] = [Move.ACCEPT]
    if draw.random() < rates.withdrawn:
        return (*moves, Move.WITHDRAW)
    if draw.random() < rates.checked:
        moves += [Move.ASK_CHECK, Move.ANSWER_CHECK]
    return (*moves, Move.FILE, *_handling(draw, rates, may_take_longer=may_take_longer))


def _handling(draw: random.Random, rates: Rates, *, may_take_longer: bool) -> list[Step]:
    chance = draw.random()
    moves: list[Step] = [Move.DISPATCH]
    if chance < rates.returned:
        moves += [Move.RETURN, Move.DISPATCH]
    elif chance < (sent_back := rates.returned + rates.recalled):
        moves += [Move.RECALL, Move.DISPATCH]
    elif chance < sent_back + rates.disputed:
        moves += [Move.DISPUTE, Move.SETTLE]
    moves += [Move.TAKE, *(_more_time(draw, rates) if may_take_longer else ()), Move.REPORT_BACK]
    moves += [*_verified(draw, rates), Move.CLOSE]
    if draw.random() < rates.reopened:
        moves += [Move.REOPEN, Move.DISPATCH, *_HANDLED]
    return moves


def _more_time(draw: random.Random, rates: Rates) -> list[Step]:
    chance = draw.random()
    if chance < rates.extended:
        return [Aside.ASK_EXTENSION, Aside.EXTEND]
    if chance < (asked := rates.extended + rates.extension_refused):
        return [Aside.ASK_EXTENSION, Aside.REFUSE_TIME]
    if chance < (asked := asked + rates.suspended):
        return [Aside.ASK_SUSPENSION, Move.SUSPEND, Move.RESUME]
    return [Aside.ASK_SUSPENSION, Aside.REFUSE_TIME] if chance < asked + rates.suspension_refused else []


def _verified(draw: random.Random, rates: Rates) -> list[Step]:
    rework: list[Step] = [Move.FAIL, Move.TAKE, Move.REPORT_BACK] if draw.random() < rates.reworked else []
    return [*rework, Move.PASS]


def way_to(target: Status) -> tuple[Move, ...]:
    """Return the plain way to a status in which a case lies on a desk."""
    if target == Status.DISPUTED:
        return (*way_to(Status.DISPATCHED), Move.DISPUTE)
    if target == Status.SUSPENDED:
        return (*way_to(Status.IN_PROGRESS), Move.SUSPEND)
    plain = (Move.ACCEPT, Move.FILE, Move.DISPATCH, *_HANDLED)
    if target == Status.CHECKING:
        return (Move.ACCEPT, Move.ASK_CHECK)
    status, moves = Status.REPORTED, 0
    while status != target:
        status, moves = after(plain[moves], status), moves + 1
    return plain[:moves]


def walk(moves: Sequence[Step], *, start: float, pace: Pace, draw: random.Random) -> list[Stop]:
    """
    Follow moves through the table of states and return when each is made, in order of time.

    :raises IllegalMoveError: if the table does not allow a move there.
    """
    walker = _Walker(pace, draw, since=start, at=start)
    return [walker.make(move) for move in moves]


@dataclass(slots=True)
class _Walker:
    """
    Who walks: where the case stands, and what of the running clock is used.

    `since` is when that clock was last looked at, `used` how much of its limit was used then, `whole`
    the limit with what was given beyond; `kept` are the clocks that go on when the case comes back to them.
    """

    pace: Pace
    draw: random.Random
    since: float
    at: float
    status: Status = Status.REPORTED
    used: float = 0.0
    whole: float = 1.0
    kept: dict[Stage, float] = field(default_factory=dict)

    def make(self, step: Step) -> Stop:
        """Make one step, at the earliest a minute after the one before."""
        reached = after(step, self.status) if isinstance(step, Move) else self.status
        self.at = max(self.at + 60.0, self._moment(step))
        self._count()
        if isinstance(step, Move):
            self._enter(step, reached)
        elif step == Aside.EXTEND:
            self.whole += assumptions.EXTENDED_BY
        return Stop(step, self.at)

    def _moment(self, step: Step) -> float:
        chance = self.draw.uniform
        if step in _LATER:
            unit, span = _LATER[step]
            return self.at + unit * chance(*span)
        desk = self.pace.desks[self.status]
        if step == Move.RESUME:
            return desk.day_begun(self.at + DAY * chance(*assumptions.SUSPENDED_DAYS))
        if step in _PART_OF_THE_LIMIT:
            wanted = self.used + chance(*_PART_OF_THE_LIMIT[step])
        elif step in _OF_WHAT_IS_LEFT:
            wanted = self.used + (1.0 - self.used) * chance(*_OF_WHAT_IS_LEFT[step])
        else:
            late = self.pace.late_handling if STAGE_OF[self.status] == Stage.HANDLE else assumptions.LATE
            wanted = self._done_by(share(late, self.draw))
        return desk.reached(self.since, wanted - self.used, self.draw)

    def _done_by(self, drawn: float) -> float:
        """Return at which share a stage is done; of a clock that went on only what is left can be shared out."""
        if drawn > 1.0:
            return max(drawn * self.whole, self.used)
        return self.used + drawn * max(self.whole - self.used, 0.0)

    def _count(self) -> None:
        """Count what was used since the clock was last looked at, where that matters later."""
        if STAGE_OF.get(self.status) in _GOES_ON and self.status != Status.SUSPENDED:
            self.used += self.pace.desks[self.status].share(self.since, self.at)
        if self.status == Status.DISPUTED:  # the unit that disputes gains no time by it
            self.kept[Stage.HANDLE] += self.pace.desks[Status.DISPATCHED].share(self.since, self.at)
        self.since = self.at if STAGE_OF.get(self.status) in _GOES_ON else self.since

    def _enter(self, move: Move, reached: Status) -> None:
        left, stage = STAGE_OF.get(self.status), STAGE_OF.get(reached)
        self.status = reached
        if left == stage:
            return
        if move == Move.REOPEN:
            self.kept, self.whole = {}, 1.0
        elif left in _GOES_ON:
            self.kept[left] = self.used
        self.since, self.used = self.at, self.kept.get(stage, 0.0) if stage else 0.0


_GOES_ON = frozenset({Stage.FILE, Stage.HANDLE})
_PART_OF_THE_LIMIT: Mapping[Step, tuple[float, float]] = {
    Move.TAKE: assumptions.TAKEN_AFTER, Move.RETURN: assumptions.SENT_BACK_AFTER,
    Move.RECALL: assumptions.SENT_BACK_AFTER, Move.DISPUTE: assumptions.SENT_BACK_AFTER,
}  # fmt: skip
_OF_WHAT_IS_LEFT: Mapping[Step, tuple[float, float]] = {
    **dict.fromkeys(ASKED, assumptions.ASKED_AT),
    **dict.fromkeys((Aside.EXTEND, Aside.REFUSE_TIME, Move.SUSPEND), assumptions.TIME_DECIDED_AFTER),
}
_LATER: Mapping[Step, tuple[float, tuple[float, float]]] = {  # whatever the calendar says
    Move.SOLVE_TO_VERIFY: (60.0, (3.0, 40.0)), Move.REOPEN: (DAY, assumptions.REOPENED_AFTER),
}  # fmt: skip


def part_of_limit(step: Step, draw: random.Random) -> float:
    """Return how much of its stage's limit is used when a step is made."""
    span = _PART_OF_THE_LIMIT.get(step)
    return draw.uniform(*span) if span else share(assumptions.LATE, draw)


def share(late: float, draw: random.Random) -> float:
    """Return how much of its limit a stage takes: mostly the first half, sometimes more than all."""
    if draw.random() < late:
        return draw.uniform(*assumptions.LATE_BY)
    least, most = assumptions.IN_TIME
    return least + (most - least) * math.pow(draw.random(), 1.5)
