"""Which reports are whose, and what their reporters were told of them."""

from django.db import models
from django.db.models import Q

from onegrid.cases.public import Case
from onegrid.channels.models.correspondent import Correspondent
from onegrid.core.ids import new_id


class Filing(models.Model):
    """
    A case that came in by a door, and who sent it. Goes with the correspondent; the case stays.

    What its sender writes until `answers_until` answers a question of ours, unless they begin another report.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    correspondent = models.ForeignKey(Correspondent, on_delete=models.CASCADE, related_name="filings")
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="+")
    filed_at = models.DateTimeField()
    answers_until = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.case_id)


class NoticeState(models.TextChoices):
    """What became of a notice."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    GIVEN_UP = "given_up"


class Notice(models.Model):
    """
    One step of a case, an entry of its timeline, that a reporter is told of, once.

    Its id is the one WeChat knows it by when it is sent again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="notices")
    entry_id = models.UUIDField()
    state = models.CharField(max_length=10, choices=NoticeState, default=NoticeState.WAITING)
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["filing", "entry_id"], name="reporter_is_told_once"),
            models.CheckConstraint(condition=Q(state__in=NoticeState.values), name="channel_notice_state_is_known"),
        )
        indexes = (models.Index("made_at", condition=Q(state__in=["waiting", "sending"]), name="channel_notice_due"),)

    def __str__(self) -> str:
        return str(self.id)
