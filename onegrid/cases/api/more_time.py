"""More time: ask for it, decide on it, take the request back, let a suspended case go on."""

from datetime import datetime, time

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.cases.actions.ask_time import ask_extension, ask_suspension, withdraw_time_request
from onegrid.cases.actions.decide_time import decide_time
from onegrid.cases.actions.resume_case import resume_case
from onegrid.cases.api.answers import answered, decided, time_request_out
from onegrid.cases.api.schemas import CaseOut, MoveIn, NotedMoveIn
from onegrid.cases.api.time_schemas import TimeDecisionIn, TimeRequestIn, TimeRequestOut, TimeRequestsOut
from onegrid.cases.models import TimeKind
from onegrid.cases.readers.file import visible_case
from onegrid.cases.readers.more_time import every_request_of
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.core.errors import InvalidInputError

router = Router(tags=["more time"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}
decision = scoped(WORK, **_IF_MATCH)


@router.get("/{case}/time-requests", response=TimeRequestsOut, operation_id="time_requests")
@scoped(READ)
def time_requests(request: HttpRequest, case: str) -> TimeRequestsOut:
    """Show what was asked for a case, and what was decided."""
    found = every_request_of(visible_case(case, by=acting(request)))
    return TimeRequestsOut(requests=[time_request_out(each) for each in found])


@router.post("/{case}/time-requests", response={201: TimeRequestOut}, operation_id="ask_time")
@decision
@idempotent
def ask(request: HttpRequest, case: str, payload: TimeRequestIn) -> HttpResponse:
    """Ask for an extension or a suspension before the limit is used up, with reason and proof."""
    told = decided(request, case, payload)
    if payload.kind == TimeKind.EXTENSION:
        made = ask_extension(**told, hours=payload.hours or 0, reason=payload.reason, proof=payload.proof)
    else:
        made = ask_suspension(**told, until=_start_of(payload), reason=payload.reason, proof=payload.proof)
    return dumped(time_request_out(made), status=201)


@router.post("/{case}/time-decisions", response=CaseOut, operation_id="decide_time")
@decision
@idempotent
def decisions(request: HttpRequest, case: str, payload: TimeDecisionIn) -> HttpResponse:
    """Grant or refuse the request that waits; whoever asked cannot."""
    told = decided(request, case, payload)
    return answered(decide_time(**told, is_granted=payload.is_granted, note=payload.note))


@router.post("/{case}/time-withdrawals", response=CaseOut, operation_id="withdraw_time_request")
@decision
@idempotent
def withdrawals(request: HttpRequest, case: str, payload: MoveIn) -> HttpResponse:
    """Take back the request that waits."""
    return answered(withdraw_time_request(**decided(request, case, payload)))


@router.post("/{case}/resumption", response=CaseOut, operation_id="resume_case")
@decision
@idempotent
def resumption(request: HttpRequest, case: str, payload: NotedMoveIn) -> HttpResponse:
    """Let a suspended case go on before its time."""
    return answered(resume_case(**decided(request, case, payload), note=payload.note))


def _start_of(payload: TimeRequestIn) -> datetime:
    """Return when the day begins in the district on which the case shall go on."""
    if payload.until is None:
        message = _("Say until when.")
        raise InvalidInputError(message, fields={"until": message})
    return datetime.combine(payload.until, time.min, tzinfo=get_current_timezone())
