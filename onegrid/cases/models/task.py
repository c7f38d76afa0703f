"""Supporting tasks: what other units do for the one that leads."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

from onegrid.cases.models.case import Case
from onegrid.core.ids import new_id
from onegrid.units.public import Counting

_NOTHING = timedelta()
_COUNTINGS = [counting.value for counting in Counting]
_NOT_EXTENDED = Q(
    granted_time__isnull=True, extended_from__isnull=True, extended_at__isnull=True, extended_by__isnull=True
)


class SupportTask(models.Model):
    """
    A piece of the work given to a supporting unit, with its own due moment; an open one blocks reporting back.

    One that nobody needs any more is cancelled: done as far as anybody waits for it, by
    whom and why stands where the result would. `limit_time` is how long it may take and `counting` what of the time
    counts, as the catalogue had them when it was given; neither is there where it had no limit. The lead unit
    extends it once: by `granted_time`, where `extended_from` was the due moment until then. `due_at` is what all of
    that comes to in the calendar of the unit; it follows the calendar while the task is open, and stays as it
    was at the end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="tasks")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    given_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    limit_time = models.DurationField(null=True, blank=True)
    counting = models.CharField(max_length=13, blank=True, default="", db_default="")
    due_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    is_cancelled = models.BooleanField(default=False, db_default=False)
    granted_time = models.DurationField(null=True, blank=True)
    extended_from = models.DateTimeField(null=True, blank=True)
    extended_at = models.DateTimeField(null=True, blank=True)
    extended_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = (models.Index("unit", "due_at", name="task_open_of_unit", condition=Q(done_at__isnull=True)),)
        constraints = (
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False), name="task_done_says_by_whom"
            ),
            models.CheckConstraint(
                condition=Q(is_cancelled=False) | Q(done_at__isnull=False), name="task_cancelled_is_over"
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True, limit_time__isnull=True, counting="")
                | Q(due_at__gte=F("created_at"), limit_time__gte=_NOTHING, counting__in=_COUNTINGS),
                name="task_with_a_due_moment_says_what_made_it",
            ),
            models.CheckConstraint(
                condition=_NOT_EXTENDED
                | Q(
                    granted_time__gte=_NOTHING,
                    limit_time__isnull=False,
                    extended_from__isnull=False,
                    extended_at__isnull=False,
                    extended_by__isnull=False,
                ),
                name="task_extended_says_by_how_much_and_by_whom",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"

    @property
    def begun_at(self) -> datetime:
        """When its clock began."""
        return self.created_at

    @property
    def over_at(self) -> datetime | None:
        """When its clock was stopped for good; nothing while it is open."""
        return self.done_at
