"""Areas: district, townships, communities and grids, each with the dates between which it stood."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from onegrid.core.fields import PointField
from onegrid.core.ids import new_id


class Level(models.TextChoices):
    """The four levels of a district, from the whole to the grid a worker walks."""

    DISTRICT = "district", "区"
    TOWNSHIP = "township", "镇街"
    COMMUNITY = "community", "村社"
    GRID = "grid", "网格"


class AreaQuerySet(models.QuerySet["Area"]):
    def standing_on(self, day: date) -> Self:
        """Those that stood on a day: opened by then and not yet closed."""
        return self.filter(Q(closes_on__isnull=True) | Q(closes_on__gt=day), opens_on__lte=day)

    def standing(self) -> Self:
        """Those that no decision has closed yet."""
        return self.filter(closes_on__isnull=True)

    def within(self, area: "Area") -> Self:
        """The area itself and everything inside it."""
        return self.filter(Q(pk=area.pk) | Q(path__startswith=f"{area.path}/"))


class Area(models.Model):
    """
    One polygon of the district with a level, a parent and the days between which it stood.

    Redrawing closes an area and opens another with the same or a new code, so
    that what was filed under the old one stays there. `path` is the codes from
    the district down, joined by `/`: containment is a comparison of text.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    level = models.CharField(max_length=10, choices=Level)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=80, db_index=True)
    outline = models.JSONField()  # a GeoJSON Polygon or MultiPolygon, WGS-84
    label_at = PointField()
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=Q(closes_on__isnull=True), name="area_code_is_unique_while_standing"
            ),
            models.UniqueConstraint(fields=["code", "opens_on"], name="area_opens_once_a_day"),
            models.CheckConstraint(
                condition=Q(closes_on__isnull=True) | Q(closes_on__gt=F("opens_on")), name="area_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="area_level_is_known"),
        )

    def __str__(self) -> str:
        return self.name

    def is_within(self, other: "Area") -> bool:
        """Tell whether this area is the other one or lies inside it, by the codes of their paths."""
        return self.path == other.path or self.path.startswith(f"{other.path}/")
