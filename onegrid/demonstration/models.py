"""Which parts of a simulated year this installation has, so that a load that was cut off goes on where it was."""

from django.db import models

from onegrid.core.ids import new_id


class WrittenChapter(models.Model):
    """
    One chapter of a simulation, in the transaction that wrote its cases: all of it is there, or none.

    Chapter 0 ends at the moment from which the whole simulation counts backwards.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seed = models.PositiveBigIntegerField()
    number = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    entries = models.PositiveIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("seed", "number")
        constraints = (models.UniqueConstraint(fields=["seed", "number"], name="chapter_is_written_once"),)

    def __str__(self) -> str:
        return f"{self.seed} {self.number}"
