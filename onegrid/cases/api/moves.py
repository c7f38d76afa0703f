"""The moves of a case from report to closing: each a noun below the case, each decided on a version."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from onegrid.cases.actions import finish_case, handle_case, triage_case
from onegrid.cases.api.answers import answered, decided
from onegrid.cases.api.schemas import (
    CaseOut,
    CheckAnswerIn,
    CheckIn,
    FilingIn,
    MoveIn,
    NotedMoveIn,
    OutcomeIn,
    ReasonIn,
    ResultIn,
    ReturnIn,
    SolutionIn,
    VerificationIn,
)
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.scopes import WORK, scoped

router = Router(tags=["moves"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}
_asked = scoped(WORK, **_IF_MATCH)


@router.post("/{case}/acceptance", response=CaseOut, operation_id="accept_case")
@_asked
@idempotent
def acceptance(request: HttpRequest, case: str, payload: NotedMoveIn) -> HttpResponse:
    """Take a reported case on."""
    return answered(triage_case.accept_case(**decided(request, case, payload), note=payload.note))


@router.post("/{case}/refusal", response=CaseOut, operation_id="refuse_case")
@_asked
@idempotent
def refusal(request: HttpRequest, case: str, payload: OutcomeIn) -> HttpResponse:
    """End a case that is not taken on, with the reason that its reporter reads."""
    told = decided(request, case, payload)
    return answered(triage_case.refuse_case(**told, outcome=payload.outcome, note=payload.note))


@router.post("/{case}/check", response=CaseOut, operation_id="ask_check")
@_asked
@idempotent
def check(request: HttpRequest, case: str, payload: CheckIn) -> HttpResponse:
    """Have the grid team look on the spot whether the report is true."""
    return answered(triage_case.ask_check(**decided(request, case, payload), question=payload.question))


@router.post("/{case}/check-answer", response=CaseOut, operation_id="answer_check")
@_asked
@idempotent
def check_answer(request: HttpRequest, case: str, payload: CheckAnswerIn) -> HttpResponse:
    """Say what was found on the spot."""
    told = decided(request, case, payload)
    return answered(triage_case.answer_check(**told, is_true=payload.is_true, finding=payload.finding))


@router.post("/{case}/filing", response=CaseOut, operation_id="file_case")
@_asked
@idempotent
def filing(request: HttpRequest, case: str, payload: FilingIn) -> HttpResponse:
    """Open the file under a category, whose limits hold from now."""
    told = decided(request, case, payload)
    done = triage_case.file_case(**told, category_code=payload.category, title=payload.title, note=payload.note)
    return answered(done)


@router.post("/{case}/taking", response=CaseOut, operation_id="take_case")
@_asked
@idempotent
def taking(request: HttpRequest, case: str, payload: MoveIn) -> HttpResponse:
    """Start work on a dispatched case, in one's own name."""
    return answered(handle_case.take_case(**decided(request, case, payload)))


@router.post("/{case}/returns", response=CaseOut, operation_id="return_case")
@_asked
@idempotent
def returns(request: HttpRequest, case: str, payload: ReturnIn) -> HttpResponse:
    """Send a case back to the dispatcher: it is not this unit's."""
    told = decided(request, case, payload)
    return answered(handle_case.return_case(**told, code=payload.code, reason=payload.reason))


@router.post("/{case}/results", response=CaseOut, operation_id="report_back")
@_asked
@idempotent
def results(request: HttpRequest, case: str, payload: ResultIn) -> HttpResponse:
    """
    Say that the work is done; the proof that the category demands was added before.

    The case answered is `handled` where somebody else verifies it, and `verified` where only a part of
    such cases is looked at and this one was not drawn.
    """
    return answered(handle_case.report_back(**decided(request, case, payload), result=payload.result))


@router.post("/{case}/verifications", response=CaseOut, operation_id="verify_case")
@_asked
@idempotent
def verifications(request: HttpRequest, case: str, payload: VerificationIn) -> HttpResponse:
    """Say whether what the unit reported is true; whoever handled the case cannot."""
    told = decided(request, case, payload)
    return answered(finish_case.verify_case(**told, is_done=payload.is_done, finding=payload.finding))


@router.post("/{case}/closing", response=CaseOut, operation_id="close_case")
@_asked
@idempotent
def closing(request: HttpRequest, case: str, payload: OutcomeIn) -> HttpResponse:
    """Close a verified case with what came of it."""
    told = decided(request, case, payload)
    return answered(finish_case.close_case(**told, outcome=payload.outcome, note=payload.note))


@router.post("/{case}/reopening", response=CaseOut, operation_id="reopen_case")
@_asked
@idempotent
def reopening(request: HttpRequest, case: str, payload: ReasonIn) -> HttpResponse:
    """Open a closed case again, filed anew with a fresh clock."""
    return answered(finish_case.reopen_case(**decided(request, case, payload), reason=payload.reason))


@router.post("/{case}/withdrawal", response=CaseOut, operation_id="withdraw_case")
@_asked
@idempotent
def withdrawal(request: HttpRequest, case: str, payload: NotedMoveIn) -> HttpResponse:
    """Close a case because its reporter took it back."""
    return answered(finish_case.withdraw_case(**decided(request, case, payload), note=payload.note))


@router.post("/{case}/solution", response=CaseOut, operation_id="solve_case_on_the_spot")
@_asked
@idempotent
def solution(request: HttpRequest, case: str, payload: SolutionIn) -> HttpResponse:
    """
    Close in one move what a grid worker reported and fixed themselves, with proof.

    The case answered is `closed`, or `handled` where it was drawn and somebody else looks first.
    """
    told = decided(request, case, payload)
    return answered(finish_case.solve_on_the_spot(**told, category_code=payload.category, result=payload.result))
