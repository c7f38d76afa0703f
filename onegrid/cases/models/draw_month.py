"""The secrets from which it is drawn who is verified, one for each month."""

from django.db import models

from onegrid.core.ids import new_id


class DrawMonth(models.Model):
    """
    One month's secret.

    Its hash, `commitment`, stands in the audit trail from `opened_at`, the secret itself
    from `published_at`; after that nothing is drawn from it any more.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    month = models.CharField(max_length=7, unique=True)
    secret = models.BinaryField()
    commitment = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.month
