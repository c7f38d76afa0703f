"""Argue in an open docket, and let another unit have a say in it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, require
from onegrid.cases.public import Case, EntryKind, Evidence, Visibility, actor, add_entry, hear_units, hold_case
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.core.facts import Fact, announce
from onegrid.dispatch.models import Argument, Dispute, Party, PartyRole
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.disputes import district_of
from onegrid.dispatch.readers.routing import why_not_work
from onegrid.oversight.public import record
from onegrid.units.public import UnitEntry, directory


class NoOpenDisputeError(DomainError):
    """The case has no docket that is open."""


@dataclass(frozen=True, kw_only=True)
class DisputeArgued(Fact):
    """A unit has said something in a dispute."""

    dispute_id: UUID
    argument_id: UUID
    case_id: UUID
    at: datetime


@transaction.atomic(durable=True)
def argue_dispute(
    *, case_id: UUID, text: str, unit_code: str = "", evidence_id: UUID | None = None, by: User, at: datetime
) -> Argument:
    """
    Say something for a unit that is named in the open docket of a case; nobody can change or delete it.

    `unit_code` says for which, where somebody acts for several; `evidence_id` is a piece of the case's evidence.

    :raises CaseNotFoundError: if there is no such case that `by` may see.
    :raises NoOpenDisputeError: if nothing is disputed, or it has been decided.
    :raises NotAllowedError: if `by` acts for no unit that is named in it.
    :raises InvalidInputError: if nothing is said, or the evidence is not of this case.
    """
    case = hold_case(case_id, by=by)
    dispute = open_docket(case)
    unit = _speaks_for(dispute, unit_code, by=by)
    if unit is None:
        raise NotAllowedError(_("Only the units that are named in the docket argue in it."))
    faults = {} if text.strip() else {"text": _("Say what speaks for it.")}
    if evidence_id and not Evidence.objects.filter(pk=evidence_id, case=case).exists():
        faults["evidence"] = _("This evidence is not of this case.")
    if faults:
        raise InvalidInputError(_("This cannot be put to the docket as it is."), fields=faults)
    argument = Argument.objects.create(
        dispute=dispute, unit_id=unit.id, by_user=by, by_name=by.display_name, text=text.strip(),
        evidence_id=evidence_id, at=at,
    )  # fmt: skip
    data = {"docket": dispute.number, "argued": unit.name, "argued_en": unit.name_en}
    add_entry(case, EntryKind.DISPUTE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
    target = f"dispatch.Dispute:{dispute.pk}"
    record("dispatch.dispute-argued", target=target, by=actor(by), at=at, data={"unit": unit.code})
    announce(DisputeArgued(dispute_id=dispute.pk, argument_id=argument.pk, case_id=case.pk, at=at))
    return argument


@transaction.atomic(durable=True)
def invite_unit(*, case_id: UUID, unit_code: str, by: User, at: datetime) -> Party:
    """
    Let one more unit argue in the open docket of a case and see the case until it is decided; twice changes nothing.

    :raises NoOpenDisputeError: if nothing is disputed.
    :raises NotAllowedError: if `by` may not decide disputes of the district.
    :raises InvalidInputError: if no such unit works there.
    """
    case = hold_case(case_id, by=by)
    require(by, Permission.SETTLE, area_path=district_of(case))
    dispute = open_docket(case)
    if why_not := why_not_work(unit_code, area_path=case.area_path):
        raise InvalidInputError(why_not, fields={"unit": why_not})
    unit = directory().by_code[unit_code]
    named = {"role": PartyRole.INVITED, "named_at": at}
    party, is_new = Party.objects.get_or_create(dispute=dispute, unit_id=unit.id, defaults=named)
    if is_new:
        hear_units(case, unit_ids=[unit.id], at=at)
        data = {"docket": dispute.number, "invited": unit.name, "invited_en": unit.name_en}
        add_entry(case, EntryKind.DISPUTE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
        target = f"dispatch.Dispute:{dispute.pk}"
        record("dispatch.dispute-invited", target=target, by=actor(by), at=at, data={"unit": unit.code})
    return party


def open_docket(case: Case) -> Dispute:
    """
    Return the open docket of a locked case, itself locked.

    :raises NoOpenDisputeError: if there is none.
    """
    dispute = Dispute.objects.select_for_update(of=("self",)).filter(case=case, decided_at__isnull=True).first()
    if dispute is None:
        raise NoOpenDisputeError(_("Nothing is disputed about this case, or it has been decided."))
    return dispute


def _speaks_for(dispute: Dispute, unit_code: str, *, by: User) -> UnitEntry | None:
    """Return the unit named in a docket for which somebody speaks: the one they say, else the first of theirs."""
    parties = set(dispute.parties.values_list("unit_id", flat=True))
    theirs = [directory().by_id[duty.unit_id] for duty in duties_granting(by, Permission.DISPUTE)]
    return next((unit for unit in theirs if unit.id in parties and unit_code in {"", unit.code}), None)
