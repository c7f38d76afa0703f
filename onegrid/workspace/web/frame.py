"""What stands around every page of the workspace: navigation, search, and who is signed in for which unit."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import GRANTS, Duty, Role, User, duties_granting, live_duties
from onegrid.core.statements import Answer
from onegrid.core.web.navigation import NavItem
from onegrid.dispatch.public import Permission
from onegrid.units.public import directory
from onegrid.workspace.readers.tasks import ask_waiting, beside_navigation
from onegrid.workspace.rules.words import ROLES
from onegrid.workspace.web.live import line_for

VIEWS = ("cases.view", "cases.view_unit")
BULK = ("cases.accept", "cases.file", "dispatch.dispatch", "cases.handle")
PLACES = (
    ("queue", "workspace:queue", "inbox", "g q", VIEWS),
    ("batches", "workspace:batches", "copy-check", "g b", BULK),
    ("tasks", "workspace:tasks", "subtask", "g t", ("cases.do_task",)),
    ("time", "workspace:time_requests", "hourglass", "g h", ("cases.grant_time", "cases.grant_unit_time")),
    ("appeals", "workspace:appeals", "flag", "g p", ("cases.review_appeal",)),
    ("orders", "workspace:supervision_orders", "gavel", "g u", ("cases.handle", "cases.supervise")),
    ("map", "workspace:map", "map-2", "g m", VIEWS),
    ("disputes", "workspace:disputes", "scale", "g d", ("dispatch.settle", "dispatch.dispute")),
    ("replies", "workspace:replies", "messages", "g r", ("cases.edit_templates", "cases.edit_unit_templates")),
    ("overview", "workspace:overview", "chart-bar", "g o", ("cases.overview",)),
    ("calendars", "workspace:calendars", "calendar", "g w", (*VIEWS, Permission.EDIT_CALENDAR)),
    ("simulator", "workspace:simulator", "route", "g s", ("dispatch.simulate",)),
    ("audit", "workspace:audit", "shield-check", "g a", ("oversight.read",)),
    ("call", "workspace:call", "phone", "g c", ("workspace.take_calls",)),
    ("calls", "calls:desk", "users-group", "", ("calls.write", "calls.release")),
    ("tips", "tips:inbox", "shield-lock", "", ("tips.read",)),
    ("tip_channels", "tips:channels", "key", "", ("tips.appoint",)),
)


def officer(request: HttpRequest) -> User:
    """Return who is signed in; the pages of the workspace are closed to everybody else."""
    user = get_user(request)  # itself: `request.user` stands before it and passes on each of hundreds of questions
    assert isinstance(user, User)
    return user


def may(user: User, *permissions: str) -> bool:
    """Tell whether some duty of theirs grants one of the permissions somewhere."""
    return any(duties_granting(user, permission) for permission in permissions)


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """
    Return what the layout draws around a page.

    `mark` says what was there when this was asked: read afterwards what the page shows.
    """
    return ask_frame(request, current)()


def ask_frame(request: HttpRequest, current: str) -> Answer[dict[str, Any]]:
    """Ask for what `frame` returns: what is asked afterwards is read afterwards."""
    user = officer(request)
    answer = ask_waiting(user, at=timezone.now()) if may(user, *VIEWS) else None

    def around() -> dict[str, Any]:
        found = answer() if answer else None
        counts = beside_navigation(found) if found else {}
        return {
            "nav": _navigation(user, counts, current),
            "search_url": reverse("workspace:queue") if may(user, *VIEWS) else "",
            "may_report": may(user, "cases.report"),
            "may_export": may(user, "cases.export"),
            "user_post": post_of(live_duties(user)),
            "requests": found.requests if found else 0,
            "live": line_for(request, by=user) if found else None,
            "mark": found.mark if found else "",
        }

    return around


def _navigation(user: User, counts: Mapping[str, str], current: str) -> list[NavItem]:
    roles = frozenset(duty.role for duty in live_duties(user))
    return [
        replace(item, count=counts.get(item.name, ""), is_current=item.name == current)
        if item.name == current or item.name in counts
        else item
        for item in _places_of(roles, get_language() or "")
    ]


@lru_cache(maxsize=512)
def _places_of(roles: frozenset[str], _language: str) -> list[NavItem]:
    """Return where the navigation leads whoever has these roles."""
    labels = {
        "queue": _("Queue"),
        "batches": _("Bulk reports"),
        "disputes": _("Disputes"),
        "replies": _("Reply templates"),
        "tasks": _("Supporting tasks"),
        "time": _("Requests for time"),
        "appeals": _("Lateness appeals"),
        "orders": _("Supervision orders"),
        "map": _("Map"),
        "overview": _("Overview"),
        "calendars": _("Calendars"),
        "simulator": _("Routing simulator"),
        "audit": _("Audit trail"),
        "call": _("Take a call"),
        "calls": _("Appeals for information"),
        "tips": _("Confidential tips"),
        "tip_channels": _("Channels for tips"),
    }
    granted = {permission for role in roles for permission in GRANTS[Role(role)]}
    return [
        NavItem(url=url, label=labels[name], icon=icon, key=key, name=name)
        for name, address, icon, key, permissions in PLACES
        if granted.intersection(permissions) and (url := _address(address))
    ]


def post_of(duties: Sequence[Duty]) -> str:
    """Return for which unit, and as what, somebody works here: the first of their duties."""
    if not duties:
        return ""
    unit = directory().by_id.get(duties[0].unit_id)
    return f"{unit.named(get_language() or '') if unit else duties[0].unit} · {ROLES[duties[0].role]}"


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # a page of another module that this installation does not have
        return ""
