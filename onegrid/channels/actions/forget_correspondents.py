"""Forget whoever has not written for long and waits for nothing: the address, and which reports were theirs."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from onegrid.channels.models import Correspondent, Message
from onegrid.channels.rules.keeping import KEPT_AFTER, forget_on
from onegrid.oversight.public import Actor, record

BY = Actor(name="onegrid")
SEEN_AGAIN = timedelta(days=30)  # for so long a message is known again


@transaction.atomic(durable=True)
def forget_correspondents(*, at: datetime) -> int:
    """Delete those whose day has come, and give those whose case still runs another one; return how many went."""
    today = timezone.localdate(at)
    due = Correspondent.objects.filter(forget_on__lte=today)
    running = Q(filings__case__ended_at__isnull=True, filings__isnull=False) | Q(
        filings__case__ended_at__gt=at - KEPT_AFTER
    )
    kept = list(due.filter(running).values_list("pk", flat=True))
    Correspondent.objects.filter(pk__in=kept).update(forget_on=forget_on(today))
    gone = list(due.exclude(pk__in=kept).select_for_update().values_list("pk", flat=True))
    Correspondent.objects.filter(pk__in=gone).delete()
    Message.objects.filter(taken_at__lt=at - SEEN_AGAIN).delete()
    if gone:
        record("channels.forgotten", target="channels.Correspondent", by=BY, at=at, data={"count": len(gone)})
    return len(gone)
