"""A text an officer can begin from when a step asks for words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onegrid.core.ids import new_id


class ReplyStep(models.TextChoices):
    """The steps whose words reporters read again and again in much the same form."""

    ACCEPT = "accept", _("Accept")
    REFUSE = "refuse", _("Do not accept")
    RETURN = "return", _("Return")
    REPORT_BACK = "report_back", _("Report back")
    CLOSE = "close", _("Close")


class ReplyTemplate(models.Model):
    """
    A reply for one step, for all matters or for a category with all below it.

    Without a `unit` it is the district's and offered to everybody, else to those
    who work in that unit. `code` names one that came with the pack; `changed_at` is
    when somebody here last changed it: from then on loading the pack leaves it
    alone. One that is given up stays with `ended_at`, so that it does not come back.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60, null=True, blank=True, unique=True)
    step = models.CharField(max_length=12, choices=ReplyStep)
    category_code = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(step__in=ReplyStep.values), name="reply_template_step_is_known"),
        )

    def __str__(self) -> str:
        return self.name
