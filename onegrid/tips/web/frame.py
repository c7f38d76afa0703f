"""What stands around the pages of tips: for the public nothing that leaves a trace, for officers their own desk."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.installation import emergency_numbers
from onegrid.core.web.navigation import NavItem
from onegrid.tips.permissions import Permission, holds
from onegrid.tips.web.discretion import LANGUAGE

SHORT = {"zh-hans": "简", "zh-hant": "繁", "en": "En"}
PLACES = (
    ("tips", "tips:inbox", "shield-lock", Permission.READ),
    ("channels", "tips:channels", "key", Permission.APPOINT),
)


def public_frame() -> dict[str, Any]:
    """Return what stands around a public page; an empty token keeps Django from setting its cookie."""
    current = get_language()
    return {
        "csrf_token": "",
        "emergency_numbers": emergency_numbers(current or ""),
        "choices": [
            {
                "url": f"?{LANGUAGE}={code}",
                "name": name,
                "short": SHORT[code],
                "lang": code,
                "is_current": code == current,
            }
            for code, name in settings.LANGUAGES
        ],
        "language": current,
        "home": _address("portal:home"),
    }


def officer(request: HttpRequest) -> User:
    """Return who is signed in; the pages of the desk are closed to everybody else."""
    assert isinstance(request.user, User)
    return request.user


def desk_frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """Return what the layout draws around a page of the desk for tips: this side of the wall, and the way back."""
    user = officer(request)
    labels = {"tips": _("Confidential tips"), "channels": _("Channels and readers")}
    items = [
        NavItem(url=reverse(address), label=labels[name], icon=icon, name=name, is_current=name == current)
        for name, address, icon, permission in PLACES
        if holds(user, permission)
    ]
    back = NavItem(url=_address("workspace:queue") or "/", label=_("Back to the workspace"), icon="arrow-left")
    return {"nav": [back, *items]}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:  # a module that this installation does not have
        return ""
