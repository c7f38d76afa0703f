"""A lateness appeal as residents read it: that it was late stays; whether it is counted against the unit."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from onegrid.cases.models import AppealState


def appealed(data: Mapping[str, Any]) -> str:
    """Return what was asked, or what a review said."""
    return {
        AppealState.FIRST_YES: _("A first review agrees with the unit about the delay; a second one decides"),
        AppealState.FIRST_NO: _("Reviewed: the delay is counted against the unit"),
        AppealState.SECOND_YES: _("Reviewed twice: it was late, but the delay is not counted against the unit"),
        AppealState.SECOND_NO: _("Reviewed twice: the delay is counted against the unit"),
    }.get(data.get("state", ""), _("The unit asks that the delay is not counted against it"))
