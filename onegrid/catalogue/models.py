"""Categories in versions, and the decisions that admit them to grid workers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from onegrid.core.ids import new_id


class Sensitivity(models.TextChoices):
    """What the public may see of a case: its place, a coarse place, or nothing."""

    OPEN = "open", "公开"
    COARSE = "coarse", "地点模糊"
    CLOSED = "closed", "不公开"


class TimeUnit(models.TextChoices):
    """What a limit's hours are counted in (GB/T 30428.8 practice)."""

    URGENT = "urgent", "紧急工作时"
    WORKING_HOURS = "working_hours", "工作时"
    WORKING_DAYS = "working_days", "工作日"
    NATURAL_DAYS = "natural_days", "自然日"


class CategoryQuerySet(models.QuerySet["Category"]):
    def standing(self) -> Self:
        """The version in force of each category."""
        return self.filter(closes_on__isnull=True)


class Category(models.Model):
    """
    One version of one kind of matter; the tree nests to any depth by `code`.

    `code` is the path of names from the root, joined by dots. A change of content
    closes the row and opens another with the same code, so that a case keeps the
    version it was filed under. Only leaves take cases.

    `limits` maps a stage (accept, check, file, dispatch, handle, verify, close) to
    hours. `proof` lists what reporting back must show, as `stage:kind` such as
    `after:photo`. `lead` maps a level to the function of the unit that leads by
    default. `form` is a JSON Schema (2020-12) of extra questions. `procedure` holds
    what the pack says otherwise than the usual `rules.procedure.Procedure`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=120)
    parent_code = models.CharField(max_length=120, blank=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    is_leaf = models.BooleanField()
    position = models.PositiveIntegerField(default=0)
    filing_condition = models.TextField(blank=True)
    filing_condition_en = models.TextField(blank=True)
    closing_condition = models.TextField(blank=True)
    closing_condition_en = models.TextField(blank=True)
    proof = models.JSONField(default=list)
    limits = models.JSONField(default=dict)
    time_unit = models.CharField(max_length=16, choices=TimeUnit, default=TimeUnit.NATURAL_DAYS)
    lead = models.JSONField(default=dict)
    lowest_level = models.CharField(max_length=10, blank=True)
    is_urgent = models.BooleanField(default=False)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.OPEN)
    keywords = models.JSONField(default=list)
    public_may_report = models.BooleanField(default=True)
    form = models.JSONField(default=dict)
    procedure = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    content_hash = models.CharField(max_length=64)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(
                fields=["code"], condition=Q(closes_on__isnull=True), name="category_code_is_unique_while_in_force"
            ),
            models.UniqueConstraint(fields=["code", "version"], name="category_version_is_unique"),
            models.CheckConstraint(
                condition=Q(sensitivity__in=Sensitivity.values), name="category_sensitivity_is_known"
            ),
            models.CheckConstraint(condition=Q(time_unit__in=TimeUnit.values), name="category_time_unit_is_known"),
        )

    def __str__(self) -> str:
        return self.name


class AdmissionQuerySet(models.QuerySet["Admission"]):
    def in_force_on(self, day: date) -> Self:
        """Those whose term covers a day."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Admission(models.Model):
    """
    The decision that lets one category, with all below it, be put on grid workers.

    Without one in force a case of that category cannot be given to a grid team
    (准入制度; the Zhoushan and Jiaxing regulations of 2023 are the model). A
    temporary one ends by itself on `valid_until`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    category_code = models.CharField(max_length=120, db_index=True)
    decision = models.CharField(max_length=100)
    decided_by = models.CharField(max_length=100)
    decided_on = models.DateField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    owner_unit = models.CharField(max_length=60)
    is_temporary = models.BooleanField(default=False)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        ordering = ("category_code", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["category_code", "decision"], name="admission_is_decided_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="admission_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(is_temporary=False) | Q(valid_until__isnull=False), name="admission_temporary_has_an_end"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category_code} {self.decision}"
