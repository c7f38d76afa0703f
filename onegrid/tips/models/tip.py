"""
Tips and their messages, as the server holds them: ciphertext, days and counts.

The ids are random: UUIDv7, as everything else here has, would hold the millisecond at which somebody wrote.
"""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from onegrid.accounts.public import User
from onegrid.tips.models.channel import KEY_LENGTH, Channel
from onegrid.tips.states import Author, Ending, Status

HASH = 32  # bytes


class TipQuerySet(models.QuerySet["Tip"]):
    def readable_by(self, user: User) -> Self:
        """Those of channels whose tips are sealed to somebody."""
        reading = Q(channel__recipients__user=user, channel__recipients__ended_at__isnull=True)
        return self.filter(reading, channel__recipients__confirmed_at__isnull=False)

    def with_id(self, tip_id: UUID) -> Self:
        """The one, if there is one."""
        return self.filter(pk=tip_id)


class Tip(models.Model):
    """
    One dialogue. `lookup_hash` is the SHA-256 of what the receipt code derives; `public_key` is for answers.

    Days are those of the district; no moment is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    lookup_hash = models.BinaryField(max_length=HASH, unique=True)
    public_key = models.CharField(max_length=KEY_LENGTH)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    ending = models.CharField(max_length=10, choices=Ending, default=Ending.NONE, blank=True)
    came_on = models.DateField()
    last_on = models.DateField()
    delete_on = models.DateField(db_index=True)
    warned_of = models.DateField(null=True, blank=True)  # the day of deletion that its readers were told
    is_kept_longer = models.BooleanField(default=False)

    objects = TipQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=Status.values), name="tip_status_is_known"),
            models.CheckConstraint(condition=Q(ending__in=Ending.values), name="tip_ending_is_known"),
        )

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """One sealed message, in the order of its dialogue; `written_by` only where an officer wrote it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    tip = models.ForeignKey(Tip, on_delete=models.CASCADE, related_name="messages")
    number = models.PositiveSmallIntegerField()
    author = models.CharField(max_length=10, choices=Author)
    sealed = models.BinaryField()
    written_on = models.DateField()
    written_by = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["tip", "number"], name="message_has_its_place"),
            models.CheckConstraint(condition=Q(author__in=Author.values), name="message_author_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.tip_id} {self.number}"
