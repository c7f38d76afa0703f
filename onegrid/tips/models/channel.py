"""Channels, and the officers who can open what comes in by them."""

from typing import Self

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id
from onegrid.core.names import in_language

KEY_LENGTH = 100  # characters of a public key; 62 are used


class Channel(models.Model):
    """
    One way in for tips: what it is for, who else can be reached, and how long its tips are kept.

    `open_days` count from the last word of a dialogue, `closed_days` from its closing; `warning_days` before the
    end its readers are told.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    name_hant = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=100, blank=True)
    about = models.CharField(max_length=300)
    about_hant = models.CharField(max_length=300, blank=True)
    about_en = models.CharField(max_length=500, blank=True)
    telephone = models.CharField(max_length=40)
    letters_to = models.CharField(max_length=200)
    open_days = models.PositiveSmallIntegerField(default=180)
    closed_days = models.PositiveSmallIntegerField(default=30)
    warning_days = models.PositiveSmallIntegerField(default=14)

    def __str__(self) -> str:
        return self.code

    def named(self, language: str) -> str:
        """Return its name in a language, in Chinese where that is missing."""
        return in_language(language, self.name, self.name_en, traditional=self.name_hant)

    def described(self, language: str) -> str:
        """Return what it is for in a language, in Chinese where that is missing."""
        return in_language(language, self.about, self.about_en, traditional=self.about_hant)


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def standing(self) -> Self:
        """Those whose appointment nobody has ended."""
        return self.filter(ended_at__isnull=True)

    def reading(self) -> Self:
        """Those to whom tips are sealed: with a key that a second person has compared."""
        return self.standing().filter(confirmed_at__isnull=False)


class Recipient(models.Model):
    """
    One officer appointed to one channel, with the key that their browser made.

    `wrapped_key` is the private key as an age file under their key phrase, which the server never sees. Until a
    second person has compared the fingerprint, nothing is sealed to the key.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="recipients")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    public_key = models.CharField(max_length=KEY_LENGTH, blank=True)
    wrapped_key = models.TextField(blank=True)
    appointed_by = models.CharField(max_length=150)
    appointed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["channel", "user"], condition=Q(ended_at__isnull=True), name="recipient_is_appointed_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | ~Q(public_key=""), name="recipient_is_confirmed_with_a_key"
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel_id} {self.user_id}"
