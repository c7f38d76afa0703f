"""What stands around every page of the portal."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.core.installation import emergency_numbers
from onegrid.core.web.keeping import NOBODYS
from onegrid.core.web.navigation import NavItem
from onegrid.residents.public import code_channels


def frame(request: HttpRequest) -> dict[str, object]:
    """Return the navigation, with the page that is shown marked, and whom to call in danger."""
    pages = [
        (address("portal:report"), _("Report a matter"), "message-plus"),
        (address("portal:nearby"), _("Being handled nearby"), "map-2"),
        (address("calls:board"), _("Appeals for information"), "users-group"),
        (address("portal:track"), _("Track"), "list-search"),
        (address("portal:my") if code_channels() else "", _("My reports"), "user"),
    ]
    nav = [
        NavItem(url=url, label=label, icon=icon, is_current=request.path == url) for url, label, icon in pages if url
    ]
    own: dict[str, object] = {"csrf_token": "", "messages": ()} if request.META.get(NOBODYS) else {}
    return {"nav": nav, "emergency_numbers": emergency_numbers(get_language() or ""), **own}


def address(name: str) -> str:
    """Return the address of a page, or nothing where this installation lacks it."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
