"""
Let a case in memory be given more time, as `ask_time` and `decide_time` would have done it.

A life is told without knowing exactly when the limit is used up. A request that would have
come too late, or that the category does not allow, is left out with its answer.
"""

from datetime import datetime

from onegrid.cases.actions.ask_time import procedure_of, said_of
from onegrid.cases.actions.decide_time import as_granted
from onegrid.cases.actions.lifecycle import keep_late_whole
from onegrid.cases.actions.lived_rows import Lived
from onegrid.cases.actions.reckon_clocks import extend
from onegrid.cases.models import EntryKind, Hearing, TimeKind, TimeRequest, TimeState
from onegrid.cases.readers.clocks import terms_of
from onegrid.cases.readers.more_time import WORKED_ON, granted_of
from onegrid.cases.rules import more_time
from onegrid.cases.rules.lives import Moved, TimeAnswered, TimeAsked
from onegrid.cases.states import Move, Stage, Status
from onegrid.core.ids import new_id


def ask(lived: Lived, step: TimeAsked) -> None:
    """Let the lead unit ask, unless there is nothing to be had."""
    case = lived.case
    if case.status not in WORKED_ON or _why_not(lived, step):
        return
    assert case.lead_unit_id
    assert step.by  # whoever works on it for the unit
    request = TimeRequest(
        id=step.request_id, case_id=case.pk, kind=TimeKind.EXTENSION if step.hours else TimeKind.SUSPENSION,
        unit_id=case.lead_unit_id, round=case.reopen_count, level=step.level, hours=step.hours, until=step.until,
        reason=step.text, proof=list(step.proof), due_at=case.stage_due_at,
        asked_by_id=step.by.id, asked_at=step.at,
    )  # fmt: skip
    lived.requests.append(request)
    case.version += 1
    lived.write(EntryKind.EXTENSION, step, said_of(case, request), is_public=False)


def _why_not(lived: Lived, step: TimeAsked) -> str:
    case, procedure = lived.case, procedure_of(lived.case)
    if step.hours is None:
        given = granted_of(lived.requests, kind=TimeKind.SUSPENSION, round_=case.reopen_count)
        return more_time.why_no_suspension(procedure, due_at=case.stage_due_at, granted=given, at=step.at)
    given = granted_of(lived.requests, kind=TimeKind.EXTENSION, round_=case.reopen_count, unit_id=case.lead_unit_id)
    limit = terms_of(case).limit_of(Stage.HANDLE)
    return more_time.why_no_extension(procedure, limit=limit, due_at=case.stage_due_at, granted=given, at=step.at)


def answer(lived: Lived, step: TimeAnswered) -> None:
    """Let the request that waits be granted or refused, if there is one."""
    case, request = lived.case, lived.waiting
    if request is None:
        return
    _decide(request, step, state=TimeState.GRANTED if step.is_granted else TimeState.REFUSED)
    case.version += 1
    if not step.is_granted:
        lived.write(EntryKind.EXTENSION, step, said_of(case, request), is_public=False)
        return
    assert request.hours
    kept = keep_late_whole(case, request.asked_at)
    extend(case, hours=request.hours, at=step.at)
    due = {"due_after": case.stage_due_at.isoformat()} if case.stage_due_at else {}
    lived.write(EntryKind.EXTENSION, step, {**as_granted(case, request, at=step.at), **kept, **due})


def suspend(lived: Lived, step: Moved) -> dict[str, object]:
    """Grant the request that waits by letting the clock stand still; return what the timeline keeps of it."""
    request = lived.waiting
    assert request is not None
    _decide(request, step, state=TimeState.GRANTED)
    lived.case.suspended_until = request.until
    return as_granted(lived.case, request, at=step.at)


def was_not_suspended(lived: Lived, step: Moved) -> bool:
    """Tell whether a suspension, or its end, is left out because nobody could ask for it; the rest comes earlier."""
    if step.move == Move.SUSPEND and lived.waiting is None:
        lived.not_suspended_at = step.at
        return True
    if step.move == Move.RESUME and lived.not_suspended_at:
        lived.spared += step.at - lived.not_suspended_at
        lived.not_suspended_at = None
        return True
    return False


def lapse(lived: Lived, *, left: Status, at: datetime) -> None:
    """Let a request lapse where the case has left the unit that made it."""
    request = lived.waiting
    if request and left in WORKED_ON and lived.case.status not in {*WORKED_ON, Status.SUSPENDED}:
        request.state, request.ended_at = TimeState.LAPSED, at


def hear(lived: Lived, step: Moved) -> None:
    """Let units see the case while it is disputed, and no longer."""
    if step.move == Move.SETTLE:
        for hearing in lived.hearings:
            hearing.ended_at = hearing.ended_at or step.at
    lived.hearings += [
        Hearing(id=new_id(), case_id=lived.case.pk, unit_id=unit_id, began_at=step.at) for unit_id in step.heard
    ]


def _decide(request: TimeRequest, step: Moved | TimeAnswered, *, state: TimeState) -> None:
    request.state, request.ended_at, request.note = state, step.at, step.text
    request.decided_by_id = step.by.id if step.by else None
