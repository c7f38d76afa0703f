"""Every message that was taken, so that none is taken twice."""

from django.db import models

from onegrid.cases.public import Case
from onegrid.channels.models.correspondent import Correspondent
from onegrid.core.ids import new_id


class Message(models.Model):
    """
    One message: not what it said, but by which key it is known and how it was answered.

    `key` is a hash of the door's own id. `proof` is a hash of the signature it came under, `body_hash` of what was
    signed or claimed to be: one signature is good for one body. A mail has also its own id (`thread`), the case that
    it began or added to, and when it was answered; WeChat is answered at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=64, unique=True)
    proof = models.CharField(max_length=64, blank=True, db_index=True)
    body_hash = models.CharField(max_length=64)
    reply = models.JSONField(default=dict)
    thread = models.CharField(max_length=320, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
