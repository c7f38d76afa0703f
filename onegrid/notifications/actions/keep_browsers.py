"""Let a browser take push messages for somebody, or not any more."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import InvalidInputError
from onegrid.notifications.models import Browser
from onegrid.notifications.rules.push import from_url_text, is_browser_key, is_push_service
from onegrid.oversight.public import Actor, record

LONGEST = 1000  # characters of an address
MOST = 10  # browsers of one person; the oldest goes


class BrowserRefusedError(InvalidInputError):
    """What a browser says of itself cannot be used."""


@transaction.atomic(durable=True)
def add_browser(*, endpoint: str, key: str, auth: str, by: User, at: datetime) -> Browser:
    """
    Send push messages for somebody to a browser; the same browser again is the same one, whoever had it before.

    :raises BrowserRefusedError: if its push service is none that we post to, or its keys are none.
    """
    require_push_service(endpoint, settings.PUSH_HOSTS)
    keys = keys_of_browser(key, auth)
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    fields = {"user": by, "key": keys[0], "auth": keys[1], "added_at": at}
    browser, is_new = Browser.objects.update_or_create(endpoint=endpoint, defaults=fields)
    newest = Browser.objects.filter(user=by).order_by("-added_at", "-pk").values_list("pk", flat=True)
    Browser.objects.filter(pk__in=list(newest[MOST:])).delete()
    if is_new:
        record("notifications.browser-added", target=f"accounts.User:{by.pk}", by=Actor(by.username), at=at, data={})
    return browser


@transaction.atomic(durable=True)
def remove_browser(*, endpoint: str, by: User) -> bool:
    """Send no more push messages for somebody to a browser, and tell whether any were sent there."""
    count, _models = Browser.objects.filter(user=by, endpoint=endpoint).delete()
    return bool(count)


def require_push_service(endpoint: str, allowed: Collection[str]) -> None:
    """
    Let the address of a browser past that lies at a push service we post to.

    :raises BrowserRefusedError: if it lies elsewhere.
    """
    if len(endpoint) > LONGEST or not is_push_service(endpoint, allowed):
        raise BrowserRefusedError(_("This site does not send to the push service of this browser."))


def keys_of_browser(key: str, auth: str) -> tuple[bytes, bytes]:
    """
    Return the public key and the secret of a browser, as it writes them.

    :raises BrowserRefusedError: if they are none.
    """
    try:
        keys = from_url_text(key), from_url_text(auth)
    except ValueError:
        keys = b"", b""
    if not is_browser_key(*keys):
        raise BrowserRefusedError(_("What the browser says of itself cannot be used. Turn it off and on again."))
    return keys
