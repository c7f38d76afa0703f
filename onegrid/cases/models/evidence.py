"""Evidence: the photos, sounds, films and documents that show what was and what was done."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onegrid.accounts.public import User
from onegrid.cases.models.case import Case
from onegrid.core.fields import PointField
from onegrid.core.ids import new_id


class EvidenceKind(models.TextChoices):
    """What a file is, by its own bytes."""

    PHOTO = "photo", _("Photo")
    AUDIO = "audio", _("Voice")
    VIDEO = "video", _("Video")
    DOCUMENT = "document", _("Document")


class EvidencePurpose(models.TextChoices):
    """At which stage it shows what."""

    BEFORE = "before", _("Before")
    AFTER = "after", _("After")
    CHECK = "check", _("Check on the spot")
    VERIFY = "verify", _("Verification")
    OTHER = "other", _("Other")


class CopyState(models.TextChoices):
    """How far the copy of a photo is that anybody may see; nothing but a ready one is ever given out."""

    NONE = "none", _("not looked through yet")
    WAITING = "waiting", _("waits to be looked through")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")


class CopyFault(models.TextChoices):
    """Why there is no copy of a photo for the public."""

    NO_MODEL = "no_model", _("The models that find faces and plates are not installed.")
    TOO_LONG = "too_long", _("Looking through the photo takes too long.")
    BROKEN = "broken", _("The search for faces and plates broke off.")
    UNREADABLE = "unreadable", _("The photo cannot be read any more.")
    LOST = "lost", _("The file of the photo is not in the store.")


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def seen_by(self, user: User) -> Self:
        """Those of the cases that the user's duties let them see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def public(self) -> Self:
        """Those of which anybody may see the copy."""
        return self.shown().filter(case__in=Case.objects.public())

    def shown(self) -> Self:
        """Those that are public as far as they themselves go: somebody wants it, and the copy for it is ready."""
        return self.filter(is_public=True, copy_state=CopyState.READY)

    def waiting_for_copy(self) -> Self:
        """Photos that have still to be looked through."""
        return self.filter(copy_state=CopyState.WAITING)


class Evidence(models.Model):
    """
    One file that belongs to a case, by the hash of its bytes.

    `taken_at_place` is kept apart from the file. What the public sees of a photo
    is never the file: it is `public_sha256`, drawn anew, with every one of
    its `covers` on it (`rules.covers`), and `public_thumbnail_sha256`. `is_public`
    is what an officer wants; it comes about once the copy is ready.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    purpose = models.CharField(max_length=10, choices=EvidencePurpose)
    sha256 = models.CharField(max_length=64)
    public_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    public_thumbnail_sha256 = models.CharField(max_length=64, blank=True, default="", db_default="")
    copy_state = models.CharField(
        max_length=8, choices=CopyState, default=CopyState.NONE, db_default=CopyState.NONE.value
    )
    copy_fault = models.CharField(max_length=12, choices=CopyFault, blank=True, default="", db_default="")
    covers = models.JSONField(default=list, blank=True, db_default=[])
    looked_by = models.CharField(max_length=40, blank=True, default="", db_default="")
    looked_at = models.DateTimeField(null=True, blank=True)
    thumbnail_sha256 = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_at_place = PointField(null=True, blank=True)  # type: ignore[misc]  # the stubs want a class of its own
    added_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100, blank=True)
    unit_name = models.CharField(max_length=100, blank=True)
    added_at = models.DateTimeField()
    is_public = models.BooleanField(default=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "id")
        indexes = (
            models.Index(fields=["sha256"], name="evidence_waits_for_its_copy", condition=Q(copy_state="waiting")),
            models.Index(fields=["sha256"], name="evidence_has_no_copy", condition=Q(copy_state="failed")),
            models.Index(fields=["sha256"], name="evidence_has_its_copy", condition=Q(copy_state="ready")),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["case", "purpose", "sha256"], name="evidence_is_kept_once_per_case_and_purpose"
            ),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=EvidencePurpose.values), name="evidence_purpose_is_known"),
            models.CheckConstraint(condition=Q(copy_state__in=CopyState.values), name="evidence_copy_state_is_known"),
            models.CheckConstraint(
                condition=~Q(copy_state="ready") | ~Q(public_sha256="") & ~Q(public_thumbnail_sha256=""),
                name="evidence_copy_is_there_when_ready",
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.kind}"
