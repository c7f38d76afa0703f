"""What the software says about whose a case is: who says it is not theirs, who argued, and what was decided."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

Data = Mapping[str, Any]
Named = Callable[[str, str], str]  # of the Chinese and the English name that were kept


def disputed(data: Data, named: Named) -> str:
    """Return the sentence for a docket that opened."""
    if "unit" not in data:
        return _("Returned %(count)s times: a docket opened by itself") % {"count": data.get("returns", "–")}
    words = {
        "unit": named(data["unit"], data.get("unit_en", "")),
        "claimed": named(data.get("claimed", ""), data.get("claimed_en", "")),
    }
    if data.get("claimed"):
        return _("%(unit)s says it is not its own, but %(claimed)s's") % words
    return _("%(unit)s says it is not its own") % words


def settled(data: Data, named: Named) -> str:
    """Return the sentence for a docket that was decided."""
    unit = named(data.get("lead_name", ""), data.get("lead_name_en", ""))
    return _("Decided: it belongs to %(unit)s") % {"unit": unit}


def said_in_docket(data: Data, named: Named) -> str:
    """Return the sentence for what happened in an open docket."""
    if "invited" in data:
        unit = named(data["invited"], data.get("invited_en", ""))
        return _("%(unit)s was invited to argue in the docket") % {"unit": unit}
    unit = named(data.get("argued", ""), data.get("argued_en", ""))
    return _("%(unit)s has argued in the docket") % {"unit": unit}
