"""What the timeline says about more time: asked for, granted, refused, taken back; and why a case was returned."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import Move, ReturnReason, TimeKind, TimeState
from onegrid.core.durations import spoken
from onegrid.workspace.rules.moments import in_full

Data = Mapping[str, Any]


def time_asked(data: Data) -> str:
    """Return one sentence for an entry about a request for more time."""
    what = _what(data)
    said = {
        TimeState.PENDING: _("Asked for: %(what)s"),
        TimeState.GRANTED: _("Granted: %(what)s"),
        TimeState.REFUSED: _("Refused: %(what)s"),
        TimeState.WITHDRAWN: _("Taken back: %(what)s"),
    }.get(data.get("state", ""), "%(what)s") % {"what": what}
    if data.get("due_after"):
        said = _("%(said)s; now due %(moment)s") % {"said": said, "moment": _moment(data["due_after"])}
    return (
        _("%(said)s (asked for in time, decided after the limit)") % {"said": said} if data.get("after_limit") else said
    )


def time_moved(move: Move, data: Data) -> str:
    """Return what a return or a suspension says beyond its name; nothing where nothing more was kept."""
    if move == Move.RETURN and data.get("reason") in ReturnReason.values:
        return _("Returned by the unit: %(reason)s") % {"reason": ReturnReason(data["reason"]).label}
    if move == Move.SUSPEND and data.get("until"):
        said = _("Suspended until %(moment)s") % {"moment": _moment(data["until"])}
        late = _("%(said)s (asked for in time, decided after the limit)") % {"said": said}
        return late if data.get("after_limit") else said
    return ""


def _what(data: Data) -> str:
    if data.get("asked") == TimeKind.SUSPENSION:
        return _("suspension until %(moment)s") % {"moment": _moment(data.get("until", ""))}
    return _("%(length)s more") % {"length": spoken(timedelta(hours=data.get("hours", 0)))}


def _moment(text: str) -> str:
    return in_full(localtime(datetime.fromisoformat(text))) if text else "–"
