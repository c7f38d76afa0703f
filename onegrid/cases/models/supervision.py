"""Supervision orders (督办): somebody above a unit asks it for an answer by a moment; several may stand on one case."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from onegrid.cases.models.case import Case
from onegrid.core.ids import new_id
from onegrid.units.public import Counting


class OrderKind(models.TextChoices):
    """Why an answer is asked for."""

    OVERDUE = "overdue", pgettext_lazy("order", "Overdue")
    LEADER = "leader", pgettext_lazy("order", "Asked for by a leader")
    IMPORTANT = "important", pgettext_lazy("order", "Important matter")


_COUNTINGS = [counting.value for counting in Counting]
_OPEN = Q(answered_at__isnull=True, withdrawn_at__isnull=True)


class SupervisionOrderQuerySet(models.QuerySet["SupervisionOrder"]):
    def open(self) -> Self:
        """Those that still wait for an answer."""
        return self.filter(_OPEN)


class SupervisionOrder(models.Model):
    """
    One order to the unit that handled the case when it was given, with a clock of its own until the answer.

    It ends with the answer, however late, or is withdrawn: by somebody with a reason, or by itself, with neither,
    where the case leaves the unit. `limit_time` is how long the unit had for the answer and `counting` what of the time
    counts, as the catalogue had them when it was given; `due_at` is what that comes to in the calendar of the unit. It
    follows the calendar while the order is open, and stays as it was at the end.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=OrderKind)
    text = models.TextField()
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField()
    limit_time = models.DurationField()
    counting = models.CharField(max_length=13)
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    objects = SupervisionOrderQuerySet.as_manager()

    class Meta:
        ordering = ("ordered_at", "id")
        indexes = (models.Index("unit", "due_at", "id", name="order_open_of_unit", condition=_OPEN),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=OrderKind.values), name="order_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="order_says_what"),
            models.CheckConstraint(condition=Q(due_at__gte=F("ordered_at")), name="order_is_due_after_it_is_given"),
            models.CheckConstraint(
                condition=Q(limit_time__gte=timedelta(), counting__in=_COUNTINGS),
                name="order_says_what_made_its_due_moment",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__gte=F("ordered_at"), answered_by__isnull=False) & ~Q(answer="")),
                name="order_answer_says_who_and_what",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | Q(withdrawn_at__gte=F("ordered_at"), withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__gte=F("ordered_at"), withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="order_withdrawal_says_who_and_why",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(withdrawn_at__isnull=True), name="order_ends_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"

    @property
    def begun_at(self) -> datetime:
        """When its clock began."""
        return self.ordered_at

    @property
    def over_at(self) -> datetime | None:
        """When its clock was stopped for good; nothing while it is open."""
        return self.answered_at or self.withdrawn_at

    @property
    def granted_time(self) -> None:
        """What was given beyond the limit: nobody extends an order."""

    @property
    def is_open(self) -> bool:
        """Tell whether it still waits for an answer."""
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_late(self) -> bool:
        """Tell whether it was answered after it was due; one that waits says so by its clock."""
        return self.answered_at is not None and self.answered_at > self.due_at
