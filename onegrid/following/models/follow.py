"""Somebody without an account follows something."""

from typing import Self

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id
from onegrid.following.states import Kind


class FollowQuerySet(models.QuerySet["Follow"]):
    def confirmed(self) -> Self:
        """Those that the owner of the address has said yes to."""
        return self.filter(confirmed_at__isnull=False)

    def of_topic(self, kind: Kind, code: str) -> Self:
        """Those of one topic."""
        return self.filter(kind=kind, code=code)


class Follow(models.Model):
    """
    One thing that one reader follows, until a day.

    The reader's address is not here: it lies with the notifications and goes with
    the last thing followed. All that was public by `told_until` has been told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reader = models.ForeignKey("notifications.Subscriber", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(db_index=True)
    told_until = models.DateTimeField()
    last_told_at = models.DateTimeField(null=True, blank=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reader", "kind", "code"], name="follow_is_kept_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="follow_kind_is_known"),
        )
        indexes = (models.Index("told_until", condition=Q(confirmed_at__isnull=False), name="follow_to_tell"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
