"""More time as residents read it: until when, and that it was asked for before the limit was over."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from onegrid.core.moments import in_full


def more_time(data: Mapping[str, Any]) -> str:
    """Return what a granted extension means."""
    if not data.get("due_after"):
        return _("The unit has been given more time")
    said = _("The unit has been given more time: now due %(moment)s") % {"moment": _moment(data["due_after"])}
    return _late(said, data)


def paused(data: Mapping[str, Any]) -> str:
    """Return what a suspension means."""
    if not data.get("until"):
        return _("Suspended for a time")
    said = _("Suspended until %(moment)s, when work goes on by itself") % {"moment": _moment(data["until"])}
    return _late(said, data)


def _late(said: str, data: Mapping[str, Any]) -> str:
    if not data.get("after_limit"):
        return said
    return _("%(said)s. Asked for in time, decided after the limit") % {"said": said}


def _moment(text: str) -> str:
    return in_full(datetime.fromisoformat(text))
