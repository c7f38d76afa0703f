"""What stands around the pages of calls: for the public and for officers."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.installation import emergency_numbers
from onegrid.core.web.navigation import NavItem


def public_frame() -> dict[str, Any]:
    """Return what stands around a public page."""
    pages = [
        (address("portal:report"), _("Report a matter"), "message-plus"),
        (reverse("calls:board"), _("Appeals for information"), "users-group"),
    ]
    return {
        "nav": [NavItem(url=url, label=label, icon=icon) for url, label, icon in pages if url],
        "emergency_numbers": emergency_numbers(language()),
        "home": address("portal:home"),
        "tips": address("tips:give"),
    }


def officer(request: HttpRequest) -> User:
    """Return who is signed in; the pages of the desk are closed to everybody else."""
    assert isinstance(request.user, User)
    return request.user


def desk_frame() -> dict[str, Any]:
    """Return what stands around a page of the desk: this page, and the way back."""
    label = _("Appeals for information")
    return {
        "nav": [
            NavItem(url=address("workspace:queue") or "/", label=_("Back to the workspace"), icon="arrow-left"),
            NavItem(url=reverse("calls:desk"), label=label, icon="users-group", is_current=True),
        ]
    }


def language() -> str:
    """Return the language that is in force."""
    return get_language() or ""


def address(name: str) -> str:
    """Return the address of a page, or nothing where this installation lacks it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
