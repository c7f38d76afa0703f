"""Forget changes that no open page can have missed."""

from datetime import datetime, timedelta

from django.db import transaction

from onegrid.live.models import Change, Relay

KEPT = timedelta(days=1)  # longer than any sign-in lasts


@transaction.atomic(durable=True)
def trim_changes(*, at: datetime) -> int:
    """Delete what is older than a day, and the names of relays that are gone as long; return how many changes went."""
    Relay.objects.filter(seen_at__lt=at - KEPT).delete()
    count, _ = Change.objects.filter(noted_at__lt=at - KEPT).delete()
    return count
