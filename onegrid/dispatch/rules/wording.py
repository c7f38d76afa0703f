"""
How dispatch says its notices, in the reader's language.

They name a case by its number, its category and its township. The words of whoever reported
it stay on the site: notices leave by mail and lie on the screens of locked phones.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from onegrid.cases.public import Stage
from onegrid.dispatch.rules.telling import What
from onegrid.notifications.public import Kind

Data = Mapping[str, Any]


def _matter(data: Data) -> str:
    """Name category and township."""
    category = data.get("category_en") if (get_language() or "").startswith("en") else ""
    parts = (category or data.get("category") or _("no category yet"), data.get("place", ""))
    return " · ".join(part for part in parts if part)


def _stage(data: Data) -> str:
    return str(Stage(data["stage"]).label) if data.get("stage") in Stage.values else ""


def _due(data: Data) -> str:
    if not data.get("due_at"):
        return ""
    local = datetime.fromisoformat(data["due_at"]).astimezone(ZoneInfo(settings.TIME_ZONE))
    return _("Due: %(when)s.") % {"when": f"{local:%Y-%m-%d %H:%M}"}


def _share(data: Data) -> str:
    words = {"number": data["number"], "share": data["share"], "stage": _stage(data)}
    return _("%(number)s: %(share)s %% of the time for “%(stage)s” is used") % words


def _limit_text(data: Data) -> str:
    return f"{_matter(data)}\n{_due(data)}".strip()


NEAR = Kind(
    code="dispatch.near_limit",
    label=gettext_lazy("Limits that come near (50 and 80 %)"),
    title=_share,
    text=_limit_text,
    several=lambda count: ngettext("%d case nears its limit", "%d cases near their limits", count) % count,
)
OVER = Kind(
    code="dispatch.over_limit",
    label=gettext_lazy("Limits that have passed (100 and 150 %)"),
    title=_share,
    text=_limit_text,
    several=lambda count: ngettext("%d case is late", "%d cases are late", count) % count,
)

NEWS: Mapping[str, Callable[[], str]] = {
    What.DISPATCHED: lambda: _("%(number)s was dispatched to %(unit)s"),
    What.CHECK_ASKED: lambda: _("%(number)s is to be checked on the spot"),
    What.REWORK: lambda: _("%(number)s was verified as not done and came back"),
    What.RETURNED: lambda: _("%(number)s was returned and waits for dispatch"),
    What.REOPENED: lambda: _("%(number)s was reopened"),
    What.RESUMED: lambda: _("%(number)s is no longer suspended; its time runs again"),
    What.DISPUTED: lambda: _("%(number)s: somebody must decide whose it is"),
    What.TIME_ASKED: lambda: _("%(number)s: more time is asked for, and you decide"),
    What.TIME_GRANTED: lambda: _("%(number)s: the time that was asked for is granted"),
    What.TIME_REFUSED: lambda: _("%(number)s: the time that was asked for is refused"),
    What.GIVEN: lambda: _("%(number)s was given to you"),
    What.TASK: lambda: _("%(number)s: %(unit)s has been given a supporting task"),
    What.ADDED: lambda: _("The reporter of %(number)s has added something"),
}


def _news(data: Data) -> str:
    unit = data.get("unit_en") if (get_language() or "").startswith("en") else ""
    said = NEWS.get(data.get("what", ""), lambda: _("News of %(number)s"))()
    return said % {"number": data["number"], "unit": unit or data.get("unit", "")}


CAME = Kind(
    code="dispatch.came",
    label=gettext_lazy("Work that comes to me or my unit"),
    title=_news,
    text=_limit_text,
    several=lambda count: ngettext("%d case came to you", "%d cases came to you", count) % count,
)
ADDED = Kind(
    code="dispatch.added",
    label=gettext_lazy("What reporters add to my cases"),
    title=_news,
    text=_limit_text,
    several=lambda count: ngettext("Reporters added to %d case", "Reporters added to %d cases", count) % count,
)
KINDS = (NEAR, OVER, CAME, ADDED)
