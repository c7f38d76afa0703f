"""
Open a docket: a unit says that a case is not its own, or the case has been returned too often.

The docket has a clock of its own. The handling clock of the unit that disputes runs
on, so that nobody gains time by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    Case,
    Move,
    Stage,
    Status,
    TimelineEntry,
    actor,
    after,
    due_for,
    hear_units,
    move_case,
    open_case,
    why_not_disown,
)
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.facts import Fact, announce
from onegrid.dispatch.models import Dispute, DisputeReason, Party, PartyRole
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.disputes import district_of
from onegrid.dispatch.readers.routing import why_not_work
from onegrid.oversight.public import record
from onegrid.units.public import UnitEntry, directory


@dataclass(frozen=True, kw_only=True)
class DisputeOpened(Fact):
    """It is disputed which unit a case belongs to; those named may argue."""

    dispute_id: UUID
    case_id: UUID
    at: datetime


@transaction.atomic(durable=True)
def open_dispute(
    *,
    case_id: UUID,
    version: int,
    reason: DisputeReason,
    words: str,
    claimed_code: str = "",
    by: User,
    at: datetime,
) -> Dispute:
    """
    Say for the unit that leads a case that it is not its own; `claimed_code` is whose it says it is, if it knows.

    :raises InvalidInputError: if nothing is said, the reason is not one for people, no such unit works there, or a
        decision has given the case to that unit already.
    :raises NotAllowedError: if `by` does not act for the unit that leads it.
    :raises StaleCaseError: if somebody changed the case since `version`.
    :raises IllegalMoveError: if it is not with that unit to be handled.
    """
    case = open_case(case_id, by=by, permission=Permission.DISPUTE, version=version, unit_bound=True)
    after(Move.DISPUTE, Status(case.status))
    assert case.lead_unit_id
    unit = directory().by_id[case.lead_unit_id]
    claimed = _checked(case, unit, reason=reason, words=words, claimed_code=claimed_code)
    opened = {"reason": reason, "words": words.strip(), "unit_id": unit.id, "claimed_unit_id": claimed and claimed.id}
    data = {
        "reason": reason.value,
        "unit": unit.name,
        "unit_en": unit.name_en,
        "claimed": claimed.name if claimed else "",
        "claimed_en": claimed.name_en if claimed else "",
    }
    opened |= {"opened_by": by, "opened_by_name": by.display_name}
    roles = {PartyRole.CLAIMED: [claimed.id] if claimed else [], PartyRole.DISPUTES: [unit.id]}
    return _begin(case, opened, data, roles=roles, by=by, at=at)


def open_by_itself(case: Case, *, by: User, at: datetime) -> None:
    """
    Open a docket for a case that has just been returned, if it was returned too often since the last one.

    Joins the caller's transaction, whose case is locked; `by` is who returned it. The procedure of the category
    says how often is too often.
    """
    often = catalogue().by_id[case.category_id].procedure.returns_before_dispute if case.category_id else 0
    if not often or case.return_count < often:
        return
    counted = Dispute.objects.filter(case=case).aggregate(most=Max("returns"))["most"] or 0
    if case.return_count - counted < often:
        return
    opened = {"reason": DisputeReason.RETURNED}
    _begin(case, opened, {"returns": case.return_count}, roles={}, by=by, at=at)


def _checked(case: Case, unit: UnitEntry, *, reason: DisputeReason, words: str, claimed_code: str) -> UnitEntry | None:
    faults: dict[str, str] = {}
    if reason == DisputeReason.RETURNED:
        faults["reason"] = _("This reason is for dockets that open by themselves.")
    elif decided := why_not_disown(case):
        faults["reason"] = decided
    if not words.strip():
        faults["words"] = _("Say why it is not yours.")
    if claimed_code and (why_not := why_not_work(claimed_code, area_path=case.area_path)):
        faults["claimed"] = why_not
    if claimed_code == unit.code:
        faults["claimed"] = _("%(unit)s is the unit that disputes it.") % {"unit": unit.named(get_language() or "")}
    if faults:
        raise InvalidInputError(_("The dispute cannot be opened as it is."), fields=faults)
    return directory().by_code[claimed_code] if claimed_code else None


def _begin(
    case: Case,
    opened: Mapping[str, object],
    data: Mapping[str, object],
    *,
    roles: Mapping[PartyRole, list[UUID]],
    by: User,
    at: datetime,
) -> Dispute:
    """Move the case, keep the docket, name its units and let them see the case: all in the caller's transaction."""
    category = catalogue().by_id[case.category_id] if case.category_id else None
    named = dict.fromkeys(_returned_by(case), PartyRole.RETURNED)
    named |= {unit_id: role for role, unit_ids in roles.items() for unit_id in unit_ids}
    hear_units(case, unit_ids=named, at=at)
    number = Dispute.objects.filter(case=case).count() + 1
    until = _until(case, category, at=at)
    told = {**data, "docket": number, "until": until.isoformat() if until else ""}
    move_case(case, Move.DISPUTE, by=by, at=at, data=told)
    dispute = Dispute.objects.create(
        case=case,
        number=number,
        category_code=category.code if category else "",
        returns=case.return_count,
        opened_at=at,
        due_at=case.stage_due_at,
        **opened,
    )
    Party.objects.bulk_create(
        Party(dispute=dispute, unit_id=unit_id, role=role, named_at=at) for unit_id, role in named.items()
    )
    record("dispatch.dispute-opened", target=f"dispatch.Dispute:{dispute.pk}", by=actor(by), at=at, data=dict(data))
    announce(DisputeOpened(dispute_id=dispute.pk, case_id=case.pk, at=at))
    return dispute


def _until(case: Case, category: CategoryEntry | None, *, at: datetime) -> datetime | None:
    """Return when the docket's own clock will have run out, by the calendar of the centre that decides."""
    centre = directory().centre(district_of(case))
    return due_for(category, Stage.DISPUTE, unit=centre.id, at=at) if centre else None


def _returned_by(case: Case) -> list[UUID]:
    """Return the units that have returned a case, the first one first, as its timeline names them."""
    returns = TimelineEntry.objects.filter(case=case, move=Move.RETURN).order_by("received_at", "id")
    said = [UUID(key) for key in returns.values_list("data__returned_by", flat=True) if key and key != "None"]
    return [unit_id for unit_id in dict.fromkeys(said) if unit_id in directory().by_id]
