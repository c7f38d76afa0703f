"""Supporting tasks: what other units do for the one that leads."""

from django.db import models
from django.db.models import Q

from onegrid.cases.models.case import Case
from onegrid.core.ids import new_id


class SupportTask(models.Model):
    """
    A piece of the work given to a supporting unit, with its own due moment; an open one blocks reporting back.

    One that nobody needs any more is cancelled: done as far as anybody waits for it, by
    whom and why stands where the result would. `extended_from` is the due moment before
    it was extended, which happens once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    given_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    is_cancelled = models.BooleanField(default=False, db_default=False)
    extended_from = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index("unit", "due_at", name="task_open_of_unit", condition=Q(done_at__isnull=True)),)
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False), name="task_done_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(is_cancelled=False) | Q(done_at__isnull=False), name="task_cancelled_is_over"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"
