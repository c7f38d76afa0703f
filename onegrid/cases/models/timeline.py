"""The timeline: everything that happened to a case, in entries that never change."""

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from onegrid.cases.models.case import Case
from onegrid.cases.models.channel import Channel
from onegrid.cases.states import DRAWN_AT, LEAVES_HANDLING, Move
from onegrid.core.ids import new_id


class Visibility(models.TextChoices):
    """Who may read an entry."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")


class EntryKind(models.TextChoices):
    """What kind of thing happened."""

    REPORT = "report", _("Report")
    MOVE = "move", _("Move")
    NOTE = "note", _("Note")
    EVIDENCE = "evidence", _("Evidence")
    CHANGE = "change", _("Change")
    TASK = "task", _("Supporting task")
    RATING = "rating", _("Rating")
    EXTENSION = "extension", _("Extension")
    SUPERVISION = "supervision", _("Supervision order")
    NUDGE = "nudge", _("Nudge")
    DISPUTE = "dispute", _("Dispute")
    DRAW = "draw", _("Drawn for verification")
    APPEAL = "appeal", _("Lateness appeal")
    ESCALATION = "escalation", _("Escalation")


# Keep until when a stage was due and whether it was late: what leaves it, and what changes its limit.
KEEPS_LATE = (EntryKind.MOVE, EntryKind.CHANGE)
# What may say that a unit has left its handling, or was late in it: all of it, and little else.
OF_HANDLING = Q(move__in=LEAVES_HANDLING) | Q(kind=EntryKind.CHANGE)


class TimelineEntry(models.Model):
    """
    One thing that happened: who, for which unit, what, when it happened, when we heard.

    The database refuses to change or delete an entry. `text` is what somebody
    wrote; what the software says about the entry is made from kind, move and
    data in the reader's language. Names are as they stood.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="timeline", db_index=False)
    kind = models.CharField(max_length=12, choices=EntryKind)
    move = models.CharField(max_length=20, choices=Move, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility)
    text = models.TextField(blank=True)
    by_user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by_name = models.CharField(max_length=100, blank=True)
    unit_name = models.CharField(max_length=100, blank=True)
    channel = models.CharField(max_length=12, choices=Channel)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        ordering = ("received_at", "id")
        indexes = (
            # None for `case` alone, with which this begins, nor for `by_user`, by whom nobody asks.
            models.Index("case", "received_at", "id", name="timeline_of_case"),
            # For checking the draws of a month; those of other kinds are not in it.
            models.Index(KT("data__draw__month"), "received_at", name="timeline_draws", condition=Q(move__in=DRAWN_AT)),
            # For counting by unit what was handled: in a period, and of some cases.
            models.Index(KT("data__held_by"), "happened_at", name="timeline_of_handling", condition=OF_HANDLING),
            models.Index("case", name="timeline_handled_case", condition=OF_HANDLING),
        )
        constraints = (
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="timeline_visibility_is_known"),
            models.CheckConstraint(
                condition=(Q(kind=EntryKind.MOVE) & ~Q(move="")) | (~Q(kind=EntryKind.MOVE) & Q(move="")),
                name="timeline_move_names_the_move",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.move}"
