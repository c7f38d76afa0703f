"""Handling: the lead unit takes the case, gives it to somebody, reports back with proof or returns it."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, live_duties
from onegrid.cases.actions.connect_cases import require_no_open_tasks
from onegrid.cases.actions.draw_verification import draw_now, settle_draw
from onegrid.cases.actions.lifecycle import actor, add_entry, move_case, open_case, target
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import Case, EntryKind, Visibility
from onegrid.cases.readers.settled import why_not_disown
from onegrid.cases.rules import guards
from onegrid.cases.states import FOUND_OUT, STAGE_OF, IllegalMoveError, Move, ReturnReason, Stage, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import DomainError
from onegrid.oversight.public import record


class AfterReturn(Protocol):
    """What follows a return, with the case still locked and in the same transaction."""

    def __call__(self, case: Case, *, by: User, at: datetime) -> None:
        """Do it, or raise so that the return does not happen either."""
        ...


_after_return: list[AfterReturn] = []


def after_return(follow: AfterReturn) -> AfterReturn:
    """Register the decorated function to follow every return: an app above may act on it, all or nothing."""
    _after_return.append(follow)
    return follow


class NotOfThisUnitError(DomainError):
    """The person does not work in the unit that holds the case."""


@transaction.atomic(durable=True)
def take_case(*, case_id: UUID, version: int, by: User, at: datetime) -> Case:
    """
    Start work on a dispatched case, in one's own name.

    :raises IllegalMoveError: if it is not waiting to be taken.
    """
    case = open_case(case_id, by=by, permission="cases.handle", version=version, unit_bound=True)
    case.assignee = by
    move_case(case, Move.TAKE, by=by, at=at)
    return case


@transaction.atomic(durable=True)
def assign_case(*, case_id: UUID, version: int, assignee: User, by: User, at: datetime) -> Case:
    """
    Give a case of one's unit to a colleague.

    :raises NotOfThisUnitError: if the colleague does not work in the unit.
    :raises IllegalMoveError: if the unit is not handling it.
    """
    case = open_case(case_id, by=by, permission="cases.assign", version=version, unit_bound=True)
    if STAGE_OF.get(Status(case.status)) != Stage.HANDLE:
        raise IllegalMoveError(_("Only a case that your unit is handling can be given to a colleague."))
    if case.lead_unit_id not in {duty.unit_id for duty in live_duties(assignee)}:
        raise NotOfThisUnitError(_("%(name)s does not work in your unit.") % {"name": assignee})
    case.assignee, case.version = assignee, case.version + 1
    case.save(update_fields=["assignee", "version"])
    data = {"assignee": assignee.display_name}
    add_entry(case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
    record("cases.assign", target=target(case), by=actor(by), at=at, data={"assignee": assignee.username})
    return case


@transaction.atomic(durable=True)
def report_back(*, case_id: UUID, version: int, result: str, by: User, at: datetime) -> Case:
    """
    Say that the work is done, with the proof that the category demands.

    The handling clock stops; somebody else verifies, or nobody where only a part of what
    is reported done is looked at and this case was not drawn.

    :raises CaseNotReadyError: if nothing is said, or proof is missing.
    :raises OpenPartsError: while a supporting task is open; the lead unit answers for the whole.
    :raises IllegalMoveError: if nobody has taken the case.
    """
    case = open_case(case_id, by=by, permission="cases.handle", version=version, unit_bound=True)
    if not result.strip():
        message = _("Say what was done.")
        raise CaseNotReadyError(message, fields={"result": message})
    require_no_open_tasks(case)
    require_proof(case)
    case.handled_by = by
    drawn = draw_now(case, Move.REPORT_BACK, at=at)
    move_case(case, Move.REPORT_BACK, by=by, at=at, text=result, data={"draw": drawn.as_data()})
    settle_draw(case, drawn, at=at)
    return case


def require_proof(case: Case) -> None:
    """
    Check that the case has the proof that its category demands.

    Proof of an earlier round does not count for a case that was sent back or reopened.

    :raises CaseNotReadyError: naming what is missing.
    """
    demanded = catalogue().by_id[case.category_id].proof if case.category_id else ()
    is_again = case.rework_count or case.reopen_count
    fresh = case.evidence.filter(added_at__gte=case.stage_started_at) if is_again else case.evidence.all()
    old = {f"{purpose}:{kind}" for purpose, kind in case.evidence.values_list("purpose", "kind")} if demanded else set()
    new = {f"{purpose}:{kind}" for purpose, kind in fresh.values_list("purpose", "kind")} if demanded else set()
    present = {proof for proof in old if proof.startswith("before:")} | new
    if missing := guards.missing_proof(demanded=demanded, present=present):
        message = _("Proof is missing: %(proof)s.") % {"proof": ", ".join(proof_label(proof) for proof in missing)}
        raise CaseNotReadyError(message, fields={"evidence": message})


def proof_label(proof: str) -> str:
    """Return a demanded proof such as `after:photo` in the reader's words."""
    words = {
        "before:photo": _("photo before the work"),
        "after:photo": _("photo after the work"),
        "check:photo": _("photo of the check"),
        "after:document": _("document of the result"),
        "other:document": _("document"),
        "after:video": _("video after the work"),
        "after:audio": _("voice record"),
    }
    return words.get(proof, proof.replace(":", " · "))


@transaction.atomic(durable=True)
def return_case(
    *, case_id: UUID, version: int, reason: str, by: User, at: datetime, code: ReturnReason = ReturnReason.OTHER
) -> Case:
    """
    Send a case back to the dispatcher: it is not this unit's. Counted, and never hidden.

    `code` says why so that it can be counted, `reason` so that it can be understood.

    After it was decided that the case is theirs, only what can be found out on the spot is a reason.

    :raises CaseNotReadyError: if no words are given, or after such a decision another reason.
    :raises IllegalMoveError: if the unit does not hold it.
    """
    case = open_case(case_id, by=by, permission="cases.handle", version=version, unit_bound=True)
    if not reason.strip():
        message = _("Say why it is not yours, and whose it is if you know.")
        raise CaseNotReadyError(message, fields={"reason": message})
    if code not in FOUND_OUT and (decided := why_not_disown(case)):
        message = _("%(decided)s It can be returned for what was found out on the spot alone: %(reasons)s.") % {
            "decided": decided,
            # Translators: between the reasons in a list
            "reasons": _("; ").join(str(reason.label) for reason in FOUND_OUT),
        }
        raise CaseNotReadyError(message, fields={"code": message})
    returned_by = case.lead_unit_id
    case.return_count += 1
    case.lead_unit = None
    if Status(case.status) in {Status.DISPATCHED, Status.IN_PROGRESS}:
        case.assignee = None
    data = {"returned_by": str(returned_by), "returns": case.return_count, "reason": code.value}
    move_case(case, Move.RETURN, by=by, at=at, text=reason, data=data)
    for follow in _after_return:
        follow(case, by=by, at=at)
    return case
