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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onegrid.cases.public import Stage
from onegrid.core.names import in_readers_language
from onegrid.dispatch.rules.telling import OUTCOMES, What
from onegrid.notifications.public import Kind

Data = Mapping[str, Any]


def _matter(data: Data) -> str:
    """Name category and township."""
    category = in_readers_language(data.get("category", ""), data.get("category_en", ""))
    parts = (category or _("no category yet"), data.get("place", ""))
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
    What.TASK_DONE: lambda: _("%(number)s: %(unit)s has done its supporting task"),
    What.TASK_OFF: lambda: _("%(number)s: the supporting task of %(unit)s is called off"),
    What.TASK_LONGER: lambda: _("%(number)s: %(unit)s has more time for its supporting task"),
    What.ADDED: lambda: _("The reporter of %(number)s has added something"),
    What.NUDGED: lambda: _("The reporter of %(number)s asks to hurry"),
    What.ORDERED: lambda: _("%(number)s: a supervision order asks %(unit)s for an answer"),
    What.ORDER_LATE: lambda: _("%(number)s: %(unit)s has not answered a supervision order in time"),
    What.ORDER_WITHDRAWN: lambda: _("%(number)s: the supervision order to %(unit)s is withdrawn"),
    What.ANSWERED: lambda: _("%(number)s: %(unit)s has answered the supervision order"),
    What.HEARD: lambda: _("%(number)s: it is disputed whose it is, and your unit can argue"),
    What.DECIDED: lambda: _("%(number)s: it was decided that %(unit)s is responsible"),
    What.APPEAL_FIRST: lambda: _("%(number)s: an appeal against lateness waits for the first review, which is yours"),
    What.APPEAL_SECOND: lambda: _("%(number)s: an appeal against lateness waits for the second review, which is yours"),
    What.APPEAL_GRANTED: lambda: _("%(number)s: the appeal is granted; the delay stays on record and is not counted"),
    What.APPEAL_REFUSED: lambda: _("%(number)s: the appeal against lateness is refused; the delay counts"),
}


def _news(data: Data) -> str:
    unit = in_readers_language(data.get("unit", ""), data.get("unit_en", ""))
    said = NEWS.get(data.get("what", ""), lambda: _("News of %(number)s"))()
    return said % {"number": data["number"], "unit": unit}


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
BECAME = Kind(
    code="dispatch.became",
    label=gettext_lazy("What became of what I asked for, ordered or argued"),
    title=_news,
    text=_limit_text,
    several=lambda count: (
        ngettext("%d matter of yours was answered", "%d matters of yours were answered", count) % count
    ),
)
KINDS = (NEAR, OVER, CAME, ADDED, BECAME)


def kind_of(what: What) -> Kind:
    """Return of which kind the notice of something is."""
    if what in OUTCOMES:
        return BECAME
    return ADDED if what in {What.ADDED, What.NUDGED} else CAME
