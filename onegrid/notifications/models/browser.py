"""Browsers that take push messages."""

from django.db import models

from onegrid.core.ids import new_id


class Browser(models.Model):
    """
    One browser on one device, where somebody wants push messages.

    `endpoint` is the address of its push service for this site, `key` and `auth`
    what a message is encrypted with, so that the service cannot read it. Whoever
    turned it on last on a shared device has it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    endpoint = models.CharField(max_length=1000, unique=True)
    key = models.BinaryField(max_length=65)
    auth = models.BinaryField(max_length=16)
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.id)
