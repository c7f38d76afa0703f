"""One step that somebody asked for on many cases at once, and what became of it on each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from onegrid.core.ids import new_id


class BatchAction(models.TextChoices):
    """The steps that can be taken on many cases at once."""

    ACCEPT = "accept", gettext_lazy("Accept")
    FILE = "file", pgettext_lazy("move", "File")
    DISPATCH = "dispatch", gettext_lazy("Dispatch")
    RETURN = "return", gettext_lazy("Return")


class Result(models.TextChoices):
    """What became of a step on one of the cases."""

    WAITING = "waiting", gettext_lazy("Not done yet")
    DONE = "done", gettext_lazy("Done")
    REFUSED = "refused", pgettext_lazy("batch", "Refused")


class Batch(models.Model):
    """
    A step on many cases. Its id is made by whoever asks, so that asking twice changes nothing.

    Each case is a transaction of its own: what is refused on one leaves the others
    as they are. `begun_at` is when somebody last set to work on it; one that was cut
    off has no `finished_at` and can be carried on. `query` is the list it came from, `code` why cases are returned.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.CharField(max_length=10, choices=BatchAction)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    code = models.CharField(max_length=20, blank=True)
    query = models.TextField(blank=True)
    asked_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(action__in=BatchAction.values), name="batch_action_is_known"),
        )
        indexes = (
            models.Index(fields=["by", "-created_at"], name="batch_by"),
            models.Index(fields=["created_at"], name="batch_created"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.id}"


class BatchItem(models.Model):
    """
    One case of a batch: the version that the person saw, and what came of it.

    `choice` is the unit or category it was to go to, as the preview showed; `named`
    what was asked for where there is no such case for that person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey("cases.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    named = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    choice = models.CharField(max_length=120, blank=True)
    result = models.CharField(max_length=10, choices=Result, default=Result.WAITING)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["batch", "position"], name="batch_item_has_its_place"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="batch_item_result_is_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(result=Result.REFUSED), name="batch_item_without_case_is_refused"
            ),
        )

    def __str__(self) -> str:
        return f"{self.batch_id} {self.named}"
