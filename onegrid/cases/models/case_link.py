"""Two cases that somebody said belong together."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from onegrid.cases.models.case import Case
from onegrid.core.ids import new_id


class LinkKind(models.TextChoices):
    """How two cases belong together without being one."""

    RELATED = "related", _("Related")
    SAME_CAUSE = "same_cause", _("Same cause")


class CaseLink(models.Model):
    """Two cases that somebody said belong together; kept once, the older case first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    one = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_to")
    other = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links_from")
    kind = models.CharField(max_length=12, choices=LinkKind, default=LinkKind.RELATED)
    linked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["one", "other"], name="case_link_is_kept_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="case_link_names_the_older_first"),
        )

    def __str__(self) -> str:
        return f"{self.one_id} – {self.other_id}"
