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


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def seen_by(self, user: User) -> Self:
        """Those of the cases that the user's duties let them see."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def public(self) -> Self:
        """Those of which anybody may see the copy without metadata."""
        return self.filter(is_public=True, case__in=Case.objects.public()).exclude(public_sha256="")


class Evidence(models.Model):
    """
    One file that belongs to a case, by the hash of its bytes.

    `taken_at_place` is kept apart from the file: the copy the public sees has
    neither place nor device in it. `public_sha256` is that copy, made only
    where the public may see the file.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    purpose = models.CharField(max_length=10, choices=EvidencePurpose)
    sha256 = models.CharField(max_length=64)
    public_sha256 = models.CharField(max_length=64, blank=True)
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
        constraints = (
            models.UniqueConstraint(
                fields=["case", "purpose", "sha256"], name="evidence_is_kept_once_per_case_and_purpose"
            ),
            models.CheckConstraint(condition=Q(kind__in=EvidenceKind.values), name="evidence_kind_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=EvidencePurpose.values), name="evidence_purpose_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.kind}"
