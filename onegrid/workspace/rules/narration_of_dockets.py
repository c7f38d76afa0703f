"""What the software says about whose a case is: who got it, who says it is not theirs, and what was decided."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from onegrid.cases.public import Move

Data = Mapping[str, Any]
Named = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """How units and categories are called in the reader's language."""

    unit: Callable[[str, str], str]  # of the Chinese and the English name that were kept
    category: Named


def whose(move: Move, data: Data, names: Names) -> str:
    """Return the sentence for a move that settles, or disputes, which unit has a case."""
    if move == Move.DISPUTE:
        return _disputed(data, names)
    said = _("Dispatched to %(unit)s") if move == Move.DISPATCH else _("Decided: it belongs to %(unit)s")
    return said % {"unit": names.unit(data.get("lead_name", ""), data.get("lead_name_en", ""))}


def _disputed(data: Data, names: Names) -> str:
    if "unit" not in data:
        return _("Returned %(count)s times: a docket opened by itself") % {"count": data.get("returns", "–")}
    words = {
        "unit": names.unit(data["unit"], data.get("unit_en", "")),
        "claimed": names.unit(data.get("claimed", ""), data.get("claimed_en", "")),
    }
    if data.get("claimed"):
        return _("%(unit)s says it is not its own, but %(claimed)s's") % words
    return _("%(unit)s says it is not its own") % words


def said_in_docket(data: Data, names: Names) -> str:
    """Return the sentence for what happened in an open docket."""
    if "invited" in data:
        unit = names.unit(data["invited"], data.get("invited_en", ""))
        return _("%(unit)s was invited to argue in the docket") % {"unit": unit}
    unit = names.unit(data.get("argued", ""), data.get("argued_en", ""))
    return _("%(unit)s has argued in the docket") % {"unit": unit}
