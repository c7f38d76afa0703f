"""Reckonings: every time the clocks of all open cases were, or are being, reckoned anew."""

from datetime import UTC, datetime

from django.db import models

from onegrid.core.ids import new_id


class Reckoning(models.Model):
    """
    One walk over all open cases because a calendar has changed.

    `calendars` names the state of the calendars that it reckons by. `reached` is the last case
    that is done, so that a walk that was cut off goes on there. `changed` are the cases that came to other
    moments, `beside` the supporting tasks and supervision orders that did.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    calendars = models.CharField(max_length=80, unique=True)
    started_at = models.DateTimeField()
    begins_at = models.DateTimeField(db_default=datetime.min.replace(tzinfo=UTC))
    finished_at = models.DateTimeField(null=True, blank=True)
    reached = models.UUIDField(null=True, blank=True)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    beside = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.calendars}: {self.done} of {self.total}"
