"""Hearings: units that see a case for a time because they are asked about it."""

from django.db import models
from django.db.models import Q

from onegrid.cases.models.case import Case
from onegrid.core.ids import new_id


class Hearing(models.Model):
    """A unit that neither leads nor holds a case and is heard on it: it sees the case until the hearing ends."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                "case", "unit", condition=Q(ended_at__isnull=True), name="hearing_of_a_unit_is_open_once"
            ),
        )
        indexes = (models.Index("unit", "case", name="hearing_open_of_unit", condition=Q(ended_at__isnull=True)),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"
