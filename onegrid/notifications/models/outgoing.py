"""What still has to leave the site, or has left it."""

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id
from onegrid.notifications.states import Channel, Delivery


class Outgoing(models.Model):
    """
    One entry on its way to its recipient by one channel.

    Entries that leave together are one message and share its `message_id`,
    which stays the same however often the message is tried, so that a receiver
    can tell a repetition from something new. Recipient, kind and urgency are
    those of the entry, kept here because sending groups by them.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey("notifications.InboxEntry", on_delete=models.CASCADE, related_name="outgoing")
    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    is_urgent = models.BooleanField()
    channel = models.CharField(max_length=8, choices=Channel)
    state = models.CharField(max_length=10, choices=Delivery, default=Delivery.WAITING)
    message_id = models.UUIDField(null=True, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = (
            models.Index("channel", "next_try_at", condition=Q(state=Delivery.WAITING), name="outgoing_due"),
            models.Index("settled_at", condition=Q(state=Delivery.SENDING), name="outgoing_under_way"),
            models.Index(
                fields=["recipient", "kind", "-settled_at"], condition=Q(state=Delivery.SENT), name="outgoing_sent"
            ),
            models.Index("settled_at", condition=Q(state=Delivery.GIVEN_UP), name="outgoing_given_up"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=Delivery.values), name="outgoing_state_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="outgoing_channel_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.entry_id}"
