"""Files that somebody sent, until they are evidence of a case."""

from django.db import models
from django.db.models import Q

from onegrid.cases.public import Case
from onegrid.channels.models.correspondent import Correspondent
from onegrid.core.ids import new_id


class FileState(models.TextChoices):
    """What became of a file."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    LOST = "lost"


class SentFile(models.Model):
    """
    A file that was sent, fetched only once its report is filed. Its id becomes that of the evidence.

    WeChat keeps the bytes and gives `media_id`; an e-mail brings them, and `content` holds them until they are kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="files")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    media_id = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=120, blank=True)
    content = models.BinaryField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=FileState, default=FileState.WAITING)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(state__in=FileState.values), name="sent_file_state_is_known"),
        )
        indexes = (models.Index("sent_at", condition=Q(state="waiting"), name="sent_file_waiting"),)

    def __str__(self) -> str:
        return str(self.id)
