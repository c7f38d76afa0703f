"""Lateness appeals (申诉): what a unit says against being counted late, and what two people decided on it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from onegrid.cases.models.case import Case
from onegrid.cases.states import Stage
from onegrid.core.ids import new_id


class AppealState(models.TextChoices):
    """Where an appeal stands; only two times yes exempts, and a no ends it."""

    ASKED = "asked", _("Waiting for the first review")
    FIRST_YES = "first_yes", _("Waiting for the second review")
    FIRST_NO = "first_no", pgettext_lazy("appeal", "Refused in the first review")
    SECOND_YES = "second_yes", pgettext_lazy("appeal", "Accepted: not counted")
    SECOND_NO = "second_no", pgettext_lazy("appeal", "Refused in the second review")


WAITING = (AppealState.ASKED, AppealState.FIRST_YES)
_ASKED, _WAITING = Q(state=AppealState.ASKED), Q(state__in=WAITING)


def _reviewed(name: str, *, not_yet: Q, after: str) -> Q:
    """Return what holds of one of the reviews: it has person, unit, moment and words exactly where it was made."""
    blank = {f"{name}_by__isnull": True, f"{name}_unit__isnull": True, f"{name}_at__isnull": True, f"{name}_note": ""}
    made = {f"{name}_by__isnull": False, f"{name}_unit__isnull": False, f"{name}_at__gte": F(after)}
    return (not_yet & Q(**blank)) | (~not_yet & Q(**made) & ~Q(**{f"{name}_note": ""}))


class LatenessAppeal(models.Model):
    """
    What one unit says, once, against being counted late on one case.

    `stage` is the late stage it is about, empty for the whole; `covers` are the late stages of the unit that it
    exempts. `due_at` and `done_at` are the fact as the timeline has it. `closed_at` is the end of the case, `until`
    the last moment for an appeal; `round` counts how often the case was reopened before. Whoever reviews is never
    who asked, nor of the unit, and the second is another person than the first.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="appeals")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=AppealState, default=AppealState.ASKED)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    covers = ArrayField(models.CharField(max_length=12), default=list)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.TextField()
    proof = ArrayField(models.UUIDField())
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    first_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField(null=True, blank=True)
    first_note = models.TextField(blank=True)
    second_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_note = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (models.Index("state", "asked_at", "id", name="appeal_waiting", condition=_WAITING),)
        constraints = (
            models.UniqueConstraint(fields=["case", "unit"], name="appeal_is_made_once"),
            models.CheckConstraint(condition=Q(state__in=AppealState.values), name="appeal_state_is_known"),
            models.CheckConstraint(
                condition=Q(stage="") | Q(stage__in=Stage.values, covers=[F("stage")]),
                name="appeal_of_a_stage_covers_that_stage",
            ),
            models.CheckConstraint(condition=Q(done_at__gt=F("due_at")), name="appeal_is_about_something_late"),
            models.CheckConstraint(
                condition=Q(closed_at__lte=F("asked_at"), asked_at__lte=F("until")),
                name="appeal_is_made_after_closing_and_in_time",
            ),
            models.CheckConstraint(condition=~Q(reason="") & Q(proof__len__gte=1), name="appeal_has_reason_and_proof"),
            models.CheckConstraint(
                condition=_reviewed("first", not_yet=_ASKED, after="asked_at"), name="appeal_says_who_reviewed_first"
            ),
            models.CheckConstraint(
                condition=_reviewed(
                    "second",
                    not_yet=Q(state__in=[AppealState.ASKED, AppealState.FIRST_YES, AppealState.FIRST_NO]),
                    after="first_at",
                ),
                name="appeal_says_who_reviewed_second",
            ),
            # DESIGN §3.6: who decides is not who asks, and two who decide are two.
            models.CheckConstraint(
                condition=(Q(first_by__isnull=True) | ~Q(first_by=F("asked_by")))
                & (Q(second_by__isnull=True) | (~Q(second_by=F("asked_by")) & ~Q(second_by=F("first_by")))),
                name="appeal_has_three_different_people",
            ),
            models.CheckConstraint(
                condition=(Q(first_unit__isnull=True) | ~Q(first_unit=F("unit")))
                & (Q(second_unit__isnull=True) | ~Q(second_unit=F("unit"))),
                name="appeal_is_not_reviewed_by_the_unit",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.stage} {self.state}"
