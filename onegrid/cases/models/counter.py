"""
How many cases lie in each area, kept by the database itself (ADR 14).

Triggers on the cases add a change for whatever a statement did to these numbers;
now and then the changes are folded into the counters. Who reads sums both.
"""

from django.db import models

from onegrid.cases.models.channel import Channel
from onegrid.cases.states import Status

COUNTED = ("township_code", "community_code", "grid_code", "status", "channel", "is_urgent", "is_simulated")


class _Counted(models.Model):
    """By what cases are counted apart: the columns of the case, under the same names, so that filters fit both."""

    township_code = models.CharField(max_length=20)
    community_code = models.CharField(max_length=20)
    grid_code = models.CharField(max_length=20)
    status = models.CharField(max_length=12, choices=Status)
    channel = models.CharField(max_length=12, choices=Channel)
    is_urgent = models.BooleanField()
    is_simulated = models.BooleanField()

    class Meta:
        abstract = True


class AreaCounter(_Counted):
    """How many cases of a grid are alike, and how many of them were late at the horizon."""

    id = models.BigAutoField(primary_key=True)
    cases = models.IntegerField()
    late = models.IntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["grid_code", *(name for name in COUNTED if name != "grid_code")],
                name="area_counter_is_kept_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.grid_code} {self.status}: {self.cases}"


class AreaChange(_Counted):
    """What a statement has added to a counter or taken from it, not yet folded."""

    id = models.BigAutoField(primary_key=True)
    stage_due_at = models.DateTimeField(null=True, blank=True)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.grid_code} {self.status}: {self.change:+}"


class AreaHorizon(models.Model):
    """The moment for which the counters say what is late; one row, and none means that nothing was late yet."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    moment = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M}"
