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
from onegrid.notifications.rules.addresses import email_in_one_form, phone_in_one_form
from onegrid.notifications.states import Channel, Purpose


class AddressRefusedError(InvalidInputError):
    """An address cannot be one, or nothing leaves from here to addresses of its kind."""


@transaction.atomic
def subscriber_by_email(
    *, address: str, language: str, until: datetime, at: datetime, purpose: Purpose = Purpose.FOLLOWING
) -> Subscriber:
    """
    Return who is reached at an address, kept until a moment at least; the same one again for the same purpose.

    Nothing is proved by this: whoever asks has to have the owner say yes.

    :raises AddressRefusedError: if it is none, or this installation sends no mail.
    """
    if Channel.EMAIL not in open_channels():
        raise AddressRefusedError(_("This site sends no e-mail."))
    if (known := email_in_one_form(address)) is None:
        message = _("That is no e-mail address. Please check it.")
        raise AddressRefusedError(message, fields={"email": message})
    return _kept(Channel.EMAIL, known, purpose=purpose, language=language, until=until, at=at)


@transaction.atomic
def subscriber_by_phone(*, number: str, language: str, until: datetime, at: datetime, purpose: Purpose) -> Subscriber:
    """
    Return who is reached by text message at a number; nothing is proved by this.

    :raises AddressRefusedError: if it is no number, or this installation sends no text messages.
    """
    if Channel.SMS not in open_channels():
        raise AddressRefusedError(_("This site sends no text messages."))
    if (known := phone_in_one_form(number)) is None:
        message = _("That is no telephone number. Please check it.")
        raise AddressRefusedError(message, fields={"phone": message})
    return _kept(Channel.SMS, known, purpose=purpose, language=language, until=until, at=at)


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
    found = _kept(Channel.PUSH, endpoint, purpose=Purpose.FOLLOWING, language=language, until=until, at=at)
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


def _kept(
    channel: Channel, address: str, *, purpose: Purpose, language: str, until: datetime, at: datetime
) -> Subscriber:
    first = {"language": language, "asked_at": at, "ends_at": until}
    found, is_new = Subscriber.objects.get_or_create(purpose=purpose, channel=channel, address=address, defaults=first)
    if not is_new and found.ends_at < until:
        found.ends_at = until
        found.save(update_fields=["ends_at"])
    return found
