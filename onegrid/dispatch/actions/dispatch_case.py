"""
Dispatch: give a filed case to the unit that leads, and to those that support it.

One call moves the case on, starts the handling clock, opens the supporting
tasks and writes down who decided and why; all of it happens, or none of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Case, Move, give_task, move_case, open_case
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.routing import route, why_not_lead, why_not_work
from onegrid.units.public import UnitEntry, directory


class UnitCannotLeadError(DomainError):
    """The unit is closed, works elsewhere, or may not be given such a matter."""


@dataclass(frozen=True, kw_only=True)
class Support:
    """What one supporting unit is asked to do."""

    unit_code: str
    what: str


@transaction.atomic(durable=True)
def dispatch_case(
    *,
    case_id: UUID,
    version: int,
    lead_code: str,
    support: Sequence[Support] = (),
    note: str = "",
    by: User,
    at: datetime,
) -> Case:
    """
    Give a filed case to its lead unit, and start the handling clock.

    A unit that still has a task of this case open is not given another one.

    :raises UnitCannotLeadError: if the unit does not exist, works elsewhere or the matter is not admitted to it.
    :raises InvalidInputError: if the lead unit is to support itself, or a unit is named twice.
    :raises NotAllowedError: if `by` may not dispatch there.
    :raises StaleCaseError: if somebody changed the case since `version`.
    :raises IllegalMoveError: if the case is not waiting for dispatch.
    """
    case = open_case(case_id, by=by, permission=Permission.DISPATCH, version=version)
    _require_distinct(lead_code, support)
    lead = lead_named(lead_code, case, at=at)
    category = _category(case)
    suggested = route(category=category, area_path=case.area_path, level=case.level, at=at)
    take_lead(case, lead)
    data = {
        "lead": lead.code, "lead_name": lead.name, "lead_name_en": lead.name_en, "suggested": suggested.as_data(),
        "followed": suggested.lead is not None and suggested.lead.code == lead.code,
    }  # fmt: skip
    move_case(case, Move.DISPATCH, by=by, at=at, text=note, data=data)
    busy = set(case.tasks.filter(done_at__isnull=True).values_list("unit_id", flat=True)) if support else set()
    for unit, part in ((_unit(part.unit_code, case), part) for part in support):
        if unit.id in busy:
            continue
        what = part.what.strip() or _("Support the lead unit")
        give_task(case, unit=unit, what=what, by=by, at=at)
    return case


@transaction.atomic(durable=True)
def recall_case(*, case_id: UUID, version: int, reason: str, by: User, at: datetime) -> Case:
    """
    Take a case back from a unit that has not started on it.

    :raises IllegalMoveError: if the unit has taken it.
    :raises InvalidInputError: if no reason is given.
    """
    case = open_case(case_id, by=by, permission=Permission.RECALL, version=version)
    if not reason.strip():
        message = _("Say why you take it back.")
        raise InvalidInputError(message, fields={"reason": message})
    case.lead_unit = None
    move_case(case, Move.RECALL, by=by, at=at, text=reason)
    return case


def _require_distinct(lead_code: str, support: Sequence[Support]) -> None:
    codes = [part.unit_code for part in support]
    if lead_code in codes or len(set(codes)) < len(codes):
        message = _("Name every unit once: one that leads, and others that support it.")
        raise InvalidInputError(message, fields={"support": message})


def _unit(code: str, case: Case) -> UnitEntry:
    if reason := why_not_work(code, area_path=case.area_path):
        raise UnitCannotLeadError(reason)
    return directory().by_code[code]


def _category(case: Case) -> CategoryEntry:
    if case.category_id is None:
        raise InvalidInputError(_("The case has no category yet."))
    return catalogue().by_id[case.category_id]


def lead_named(code: str, case: Case, *, at: datetime) -> UnitEntry:
    """
    Return the unit that is to lead a case.

    :raises UnitCannotLeadError: if it does not exist, works elsewhere or the matter is not admitted to it.
    :raises InvalidInputError: if the case has no category yet.
    """
    if reason := why_not_lead(code, area_path=case.area_path, category=_category(case), at=at):
        raise UnitCannotLeadError(reason)
    return directory().by_code[code]


def take_lead(case: Case, lead: UnitEntry) -> None:
    """Let a unit lead a case in memory, at its own level."""
    case.lead_unit_id = lead.id
    case.level = lead.level if lead.level in {"township", "district"} else case.level
