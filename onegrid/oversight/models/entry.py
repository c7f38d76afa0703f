"""One line of the audit trail, and whoever it speaks of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Func, TextField
from django.db.models.functions import Cast, Now


@dataclass(frozen=True)
class Actor:
    """Who acted, by the names of that day: the trail outlives people and units, so it points at neither."""

    name: str
    unit: str = ""


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, target: str) -> Self:
        """Those that speak of one thing, such as `cases.Case:<uuid>`."""
        return self.filter(target=target)

    def within(self, since: datetime | None, until: datetime | None) -> Self:
        """Those that happened from one moment until just before another."""
        chosen = self
        if since is not None:
            chosen = chosen.filter(at__gte=since)
        if until is not None:
            chosen = chosen.filter(at__lt=until)
        return chosen

    def texts(self) -> models.QuerySet["Entry", tuple[int, str]]:
        """
        Number and text of each, as seals are made over them.

        The text is the JSON array PostgreSQL writes for the columns, moments in UTC:
        one definition for sealing, checking and exporting, the same whatever a
        session has set.
        """
        moments = (
            Func(F(name), template="%(expressions)s AT TIME ZONE 'UTC'", output_field=models.DateTimeField())
            for name in ("at", "received_at")
        )
        columns = Func(
            "code", "target", "by", "unit", *moments, "data",
            function="jsonb_build_array", output_field=models.JSONField(),
        )  # fmt: skip
        return self.annotate(text=Cast(columns, TextField())).values_list("seq", "text")


class Entry(models.Model):
    """
    One line of the audit trail: who did what to which thing, when.

    It holds names rather than foreign keys, so that it outlives what it speaks of
    and never stands in the way of a lawful deletion. It holds no personal data:
    what must be forgettable is put in as a commitment (`commit_to`). `seq` gives
    the order of writing and has gaps where a transaction was rolled back;
    `received_at` is filled in by the database.
    """

    seq = models.BigAutoField(primary_key=True)
    code = models.CharField(max_length=100)
    target = models.TextField()
    by = models.TextField()
    unit = models.TextField(db_default="")
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    data = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["code", "seq"], name="entry_by_code"),
            models.Index(fields=["target", "seq"], name="entry_by_target"),
            models.Index(fields=["by", "seq"], name="entry_by_actor"),
            models.Index(fields=["at"], name="entry_by_moment"),
        )

    def __str__(self) -> str:
        return f"{self.seq} {self.at:%Y-%m-%d %H:%M} {self.code} {self.target}"
