"""Write on a case what its clocks come to, after something has changed that they are reckoned from."""

from datetime import datetime
from uuid import UUID

from onegrid.cases.models import Case, Channel
from onegrid.cases.rules import due
from onegrid.cases.rules.clocks import Terms, running_clock
from onegrid.cases.rules.marks import Entered, Mark, kept, read
from onegrid.cases.states import Move, Stage, Status
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.units.public import calendar_of

CLOCK_FIELDS = ("marks", "stage_due_at", "stage_yellow_at", "due_at", "suspended_until", "warn_at", "warned")


def terms_of(case: Case) -> Terms:
    """Return what the category version that the case stands under allows."""
    return due.terms_of(catalogue().by_id[case.category_id] if case.category_id else None)


def marks_of(case: Case) -> list[Mark]:
    """
    Return what a case's clocks are reckoned from.

    One that has not moved since it came in, or since clocks are kept this way, has no marks: for it stands when
    it was received and when its stage began.
    """
    if case.marks:
        return read(case.marks)
    first: list[Mark] = [Entered(case.received_at, Status.REPORTED, case.holder_unit_id)]
    status = Status(case.status)
    if status == Status.REPORTED:
        return first
    return [*first, Entered(case.stage_started_at, status, case.holder_unit_id, case.lead_unit_id)]


def mark_move(case: Case, move: Move, *, before: list[Mark], at: datetime) -> None:
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
    case.marks = [kept(mark) for mark in (*before, entered)]


def reckon(case: Case, *, at: datetime, is_new_stage: bool = False) -> None:
    """
    Reckon the clocks of an open case in memory from its marks.

    Where another clock begins to run, nobody is told of the shares that it has passed before. The due moment
    that came with a case from another system stays the promise for the whole of it.
    """
    marks, terms = marks_of(case), terms_of(case)
    if is_new_stage:
        running = running_clock(marks, terms=terms, calendars=calendar_of)
        case.warned = due.warned_before(running, at=at)
    found = due.moments(marks, terms=terms, calendars=calendar_of, warned=case.warned)
    case.stage_due_at, case.stage_yellow_at, case.warn_at = found.stage_due_at, found.stage_yellow_at, found.warn_at
    if case.channel != Channel.IMPORT:
        case.due_at = found.due_at


def first_moments(category: CategoryEntry | None, *, holder: UUID | None, at: datetime) -> due.Moments:
    """Return the moments of a case that comes in under a category, or none yet, to the unit that looks first."""
    marks = [Entered(at, Status.REPORTED, holder)]
    return due.moments(marks, terms=due.terms_of(category), calendars=calendar_of, warned=0)


def due_for(category: CategoryEntry | None, stage: Stage, *, unit: UUID, at: datetime) -> datetime | None:
    """Return when a stage would be due that a unit begins now; nothing where the catalogue sets no limit."""
    terms = due.terms_of(category)
    limit = terms.limit_of(stage)
    return None if limit is None else calendar_of(unit).after(at, limit, terms.counting_of(stage))
