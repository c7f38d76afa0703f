"""Who opened whose data, and for what."""

from typing import Self

from django.db import models
from django.db.models.functions import Now

from onegrid.core.ids import new_id


class AccessQuerySet(models.QuerySet["Access"]):
    def of(self, subject: str) -> Self:
        """Those of one person's data, latest first."""
        return self.filter(subject=subject).order_by("-at", "-id")


class Access(models.Model):
    """
    One opening of personal data: what the person concerned is shown about it.

    `subject` is a reference such as `cases.Report:<uuid>`, never a name. `case`
    is the case or duty that gave the right; `purpose` is the reason in the
    officer's own words and stays out of the trail, which holds a commitment to it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.TextField()
    purpose = models.TextField()
    case = models.TextField()
    by = models.TextField()
    unit = models.TextField(db_default="")
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())

    objects = AccessQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["subject", "-at"], name="access_by_subject"),
            models.Index(fields=["by", "-at"], name="access_by_officer"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject} {self.case}"
