"""Remove what nobody needs any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from onegrid.notifications.models import InboxEntry

READ_KEPT = timedelta(days=90)
UNREAD_KEPT = timedelta(days=365)  # whoever has not looked for a year no longer works here


@transaction.atomic(durable=True)
def forget_notices(*, at: datetime) -> int:
    """Remove what was read 90 days ago, and what was told a year ago whoever read it; return how many notices went."""
    old = Q(read_at__lt=at - READ_KEPT) | Q(told_at__lt=at - UNREAD_KEPT)
    _, by_model = InboxEntry.objects.filter(old).delete()
    return by_model.get("notifications.InboxEntry", 0)
