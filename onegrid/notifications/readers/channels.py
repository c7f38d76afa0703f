"""The channels that this installation has."""

from collections.abc import Sequence

from django.conf import settings

from onegrid.notifications.states import Channel


def open_channels() -> Sequence[Channel]:
    """Return the channels that are set up here, in the order in which they are shown."""
    are_open = {
        Channel.EMAIL: bool(settings.EMAIL_HOST or settings.MAIL_FOLDER),
        Channel.PUSH: bool(settings.PUSH_CONTACT),
        Channel.SMS: bool(settings.SMS_URL and settings.SMS_SECRET),
    }
    return [channel for channel in Channel if are_open.get(channel)]
