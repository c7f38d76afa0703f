"""What the timeline says about more time: asked for, granted, refused, taken back; and why a case was returned."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import OrderKind, ReturnReason, TimeKind, TimeState, length
from onegrid.units.public import Counting
from onegrid.workspace.rules.moments import in_full

Data = Mapping[str, Any]


def time_asked(data: Data, *, counting: Counting) -> str:
    """Return one sentence for an entry about more time; `counting` is for older ones, which do not keep theirs."""
    what = _what(data, counting)
    said = {
        TimeState.PENDING: _("Asked for: %(what)s"),
        TimeState.GRANTED: _("Granted: %(what)s"),
        TimeState.REFUSED: _("Refused: %(what)s"),
        TimeState.WITHDRAWN: _("Taken back: %(what)s"),
    }.get(data.get("state", ""), "%(what)s") % {"what": what}
    if data.get("due_after"):
        said = _("%(said)s; now due %(moment)s") % {"said": said, "moment": _moment(data["due_after"])}
    return _late(said, data)


def ordered(data: Data) -> str:
    """Return one sentence for an entry about a supervision order."""
    kind = OrderKind(data["kind"]).label if data.get("kind") in OrderKind.values else ""
    said = {
        "ordered": _("Supervision order: %(kind)s, to be answered by %(moment)s"),
        "answered": _("Supervision order answered: %(kind)s"),
        "withdrawn": _("Supervision order withdrawn: %(kind)s"),
    }.get(data.get("step", ""), "%(kind)s") % {"kind": kind, "moment": _moment(data.get("due_at", ""))}
    return _("%(what)s, late") % {"what": said} if data.get("late") else said


def returned(data: Data) -> str:
    """Return why a unit gave a case back, by its code; nothing where none was kept."""
    if data.get("reason") not in ReturnReason.values:
        return ""
    return _("Returned by the unit: %(reason)s") % {"reason": ReturnReason(data["reason"]).label}


def suspended(data: Data) -> str:
    """Return until when a case was suspended; nothing where that was not kept."""
    if not data.get("until"):
        return ""
    return _late(_("Suspended until %(moment)s") % {"moment": _moment(data["until"])}, data)


def _late(said: str, data: Data) -> str:
    if not data.get("after_limit"):
        return said
    return _("%(said)s (asked for in time, decided after the limit)") % {"said": said}


def _what(data: Data, counting: Counting) -> str:
    if data.get("asked") == TimeKind.SUSPENSION:
        return _("suspension until %(moment)s") % {"moment": _moment(data.get("until", ""))}
    then = Counting(data.get("counting", counting))  # another category since may count otherwise
    return _("%(length)s more") % {"length": length(timedelta(hours=data.get("hours", 0)), then)}


def _moment(text: str) -> str:
    return in_full(localtime(datetime.fromisoformat(text))) if text else "–"
