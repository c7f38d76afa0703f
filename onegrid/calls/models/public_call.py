"""A call to the public. Nothing of it leads to a tip or to a register of persons, and nothing is matched with it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from onegrid.accounts.public import User, duties_granting
from onegrid.calls.states import OF_PERSONS, Kind, Outcome, Status
from onegrid.core.ids import new_id


class PublicCallQuerySet(models.QuerySet["PublicCall"]):
    def running_on(self, day: date) -> Self:
        """Those that the public sees on a day, also where no job has ended the others yet."""
        return self.filter(status=Status.RUNNING, ends_on__gte=day)

    def ended_by(self, day: date) -> Self:
        """Those that were published and are over, by a job or by their date."""
        over = Q(status=Status.ENDED) | Q(status=Status.RUNNING, ends_on__lt=day)
        return self.filter(over | Q(status=Status.WITHDRAWN, released_at__isnull=False))

    def visible_to(self, user: User) -> Self:
        """Those of somebody's units, and those that they may release."""
        own = [duty.unit_id for duty in duties_granting(user, "calls.write")]
        releasing = Q(pk__in=[])
        for duty in duties_granting(user, "calls.release"):
            path = duty.area.path
            releasing |= Q(unit__area__path=path) | Q(unit__area__path__startswith=f"{path}/")
        return self.filter(Q(unit__in=own) | releasing)


class PublicCall(models.Model):
    """
    One appeal for information, with the legal instrument it stands on. `ends_on` is the last day it is shown.

    What says something of a person, `forgotten_on` says when it went: words, name and picture.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey("geography.Area", on_delete=models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=60)
    instrument_number = models.CharField(max_length=60)
    instrument_by = models.CharField(max_length=100)
    instrument_on = models.DateField()
    title = models.CharField(max_length=100)
    title_hant = models.CharField(max_length=100, blank=True)
    title_en = models.CharField(max_length=150, blank=True)
    text = models.TextField(max_length=3000)
    text_hant = models.TextField(max_length=3000, blank=True)
    text_en = models.TextField(max_length=4000, blank=True)
    person_name = models.CharField(max_length=60, blank=True)
    picture_sha256 = models.CharField(max_length=64, blank=True)
    picture_from = models.CharField(max_length=200, blank=True)
    telephone = models.CharField(max_length=40)
    tip_channel = models.SlugField(max_length=40, blank=True)
    ends_on = models.DateField()
    is_simulated = models.BooleanField(default=False)
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150, blank=True)
    released_by = models.CharField(max_length=150, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    outcome_by = models.CharField(max_length=150, blank=True)
    forgotten_on = models.DateField(null=True, blank=True)

    objects = PublicCallQuerySet.as_manager()

    class Meta:
        indexes = (models.Index("status", "ends_on", name="public_call_standing"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="public_call_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="public_call_status_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="public_call_outcome_is_known"),
            models.CheckConstraint(
                condition=~Q(instrument="") & ~Q(instrument_number="") & ~Q(instrument_by=""),
                name="public_call_has_its_instrument",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RUNNING) | Q(released_at__isnull=False) & ~Q(released_by=""),
                name="public_call_is_released_before_it_runs",
            ),
            models.CheckConstraint(
                condition=Q(released_by="") | ~Q(released_by=F("written_by")) & ~Q(released_by=F("asked_by")),
                name="public_call_is_released_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(picture_sha256="") | ~Q(picture_from=""), name="public_call_says_where_its_picture_is_from"
            ),
        )

    def __str__(self) -> str:
        return self.number

    @property
    def is_of_a_person(self) -> bool:
        """Tell whether it names somebody."""
        return Kind(self.kind) in OF_PERSONS

    def titled(self, language: str) -> str:
        """Return its title in a language, in simplified Chinese where that is missing."""
        return {"en": self.title_en, "zh-hant": self.title_hant}.get(language, "") or self.title

    def told(self, language: str) -> str:
        """Return what it says in a language, in simplified Chinese where that is missing."""
        return {"en": self.text_en, "zh-hant": self.text_hant}.get(language, "") or self.text
