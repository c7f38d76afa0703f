"""How somebody wants to be told."""

from datetime import time

from django.db import models
from django.db.models import F, Q

NIGHT_FROM, NIGHT_UNTIL = time(22), time(7)


class Preferences(models.Model):
    """
    Where somebody can be reached, by which channels about what, and when not.

    `channels` holds what they chose themselves, by kind; of all else the kind
    decides. `email` is an address whose owner has confirmed it; a new one waits
    in `new_email` until they have. Without quiet hours both times are empty.
    """

    user = models.OneToOneField("accounts.User", primary_key=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)
    new_email = models.EmailField(blank=True)
    new_email_at = models.DateTimeField(null=True, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    quiet_from = models.TimeField(null=True, blank=True, default=NIGHT_FROM)
    quiet_until = models.TimeField(null=True, blank=True, default=NIGHT_UNTIL)
    channels = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | (Q(quiet_from__isnull=False, quiet_until__isnull=False) & ~Q(quiet_from=F("quiet_until"))),
                name="quiet_hours_have_two_ends",
            ),
        )

    def __str__(self) -> str:
        return str(self.user_id)
