"""A filter of the queue under a name, for oneself or for one's unit."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from onegrid.accounts.public import User
from onegrid.core.ids import new_id


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def readable_by(self, user: User, *, unit_ids: Iterable[UUID]) -> Self:
        """Those that are somebody's own, or shared with one of their units."""
        return self.filter(Q(owner=user) | Q(unit__in=list(unit_ids)))

    def telling_start_of(self, user: User) -> Self:
        """The same, each with `is_start`: whether this person's queue opens with it."""
        return self.annotate(is_start=Exists(StartPage.objects.filter(user=user, filter=OuterRef("pk"))))


class SavedFilter(models.Model):
    """
    The words of an address of the queue, kept under a name.

    It holds no cases: who opens it sees of them what their own duties show.
    With a `unit` everybody of that unit finds it beside their own.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=60)
    query = models.TextField()
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_is_used_once"),)

    def __str__(self) -> str:
        return self.name


class StartPage(models.Model):
    """With which filter somebody's queue opens."""

    user = models.OneToOneField("accounts.User", primary_key=True, on_delete=models.CASCADE, related_name="+")
    filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.user_id} {self.filter_id}"
