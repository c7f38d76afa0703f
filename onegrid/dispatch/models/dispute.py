"""The docket of a dispute: which unit a case belongs to, what is said for and against, and what was decided."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onegrid.core.ids import new_id


class DisputeReason(models.TextChoices):
    """Why a unit says that a case is not its own."""

    NOT_OUR_TASK = "not_our_task", _("Not our task")
    NOT_OUR_PLACE = "not_our_place", _("Not in the area we look after")
    OWNER = "owner", _("It has an owner who must see to it")
    SHARED = "shared", _("Several units share it")
    OTHER_KIND = "other_kind", _("It is another kind of matter")
    RETURNED = "returned", _("Returned too often")  # it opened by itself


class Dispute(models.Model):
    """
    One docket of a case; `number` counts them within it.

    `unit` is the one that says "not ours", empty where the docket opened by itself after a
    number of returns; `claimed_unit` whose it says it is, if it knows. `due_at` is when the
    dispute's own clock ran out, as reckoned when it opened and, in the end, when it was decided;
    in between that is the clock of the stage in which its case stands.
    `category_code` is what the case was filed under, so that later ones find it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    category_code = models.CharField(max_length=120)
    reason = models.CharField(max_length=20, choices=DisputeReason)
    words = models.TextField(blank=True)
    unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    claimed_unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    returns = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    opened_by_name = models.CharField(max_length=100, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by_name = models.CharField(max_length=100, blank=True)
    decided_unit = models.ForeignKey("units.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ruling = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("case", "number", name="dispute_number_is_once_in_a_case"),
            models.UniqueConstraint(
                "case", condition=Q(decided_at__isnull=True), name="dispute_is_open_once_in_a_case"
            ),
            models.CheckConstraint(condition=Q(reason__in=DisputeReason.values), name="dispute_reason_is_known"),
            models.CheckConstraint(
                condition=Q(reason=DisputeReason.RETURNED, unit__isnull=True, opened_by__isnull=True)
                | (~Q(reason=DisputeReason.RETURNED) & Q(unit__isnull=False, opened_by__isnull=False)),
                name="dispute_is_opened_by_a_unit_or_by_itself",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decided_unit__isnull=True, ruling="")
                | (Q(decided_at__isnull=False, decided_by__isnull=False, decided_unit__isnull=False) & ~Q(ruling="")),
                name="dispute_decided_says_who_what_and_why",
            ),
        )
        indexes = (models.Index("decided_at", "id", name="dispute_decided", condition=Q(decided_at__isnull=False)),)

    def __str__(self) -> str:
        return f"{self.case_id} {self.number}"


class PartyRole(models.TextChoices):
    """Why a unit has a say in a dispute."""

    DISPUTES = "disputes", _("Says it is not its own")
    CLAIMED = "claimed", _("Is named as responsible")
    RETURNED = "returned", _("Returned it before")
    INVITED = "invited", _("Invited")


class Party(models.Model):
    """A unit that may argue in a dispute and sees the case until it is decided."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="parties")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, choices=PartyRole)
    named_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint("dispute", "unit", name="party_is_named_once"),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.unit_id}"


class Argument(models.Model):
    """What a unit says in a dispute, perhaps with a piece of evidence; the database refuses to change or delete it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="arguments")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    by_user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=100)
    text = models.TextField()
    evidence = models.ForeignKey("cases.Evidence", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.dispute_id} {self.unit_id}"
