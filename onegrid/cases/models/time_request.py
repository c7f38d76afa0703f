"""Requests for more time: what a unit asks for while it handles a case, and what was decided on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onegrid.cases.models.case import Case
from onegrid.catalogue.public import GRANTING
from onegrid.core.ids import new_id


class TimeKind(models.TextChoices):
    """What is asked for."""

    EXTENSION = "extension", _("Extension")
    SUSPENSION = "suspension", _("Suspension")


class TimeState(models.TextChoices):
    """What became of a request; it lapses where the case leaves the unit before anybody decided."""

    PENDING = "pending", _("Waiting for a decision")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    WITHDRAWN = "withdrawn", _("Taken back")
    LAPSED = "lapsed", _("Lapsed")


_PENDING, _DECIDED = Q(state=TimeState.PENDING), Q(state__in=[TimeState.GRANTED, TimeState.REFUSED])


class TimeRequest(models.Model):
    """
    One request: `hours` more, in the unit of the limit (延期), or the clock stopped until a moment (挂账).

    `proof` are pieces of evidence of the case; `due_at` is what the limit was when it was asked; `level` who decides,
    `unit` who asks; `round` counts how often the case was reopened before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="time_requests")
    kind = models.CharField(max_length=12, choices=TimeKind)
    state = models.CharField(max_length=12, choices=TimeState, default=TimeState.PENDING)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    level = models.CharField(max_length=10)
    hours = models.FloatField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()
    proof = ArrayField(models.UUIDField())
    due_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index("level", "asked_at", "id", name="time_request_waiting", condition=_PENDING),)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=TimeState.values), name="time_request_state_is_known"),
            models.CheckConstraint(condition=Q(level__in=GRANTING), name="time_request_level_is_known"),
            models.CheckConstraint(
                condition=Q(kind=TimeKind.EXTENSION, hours__gt=0, until__isnull=True)
                | Q(kind=TimeKind.SUSPENSION, hours__isnull=True, until__gt=F("asked_at")),
                name="time_request_says_how_long",
            ),
            models.CheckConstraint(condition=Q(proof__len__gte=1), name="time_request_has_proof"),
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(asked_at__lt=F("due_at")), name="time_request_is_made_in_time"
            ),
            models.CheckConstraint(
                condition=(_PENDING & Q(ended_at__isnull=True)) | (~_PENDING & Q(ended_at__gte=F("asked_at"))),
                name="time_request_ends_when_it_is_settled",
            ),
            models.CheckConstraint(
                condition=(_DECIDED & Q(decided_by__isnull=False)) | (~_DECIDED & Q(decided_by__isnull=True)),
                name="time_request_says_who_decided",
            ),
            # DESIGN §3.6: the one who grants is not the one who asks.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")),
                name="time_request_is_not_decided_by_who_asked",
            ),
            models.UniqueConstraint(fields=["case"], condition=_PENDING, name="time_request_waits_alone"),
            models.UniqueConstraint(
                fields=["case", "round"],
                condition=Q(kind=TimeKind.SUSPENSION, state=TimeState.GRANTED),
                name="time_request_suspends_once_a_round",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.state}"
