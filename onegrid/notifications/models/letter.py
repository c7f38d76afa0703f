"""People without an account who asked to be told something, and what is on its way to them."""

from typing import Self

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id
from onegrid.notifications.states import Channel, Delivery, Purpose


class Subscriber(models.Model):
    """
    Where somebody who is no officer can be reached, for one purpose: an e-mail address, a number, or one browser.

    It stands here and nowhere else, once for each purpose, so that ending one thing
    leaves the others alone and nothing joins them. The ground is the reader's own consent;
    it ends with the last thing they asked for, at the latest at `ends_at`, and the row goes with it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.FOLLOWING)
    channel = models.CharField(max_length=8, choices=Channel)
    address = models.CharField(max_length=1000)  # an e-mail address, or that of the browser at its push service
    key = models.BinaryField(max_length=65, default=bytes)
    auth = models.BinaryField(max_length=16, default=bytes)
    language = models.CharField(max_length=10)
    ground = models.CharField(max_length=20, default="consent")
    asked_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["purpose", "channel", "address"], name="subscriber_is_kept_once"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="subscriber_channel_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="subscriber_purpose_is_known"),
        )

    def __str__(self) -> str:
        return str(self.id)


class LetterQuerySet(models.QuerySet["Letter"]):
    def waiting(self) -> Self:
        """Those that have still to leave."""
        return self.filter(state=Delivery.WAITING)


class Letter(models.Model):
    """
    A message to somebody without an account, in their words; it goes once it has left or is given up.

    `path` is the page it is about, `stop_path` where one press ends it; its id
    stays the same however often it is tried.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="letters")
    title = models.CharField(max_length=200)
    text = models.TextField()
    path = models.CharField(max_length=300)
    stop_path = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=Delivery, default=Delivery.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(state__in=Delivery.values), name="letter_state_is_known"),)
        indexes = (
            models.Index(fields=["next_try_at"], condition=Q(state=Delivery.WAITING), name="letter_due"),
            models.Index(fields=["settled_at"], condition=Q(state=Delivery.SENDING), name="letter_under_way"),
        )

    def __str__(self) -> str:
        return str(self.id)
