"""What each move does to each clock, asked of the clocks themselves: no second telling that could differ."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from onegrid.cases.rules.clocks import Clock, Terms, clock_of
from onegrid.cases.rules.marks import Entered
from onegrid.cases.states import STAGE_OF, TRANSITIONS, Move, Stage, Status
from onegrid.units.public import Counting

_START = datetime(2026, 1, 5, tzinfo=UTC)
_STEP = timedelta(hours=1)
_DESK, _UNIT = UUID(int=1), UUID(int=2)
_TERMS = Terms(limits={stage.value: 1000.0 for stage in Stage})
_LEAD_AFTER: Mapping[Move, UUID | None] = {
    Move.DISPATCH: _UNIT, Move.SETTLE: _UNIT, Move.SOLVE_TO_VERIFY: _UNIT,
    Move.RETURN: None, Move.RECALL: None, Move.REOPEN: None,
}  # fmt: skip
# Ways that a life can go but seldom does: what a move does is told of the usual one.
_SELDOM = frozenset({(Move.SOLVE_TO_VERIFY, Status.REPORTED), (Move.DISPUTE, Status.FILED)})


class Effect(StrEnum):
    """What becomes of a clock."""

    STARTS = "starts afresh"
    GOES_ON = "goes on with what was used"
    STOPS = "stops"
    RUNS_ON = "runs on"
    NOTHING = ""


class _Everything:
    """A calendar that counts all time."""

    @staticmethod
    def between(start: datetime, end: datetime, counting: Counting) -> timedelta:  # noqa: ARG004
        return end - start

    @staticmethod
    def after_each(start: datetime, amounts: Sequence[timedelta], counting: Counting) -> list[datetime]:  # noqa: ARG004
        return [start + amount for amount in amounts]

    @staticmethod
    def after_in_turn(start: datetime, parts: Iterable[tuple[Counting, timedelta]]) -> datetime:
        return start + sum((amount for _counting, amount in parts), timedelta())


def effects(move: Move, source: Status) -> Mapping[Stage | None, Effect]:
    """Return what a move from a status does to the clock of each stage, and to that of the whole (under None)."""
    before = _way_to(source)
    after = _moved(before, move)
    return {stage: _effect(before, after, stage) for stage in (*Stage, None)}


def _way_to(status: Status) -> Sequence[Entered]:
    """Return the marks of a shortest life that leads to a status."""
    first = [Entered(_START, Status.REPORTED, _DESK)]
    waiting, seen = deque([first]), {Status.REPORTED}
    while waiting:
        marks = waiting.popleft()
        if marks[-1].status == status:
            return marks
        for move, transition in TRANSITIONS.items():
            is_usual = marks[-1].status in transition.sources and (move, marks[-1].status) not in _SELDOM
            if is_usual and transition.target not in seen:
                seen.add(transition.target)
                waiting.append([*_moved(marks, move)])
    raise KeyError(status)


def _moved(marks: Sequence[Entered], move: Move) -> Sequence[Entered]:
    at, status = marks[-1].at + _STEP, TRANSITIONS[move].target
    lead = _LEAD_AFTER.get(move, marks[-1].lead)
    holder = lead if STAGE_OF.get(status) == Stage.HANDLE else _DESK
    until = at + 100 * _STEP if status == Status.SUSPENDED else None
    return [*marks, Entered(at, status, holder, lead, until, move == Move.REOPEN)]


def _effect(before: Sequence[Entered], after: Sequence[Entered], stage: Stage | None) -> Effect:
    at = after[-1].at
    then, now = (_clock(marks, stage) for marks in (before, after))
    ran, runs = then.is_running(at), now.is_running(at)
    if not runs:
        return Effect.STOPS if ran else Effect.NOTHING
    is_fresh = now.elapsed(at) == timedelta()
    if is_fresh:
        return Effect.STARTS
    return Effect.RUNS_ON if ran else Effect.GOES_ON


def _clock(marks: Sequence[Entered], stage: Stage | None) -> Clock:
    return clock_of(marks, stage, terms=_TERMS, calendars=lambda _unit: _Everything())
