"""Everything that is wrong with a pack, said at once."""

from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onegrid.core.errors import InvalidInputError
from onegrid.packs.readers.folder import Reading
from onegrid.packs.rules.calendars import calendar_faults
from onegrid.packs.rules.matters import admission_faults, category_faults, form_faults, procedure_faults
from onegrid.packs.rules.outlines import outline_faults
from onegrid.packs.rules.pack import Fault, Pack
from onegrid.packs.rules.people import account_faults, unit_faults
from onegrid.packs.rules.replies import reply_faults
from onegrid.packs.rules.routes import routing_faults

_RULES = (
    unit_faults, account_faults, category_faults, admission_faults, form_faults, procedure_faults, routing_faults,
    reply_faults, calendar_faults,
)  # fmt: skip


class FaultyPackError(InvalidInputError):
    """The pack has faults; nothing of it is loaded. `faults` are all of them."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        first = faults[0]
        place = ":".join(str(part) for part in (first.file, first.row, first.column) if part)
        count = ngettext("The pack has %(count)d fault", "The pack has %(count)d faults", len(faults))
        message = _("%(count)s. The first: %(place)s: %(reason)s")
        values = {"count": count % {"count": len(faults)}, "place": place, "reason": first.reason}
        super().__init__(message % values)


def check_pack(folder: Path) -> list[Fault]:
    """Return every fault of a pack, by file and row; none if it can be loaded."""
    return _examined(folder)[1]


def read_pack(folder: Path) -> Pack:
    """
    Return a pack that is without fault.

    :raises FaultyPackError: if it is not.
    """
    pack, faults = _examined(folder)
    if faults:
        raise FaultyPackError(faults)
    return pack


def _examined(folder: Path) -> tuple[Pack, list[Fault]]:
    if not folder.is_dir():
        return Pack(), [Fault(str(folder), None, "", _("There is no such folder."))]
    reading = Reading(folder).whole()
    pack, faults = reading.pack, reading.faults
    for edition in pack.editions:
        faults += outline_faults(edition)
    for rule in _RULES:
        faults += rule(pack)
    return pack, sorted(set(faults), key=_first_of_all)


def _first_of_all(fault: Fault) -> tuple[bool, str, int, str, str]:
    """Put first the files that could not be read: much of what follows are only their missing rows."""
    concerns_all = not fault.column and (fault.row or 1) == 1
    return not concerns_all, fault.file, fault.row or 0, fault.column, fault.reason
