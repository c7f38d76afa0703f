"""What somebody was told, and the memory that they were."""

from typing import Self

from django.db import models
from django.db.models import Q

from onegrid.accounts.public import User
from onegrid.core.ids import new_id


class InboxQuerySet(models.QuerySet["InboxEntry"]):
    def of(self, user: User) -> Self:
        """Those that this person was told."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        """Those nobody has read."""
        return self.filter(read_at__isnull=True)


class InboxEntry(models.Model):
    """
    One thing that one person was told, from the moment it was written.

    It holds what its words are made of and not the words: they are made in the
    language of whoever reads, when they read. `path` is the page it is about.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=60)
    path = models.CharField(max_length=200)
    data = models.JSONField(default=dict)
    is_urgent = models.BooleanField(default=False)
    weight = models.SmallIntegerField(default=0)
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = InboxQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["recipient", "-told_at", "-id"], name="inbox_newest_first"),
            models.Index("recipient", condition=Q(read_at__isnull=True), name="inbox_unread"),
            models.Index("read_at", condition=Q(read_at__isnull=False), name="inbox_read_at"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Told(models.Model):
    """
    That somebody was told something once, for ever, without saying who or what.

    It outlives the entry: what was told and removed is not told again.
    """

    digest = models.UUIDField(primary_key=True, editable=False)

    def __str__(self) -> str:
        return str(self.digest)
