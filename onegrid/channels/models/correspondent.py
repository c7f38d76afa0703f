"""Whoever writes to us by a door, apart from every case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onegrid.core.ids import new_id


class Door(models.TextChoices):
    """By which way somebody writes."""

    WECHAT = "wechat", _("WeChat")
    EMAIL = "email", _("E-mail")


class Ground(models.TextChoices):
    """Why their address may be kept."""

    ASKED = "asked", _("They wrote to us and wait for an answer")


class Correspondent(models.Model):
    """
    One address that writes to us: WeChat's id of a person for this account (openid), or a mail address.

    It is personal data: no page, search or export shows it and no case holds it. It is kept on a ground until
    `forget_on`, then deleted with everything below it; the report stays, as one without a name.
    `draft` is the report on its way. `subscribed_at` says since when they want to hear of their cases.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    door = models.CharField(max_length=10, choices=Door)
    address = models.CharField(max_length=320)
    ground = models.CharField(max_length=10, choices=Ground, default=Ground.ASKED)
    language = models.CharField(max_length=10)
    draft = models.JSONField(default=dict)
    subscribed_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    forget_on = models.DateField(db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["door", "address"], name="correspondent_is_kept_once"),
            models.CheckConstraint(condition=Q(door__in=Door.values), name="correspondent_door_is_known"),
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="correspondent_has_a_ground"),
        )

    def __str__(self) -> str:
        return str(self.id)
