"""Write on a case what its clocks come to, after something has changed that they are reckoned from."""

from collections.abc import Sequence
from datetime import datetime

from onegrid.cases.models import Case, Channel
from onegrid.cases.readers.clocks import kept_marks_of, marks_of, terms_of
from onegrid.cases.rules import due
from onegrid.cases.rules.marks import Entered, Extended, KeptMark, kept
from onegrid.cases.states import Move, Status
from onegrid.units.public import calendars

CLOCK_FIELDS = ("marks", "stage_due_at", "stage_yellow_at", "due_at", "suspended_until", "warn_at", "warned")


def mark_move(case: Case, move: Move, *, before: Sequence[KeptMark], at: datetime) -> None:
    """Note on a case in memory that it came to its status; what was noted `before` the move stays."""
    status = Status(case.status)
    entered = Entered(
        at,
        status,
        case.holder_unit_id,
        case.lead_unit_id,
        case.suspended_until if status == Status.SUSPENDED else None,
        move == Move.REOPEN,
    )
    case.marks = [*before, kept(entered)]


def extend(case: Case, *, hours: float, at: datetime) -> None:
    """
    Note on a case in memory that its handling limit was extended, and reckon its clocks.

    The shares of the longer limit are told about again, but for those that are used already.
    """
    case.marks = [*kept_marks_of(case), kept(Extended(at, hours))]
    reckon(case, at=at, is_new_stage=True)


def catch_up(case: Case, *, at: datetime) -> None:
    """
    Reckon the clocks of an open case in memory by the calendars as they stand, before what they come to is kept.

    After a change of a calendar the reckoning of all cases takes a while to come to this one (`recompute_clocks`).
    """
    if case.marks and case.ended_at is None and case.stage_due_at:
        reckon(case, at=at)


def reckon(case: Case, *, at: datetime, is_new_stage: bool = False) -> None:
    """
    Reckon the clocks of an open case in memory from its marks.

    Where another clock begins to run, nobody is told of the shares that it has passed before. The due moment
    that came with a case from another system stays the promise for the whole of it.
    """
    found = due.moments(
        marks_of(case), terms=terms_of(case), calendars=calendars().of, warned=case.warned,
        goes_on_at=at if is_new_stage else None,
    )  # fmt: skip
    case.stage_due_at, case.stage_yellow_at, case.warn_at = found.stage_due_at, found.stage_yellow_at, found.warn_at
    case.warned = found.warned
    if case.channel != Channel.IMPORT:
        case.due_at = found.due_at
