"""Who reported a case, apart from the case itself, and what they said of the result."""

from django.db import models
from django.db.models import Q

from onegrid.cases.models.case import Case
from onegrid.cases.models.channel import Channel
from onegrid.core.ids import new_id


class Report(models.Model):
    """
    One person's report of a matter. A case has one or, after merging, several.

    Contact details are seen by nobody without a reason (DESIGN §3.4) and never by
    the one reported on. `link_hash` is the SHA-256 of the private link's secret.
    `nudge_count` says how often its sender asked to hurry (催办), `nudged_at` when last.
    `body_hash` tells a repeated sending from another body under the same id.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    channel = models.CharField(max_length=12, choices=Channel)
    text = models.TextField(blank=True)
    reporter_name = models.CharField(max_length=60, blank=True)
    reporter_contact = models.CharField(max_length=100, blank=True)
    is_anonymous = models.BooleanField(default=True)
    link_hash = models.CharField(max_length=64)
    body_hash = models.CharField(max_length=64)
    reported_at = models.DateTimeField()
    received_at = models.DateTimeField()
    nudge_count = models.PositiveIntegerField(default=0, db_default=0)
    nudged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            # Not `unique` on the field: Django would add a second index, for beginnings of hashes.
            models.UniqueConstraint(fields=["link_hash"], name="report_link_is_its_own"),
            models.CheckConstraint(
                condition=Q(nudge_count=0, nudged_at__isnull=True) | Q(nudge_count__gt=0, nudged_at__isnull=False),
                name="report_nudged_says_when",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Rating(models.Model):
    """What a reporter says of the result, once per closing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="ratings")
    closing = models.PositiveIntegerField()
    is_solved = models.BooleanField()
    satisfaction = models.PositiveSmallIntegerField()
    comment = models.TextField(blank=True)
    rated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["report", "closing"], name="rating_is_given_once_per_closing"),
            models.CheckConstraint(condition=Q(satisfaction__range=(1, 5)), name="rating_is_one_to_five"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.satisfaction}"
