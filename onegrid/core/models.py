"""What the kernel keeps in the database: the generation of each snapshot."""

from django.db import models


class Generation(models.Model):
    """How often the rows behind one in-memory snapshot have been changed, so that every process notices."""

    name = models.CharField(primary_key=True, max_length=40)
    value = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.name} {self.value}"
