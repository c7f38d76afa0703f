"""Keep where somebody without an account can be reached, for as long as they asked for it and no longer."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError
from onegrid.notifications.actions.keep_browsers import keys_of_browser, require_push_service
from onegrid.notifications.models import Subscriber
from onegrid.notifications.readers.channels import open_channels
from onegrid.notifications.rules.addresses import is_email
from onegrid.notifications.states import Channel

LONGEST_EMAIL = 254


class AddressRefusedError(InvalidInputError):
    """An address cannot be one, or nothing leaves from here to addresses of its kind."""


@transaction.atomic
def subscriber_by_email(*, address: str, language: str, until: datetime, at: datetime) -> Subscriber:
    """
    Return who is reached at an address, kept until a moment at least; the same address again is the same one.

    Nothing is proved by this: whoever asks has to have the owner say yes.

    :raises AddressRefusedError: if it is none, or this installation sends no mail.
    """
    said = address.strip()
    if Channel.EMAIL not in open_channels():
        raise AddressRefusedError(_("This site sends no e-mail."))
    if len(said) > LONGEST_EMAIL or not is_email(said):
        message = _("That is no e-mail address. Please check it.")
        raise AddressRefusedError(message, fields={"email": message})
    name, _at, host = said.rpartition("@")
    return _kept(Channel.EMAIL, f"{name}@{host.lower()}", language=language, until=until, at=at)


@transaction.atomic
def subscriber_by_push(
    *, endpoint: str, key: str, auth: str, language: str, until: datetime, at: datetime
) -> Subscriber:
    """
    Return who is reached in a browser, kept until a moment at least; the same browser again is the same one.

    :raises BrowserRefusedError: if its push service is none that we post to, or its keys are none.
    :raises AddressRefusedError: if this installation sends no push messages.
    """
    if Channel.PUSH not in open_channels():
        raise AddressRefusedError(_("This site sends no push messages."))
    require_push_service(endpoint, settings.PUSH_HOSTS)
    p256dh, secret = keys_of_browser(key, auth)
    found = _kept(Channel.PUSH, endpoint, language=language, until=until, at=at)
    found.key, found.auth = p256dh, secret
    found.save(update_fields=["key", "auth"])
    return found


@transaction.atomic
def keep_subscriber(subscriber_id: UUID, *, until: datetime) -> None:
    """Keep an address until a moment, no longer and no shorter; past it, it goes."""
    Subscriber.objects.filter(pk=subscriber_id).update(ends_at=until)


@transaction.atomic
def forget_subscribers(subscriber_ids: Iterable[UUID]) -> int:
    """Delete addresses with all that is on its way to them, and return how many that were."""
    _count, by_model = Subscriber.objects.filter(pk__in=list(subscriber_ids)).delete()
    return by_model.get("notifications.Subscriber", 0)


def _kept(channel: Channel, address: str, *, language: str, until: datetime, at: datetime) -> Subscriber:
    first = {"language": language, "asked_at": at, "ends_at": until}
    found, is_new = Subscriber.objects.get_or_create(channel=channel, address=address, defaults=first)
    if not is_new and found.ends_at < until:
        found.ends_at = until
        found.save(update_fields=["ends_at"])
    return found
