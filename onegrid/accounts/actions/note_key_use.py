"""Remembers on which day a key was last used, so that forgotten ones are seen."""

from datetime import datetime

from django.db.models import Q

from onegrid.accounts.models import ApiKey


def note_key_use(*, key: ApiKey, at: datetime) -> None:
    """Write down the day, at most once a day; asks nothing of the database on all other calls."""
    today = at.date()
    if key.last_used_on is not None and key.last_used_on >= today:
        return
    fresh = Q(last_used_on=None) | Q(last_used_on__lt=today)
    ApiKey.objects.filter(fresh, pk=key.pk).update(last_used_on=today)
    key.last_used_on = today  # the key is remembered, and so is this
