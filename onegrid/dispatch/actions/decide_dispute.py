"""Decide a dispute: a named person above those who argue says which unit a case belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, require
from onegrid.cases.public import Case, Move, Status, actor, after, end_hearings, move_case, open_case
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.facts import Fact, announce
from onegrid.dispatch.actions.argue_dispute import open_docket
from onegrid.dispatch.actions.dispatch_case import lead_named, take_lead
from onegrid.dispatch.models import Dispute
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.disputes import district_of, why_not_above
from onegrid.oversight.public import record


@dataclass(frozen=True, kw_only=True)
class DisputeDecided(Fact):
    """It has been decided which unit a case belongs to."""

    dispute_id: UUID
    case_id: UUID
    at: datetime


@transaction.atomic(durable=True)
def decide_dispute(*, case_id: UUID, version: int, lead_code: str, ruling: str, by: User, at: datetime) -> Dispute:
    """
    Give a disputed case to the unit it belongs to, with the reason; it may be the one that disputed it.

    Units that were only heard see the case no more.

    :raises NotAllowedError: if `by` may not decide for the district, or belongs to a unit that argues.
    :raises StaleCaseError: if somebody changed the case since `version`.
    :raises IllegalMoveError: if the case is not disputed.
    :raises NoOpenDisputeError: if its docket is not open.
    :raises InvalidInputError: if no reason is given.
    :raises UnitCannotLeadError: if the unit does not exist, works elsewhere or the matter is not admitted to it.
    """
    case = open_case(case_id, by=by, permission=Permission.SETTLE, version=version)
    require(by, Permission.SETTLE, area_path=district_of(case))
    after(Move.SETTLE, Status(case.status))
    dispute = open_docket(case)
    _require_above(dispute, by=by)
    if not ruling.strip():
        message = _("Say why it belongs to this unit.")
        raise InvalidInputError(message, fields={"ruling": message})
    _settle(case, dispute, lead_code=lead_code, ruling=ruling.strip(), by=by, at=at)
    return dispute


def _require_above(dispute: Dispute, *, by: User) -> None:
    if why_not := why_not_above(dispute.parties.all(), by=by):
        raise NotAllowedError(why_not)


def _settle(case: Case, dispute: Dispute, *, lead_code: str, ruling: str, by: User, at: datetime) -> None:
    lead = lead_named(lead_code, case, at=at)
    take_lead(case, lead)
    dispute.due_at = case.stage_due_at
    data = {"docket": dispute.number, "lead": lead.code, "lead_name": lead.name, "lead_name_en": lead.name_en}
    move_case(case, Move.SETTLE, by=by, at=at, data=data)
    end_hearings(case, at=at)
    dispute.decided_at, dispute.decided_by, dispute.decided_by_name = at, by, by.display_name
    dispute.decided_unit_id, dispute.ruling = lead.id, ruling
    dispute.save(update_fields=["due_at", "decided_at", "decided_by", "decided_by_name", "decided_unit", "ruling"])
    target = f"dispatch.Dispute:{dispute.pk}"
    record("dispatch.dispute-decided", target=target, by=actor(by), at=at, data={"unit": lead.code})
    announce(DisputeDecided(dispute_id=dispute.pk, case_id=case.pk, at=at))
