"""What readers have done, until the night, when it goes into the trail without the hour."""

from uuid import uuid4

from django.db import models


class Deed(models.Model):
    """One line for the trail. Its day is all the time it knows, and its random id leaves no order behind."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    code = models.CharField(max_length=60)
    target = models.CharField(max_length=120)
    by = models.CharField(max_length=150)
    unit = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    done_on = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.code} {self.done_on}"
