"""A resident's account, the codes that open it, and the browsers it is open in."""

from django.db import models
from django.db.models import Q

from onegrid.core.ids import new_id
from onegrid.notifications.public import Channel, Subscriber

BY_CODE = (Channel.EMAIL, Channel.SMS)


class Account(models.Model):
    """
    Somebody who has typed the code that was sent to an address.

    The address is not here: `address_mark` is a keyed hash, by which it is known again when it is typed again. Only
    who wants to be told something leaves it, as a subscriber of the notifications. All that was public by
    `told_until` has been told. The account ends by itself at `ends_at`, and every row below goes with it; reports stay.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8, choices=Channel)
    address_mark = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    reader = models.ForeignKey(Subscriber, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(channel__in=BY_CODE), name="resident_channel_is_known"),
            models.CheckConstraint(
                condition=Q(reader__isnull=True) | Q(told_until__isnull=False), name="resident_is_told_since_a_moment"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Code(models.Model):
    """
    A code of six digits, asked for from one browser: good once, for minutes, for a few tries.

    It is kept as a keyed hash. `is_sent` is false where the address had enough of them; such a code opens nothing and
    is treated like any other, so that nobody learns anything by asking. Gone after a day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    channel = models.CharField(max_length=8, choices=Channel)
    address_mark = models.CharField(max_length=64)
    code_mark = models.CharField(max_length=64)
    reader = models.ForeignKey(Subscriber, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_sent = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(channel__in=BY_CODE), name="resident_code_channel_is_known"),)
        indexes = (models.Index(fields=["address_mark", "asked_at"], name="resident_code_of_address"),)

    def __str__(self) -> str:
        return str(self.id)


class Visit(models.Model):
    """One browser in which an account is open, known by the hash of what its cookie holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="visits")
    token_hash = models.CharField(max_length=64, unique=True)
    begun_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.id)
