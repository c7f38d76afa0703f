"""People who sign in, the duties they hold, and the keys their programs use."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id


class Role(models.TextChoices):
    """
    What somebody is there to do. What each role allows stands in `permissions.GRANTS`.

    The centre's roles follow GB/T 30428: acceptance, shift lead and dispatch are
    separate posts, and verification is separate from handling.
    """

    GRID_WORKER = "grid_worker", "网格员"
    ACCEPTOR = "acceptor", "受理员"
    SHIFT_LEAD = "shift_lead", "值班长"
    DISPATCHER = "dispatcher", "派遣员"
    VERIFIER = "verifier", "核查员"
    HANDLER = "handler", "经办"
    UNIT_HEAD = "unit_head", "单位负责人"
    LEADER = "leader", "分管领导"
    AUDITOR = "auditor", "审计员"
    TIP_OFFICER = "tip_officer", "线索专员"
    CALL_TAKER = "call_taker", "接线员"
    ADMINISTRATOR = "administrator", "系统管理员"


class User(AbstractUser):
    """Somebody who can sign in; what they may do comes from their duties alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    display_name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, blank=True)
    is_demonstration = models.BooleanField(default=False)
    first_name = None  # type: ignore[assignment]  # Django's way to leave out an inherited column
    last_name = None  # type: ignore[assignment]  # the same

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or self.username


class DutyQuerySet(models.QuerySet["Duty"]):
    def live(self) -> Self:
        """Those nobody has ended."""
        return self.filter(ended_at__isnull=True)


class Duty(models.Model):
    """
    One role of one person in one area, for one unit, from a moment until it ends.

    The area covers all areas inside it. For roles that act for a unit (handler,
    unit head) the unit decides which cases they may touch, the area does not.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=32, choices=Role)
    area = models.ForeignKey("geography.Area", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("units.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "role", "area", "unit"],
                condition=Q(ended_at__isnull=True),
                name="duty_is_held_once_at_a_time",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="duty_role_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.area_id}"


class ApiKey(models.Model):
    """
    A key with which a program acts as its owner, inside the scopes it was given.

    Only a hash is kept: the key is shown once, when it is made. `prefix` is its
    first, public part, by which it is found and named.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"
