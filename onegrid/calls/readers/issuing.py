"""Which unit may issue what, as the pack of this installation says."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting
from onegrid.calls.permissions import Permission
from onegrid.calls.rules.terms import KEPT_DAYS, Terms, terms_in
from onegrid.calls.states import Kind
from onegrid.core.errors import NotFoundError
from onegrid.core.installation import public_calls
from onegrid.units.public import UnitEntry, directory


def allowed() -> Mapping[Kind, Terms]:
    """Return the terms of every kind that can be issued here."""
    return terms_in(public_calls())


def kept_days() -> int:
    """Return for how many days after its end the words of a call are kept."""
    return int(public_calls().get("kept_days", KEPT_DAYS))


def unit_of(code: str) -> UnitEntry:
    """
    Return a unit by its code.

    :raises NotFoundError: if there is none.
    """
    found = next((unit for unit in directory().by_id.values() if unit.code == code and unit.is_open), None)
    if found is None:
        raise NotFoundError(_("There is no such unit."))
    return found


def issuing_units(by: User) -> list[tuple[UnitEntry, list[Kind]]]:
    """Return the units whose calls somebody writes, each with the kinds it issues; none without a kind."""
    units = directory().by_id
    found = [units[duty.unit_id] for duty in duties_granting(by, Permission.WRITE) if duty.unit_id in units]
    kinds = {unit: [kind for kind, terms in allowed().items() if unit.function in terms.functions] for unit in found}
    return [(unit, issued) for unit, issued in kinds.items() if issued]
