"""Verification by somebody else, closing with an outcome, reopening, withdrawing, and solving on the spot."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, live_duties
from onegrid.cases.actions.connect_cases import require_no_open_parts
from onegrid.cases.actions.draw_verification import draw_now, settle_draw
from onegrid.cases.actions.handle_case import require_proof
from onegrid.cases.actions.lifecycle import keep_late_whole, move_case, open_case
from onegrid.cases.actions.triage_case import CaseNotReadyError, category_for_filing
from onegrid.cases.models import Case
from onegrid.cases.rules import guards
from onegrid.cases.states import Move, Outcome
from onegrid.catalogue.public import Sensitivity
from onegrid.core.errors import DomainError, NotAllowedError
from onegrid.core.installation import reopen_window_days
from onegrid.units.public import UnitKind, directory


class WindowClosedError(DomainError):
    """The time in which a case can be reopened is over."""


class HandlerCannotVerifyError(NotAllowedError):
    """The one who handled a case cannot verify it (DESIGN §3.6)."""


@transaction.atomic(durable=True)
def verify_case(*, case_id: UUID, version: int, is_done: bool, finding: str, by: User, at: datetime) -> Case:
    """
    Say whether what the unit reported is true. Not done sends it back as rework, counted.

    :raises HandlerCannotVerifyError: if `by` or their only unit handled it.
    :raises CaseNotReadyError: if nothing is said about what was found.
    :raises IllegalMoveError: if the case is not waiting for verification.
    """
    case = open_case(case_id, by=by, permission="cases.verify", version=version)
    units = {duty.unit_id for duty in duties_granting(by, "cases.verify")}
    if reason := guards.why_not_verify(
        verifier_id=by.pk, verifier_unit_ids=units, handler_id=case.handled_by_id, lead_unit_id=case.lead_unit_id
    ):
        raise HandlerCannotVerifyError(reason)
    if not finding.strip():
        message = _("Say what you found.")
        raise CaseNotReadyError(message, fields={"finding": message})
    if is_done:
        case.verified_by = by
    else:
        case.rework_count += 1
    move_case(case, Move.PASS if is_done else Move.FAIL, by=by, at=at, text=finding)
    if not is_done and (worker := _who_solved_it(case)):
        case.assignee = worker
        case.save(update_fields=["assignee"])
    return case


def _who_solved_it(case: Case) -> User | None:
    """Return the grid worker to whom rework goes back: where a grid team leads, whoever said that it was solved."""
    lead = directory().by_id.get(case.lead_unit_id) if case.lead_unit_id else None
    if lead is None or lead.kind != UnitKind.GRID_TEAM or case.handled_by is None:
        return None
    is_of_the_team = any(duty.unit_id == lead.id for duty in live_duties(case.handled_by))
    return case.handled_by if is_of_the_team else None


@transaction.atomic(durable=True)
def close_case(*, case_id: UUID, version: int, outcome: Outcome, note: str, by: User, at: datetime) -> Case:
    """
    Close a verified case with what came of it, in words that the reporter reads.

    :raises CaseNotReadyError: if the outcome is not possible, or says too little.
    :raises OpenPartsError: while a child case or a supporting task is open.
    :raises IllegalMoveError: if the case is not verified.
    """
    case = open_case(case_id, by=by, permission="cases.close", version=version)
    if reason := guards.why_not_outcome(outcome=outcome, note=note, refusing=False):
        raise CaseNotReadyError(reason, fields={"note": reason})
    require_no_open_parts(case)
    case.outcome, case.outcome_note = outcome, note
    move_case(case, Move.CLOSE, by=by, at=at, text=note, data={"outcome": outcome.value})
    return case


@transaction.atomic(durable=True)
def reopen_case(*, case_id: UUID, version: int, reason: str, by: User, at: datetime) -> Case:
    """
    Open a closed case again, filed anew with a fresh clock; what happened before stays.

    :raises WindowClosedError: if it was closed too long ago.
    :raises IllegalMoveError: if it is not closed.
    """
    case = open_case(case_id, by=by, permission="cases.reopen", version=version)
    reopen(case, reason=reason, by=by, at=at)
    return case


def reopen(case: Case, *, reason: str, by: User | None, at: datetime) -> None:
    """
    Reopen a locked case, for an officer or for its reporter.

    :raises CaseNotReadyError: if no reason is given, or the case has no category to be filed under.
    :raises WindowClosedError: if it was closed too long ago.
    """
    if refusal := guards.why_not_reopen(ended_at=case.ended_at, at=at, window_days=reopen_window_days()):
        raise WindowClosedError(refusal)
    if not reason.strip():
        message = _("Say what is not solved.")
        raise CaseNotReadyError(message, fields={"reason": message})
    if case.category_id is None:
        raise CaseNotReadyError(_("This case was never filed; report the matter again."))
    data: dict[str, object] = {"outcome": case.outcome, "closed_at": case.ended_at.isoformat() if case.ended_at else ""}
    case.outcome, case.outcome_note, case.lead_unit, case.handled_by, case.verified_by = "", "", None, None, None
    if case.ended_at:
        data |= keep_late_whole(case, case.ended_at)
    case.passed_due_at = None  # a new round, with limits of its own
    case.reopen_count += 1
    case.filed_at = at
    move_case(case, Move.REOPEN, by=by, at=at, text=reason, data=data)


@transaction.atomic(durable=True)
def withdraw_case(*, case_id: UUID, version: int, note: str, by: User, at: datetime) -> Case:
    """
    Close a case because its reporter took it back, before anybody was sent.

    :raises OpenPartsError: while a child case or a supporting task is open.
    :raises IllegalMoveError: if it has been dispatched.
    """
    case = open_case(case_id, by=by, permission="cases.withdraw", version=version)
    require_no_open_parts(case)
    case.outcome, case.outcome_note = Outcome.WITHDRAWN, note
    move_case(case, Move.WITHDRAW, by=by, at=at, text=note, data={"outcome": Outcome.WITHDRAWN.value})
    return case


@transaction.atomic(durable=True)
def solve_on_the_spot(*, case_id: UUID, version: int, category_code: str, result: str, by: User, at: datetime) -> Case:
    """
    Close in one move what a grid worker reported and fixed themselves, with proof (自处置).

    Where it is drawn for verification it is not closed: it stands as handled by the grid
    team of the place, somebody else looks, and what is not done comes back to the worker.

    :raises NotAllowedError: if it is not their own report.
    :raises CaseNotReadyError: if the category, the words or the proof are missing.
    :raises IllegalMoveError: if somebody has already accepted it.
    """
    case = open_case(case_id, by=by, permission="cases.solve_on_the_spot", version=version)
    if case.reported_by_id != by.pk:
        raise NotAllowedError(_("Only what you reported yourself can be closed as solved on the spot."))
    entry = category_for_filing(category_code)
    if not result.strip():
        message = _("Say what was done.")
        raise CaseNotReadyError(message, fields={"result": message})
    case.category_id, case.handled_by, case.filed_at = entry.id, by, at
    case.is_urgent, case.is_public = entry.is_urgent, entry.sensitivity != Sensitivity.CLOSED
    require_proof(case)
    drawn = draw_now(case, Move.SOLVE_ON_THE_SPOT, at=at)
    data: dict[str, object] = {"category": entry.code, "draw": drawn.as_data()}
    if drawn.is_drawn:
        case.lead_unit_id = _team_of(case, by)
        move_case(case, Move.SOLVE_TO_VERIFY, by=by, at=at, text=result, data=data)
        settle_draw(case, drawn, at=at)
        return case
    case.outcome, case.outcome_note = Outcome.FIXED, result
    data["outcome"] = Outcome.FIXED.value
    move_case(case, Move.SOLVE_ON_THE_SPOT, by=by, at=at, text=result, data=data)
    return case


def _team_of(case: Case, by: User) -> UUID:
    """Return who answers for what was solved on the spot: the grid team of the place, else the worker's own unit."""
    team = directory().grid_team(case.area_path)
    return team.id if team else duties_granting(by, "cases.solve_on_the_spot")[0].unit_id
