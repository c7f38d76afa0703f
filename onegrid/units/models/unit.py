"""Units own work; posts are the seats in them, each with one role."""

from typing import Self

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id


class UnitKind(models.TextChoices):
    """What a unit is for: the two-level centres coordinate, departments and offices handle."""

    CENTRE = "centre", "指挥中心"
    DEPARTMENT = "department", "部门"
    OFFICE = "office", "镇街科室"
    GRID_TEAM = "grid_team", "网格队伍"


class UnitQuerySet(models.QuerySet["Unit"]):
    def standing(self) -> Self:
        """Those that no decision has closed yet."""
        return self.filter(closes_on__isnull=True)


class Unit(models.Model):
    """
    An organisation that can own work, in one area, perhaps under a parent unit.

    `function` names its field of work (such as `fire`), the same at district and
    township, so that a routing rule can say "the fire unit of the township".
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=UnitKind)
    function = models.SlugField(max_length=40, db_index=True)
    area = models.ForeignKey("geography.Area", on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    # Its own working time, where it has one; `readers.calendars` says whose it follows otherwise.
    calendar = models.ForeignKey("units.Calendar", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=Q(closes_on__isnull=True), name="unit_code_is_unique_while_standing"
            ),
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A seat in a unit with one role; who sits in it may change, the post stays."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
