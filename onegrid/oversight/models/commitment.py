"""The keys that give commitments their meaning."""

from django.db import models

from onegrid.core.ids import new_id


class CommitmentKey(models.Model):
    """
    The secret under which things about one subject are put into the trail.

    The trail keeps `HMAC(key, value)`. With the key one can show that a value is
    the one that was logged; delete the key and nobody can, while the seals hold.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    subject = models.TextField(unique=True)
    key = models.BinaryField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
