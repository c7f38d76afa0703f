"""
Sealed files, in parts as they came.

They lie in rows and not in the file store: a file on a disk keeps the moment it was written, and goes on its own.
"""

from typing import Self
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from onegrid.accounts.public import User
from onegrid.tips.models.tip import HASH, Message


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def unsent(self) -> Self:
        """Those that no message names yet."""
        return self.filter(message__isnull=True)

    def readable_by(self, user: User) -> Self:
        """Those of tips whose channel is sealed to somebody."""
        path = "message__tip__channel__recipients__"
        return self.filter(
            **{f"{path}user": user, f"{path}ended_at__isnull": True, f"{path}confirmed_at__isnull": False}
        )

    def with_id(self, attachment_id: UUID) -> Self:
        """The one, if there is one."""
        return self.filter(pk=attachment_id)


class Attachment(models.Model):
    """
    One sealed file. An original still holds what its device wrote into it, and is opened with a reason only.

    Until its message is sent it hangs on the puzzle that was solved for it, by that puzzle's hash.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    paid_by = models.BinaryField(max_length=HASH, db_index=True)
    is_original = models.BooleanField()
    size = models.PositiveIntegerField(default=0)
    parts_kept = models.PositiveSmallIntegerField(default=0)
    came_on = models.DateField(db_index=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(paid_by=b""), name="attachment_forgets_its_puzzle"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Part(models.Model):
    """So many bytes of a sealed file, in their order."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    body = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["attachment", "number"], name="part_has_its_place"),)

    def __str__(self) -> str:
        return f"{self.attachment_id} {self.number}"
