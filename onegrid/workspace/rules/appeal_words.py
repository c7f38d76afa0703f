"""What the timeline says about a lateness appeal: what it is against, and what each review said."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from onegrid.cases.public import AppealState, Stage


def appealed(data: Mapping[str, Any]) -> str:
    """Return one sentence for an entry about an appeal."""
    about = data.get("about", "")
    what = Stage(about).label if about in Stage.values else _("the whole case")
    said = {
        AppealState.ASKED: _("Lateness appeal: %(what)s"),
        AppealState.FIRST_YES: _("Lateness appeal, first review: yes (%(what)s)"),
        AppealState.FIRST_NO: _("Lateness appeal refused in the first review; the delay counts (%(what)s)"),
        AppealState.SECOND_YES: _("Lateness appeal accepted; it was late, and that is not counted (%(what)s)"),
        AppealState.SECOND_NO: _("Lateness appeal refused in the second review; the delay counts (%(what)s)"),
    }.get(data.get("state", ""), "%(what)s")
    return said % {"what": what}
