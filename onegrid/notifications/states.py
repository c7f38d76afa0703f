"""The ways to a person, and what becomes of a message on each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """How something leaves the site. What stands in the inbox is there in any case."""

    EMAIL = "email", _("E-mail")
    PUSH = "push", _("Push message")
    SMS = "sms", _("Text message")


class Purpose(TextChoices):
    """What the address of somebody who is no officer was given for; each purpose has a row of its own."""

    FOLLOWING = "following", _("Following something")
    CODE = "code", _("A code to sign in")
    REPORTS = "reports", _("News of one's own reports")


class Delivery(TextChoices):
    """
    How far a delivery has come.

    `sending` is written before anything leaves, so that a worker that dies
    leaves a mark. `dropped` needs no delivery any more: it was read on the site
    first, or its recipient no longer wants it there.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"
    DROPPED = "dropped"
