"""Tell the readers of a channel that tips of it will be deleted soon: how many and when, nothing of what they say."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from onegrid.notifications.public import Notice, tell
from onegrid.oversight.public import Actor, record
from onegrid.tips.models import Channel, Recipient, Tip
from onegrid.tips.rules.warnings import KIND

BY = Actor(name="onegrid")


def warn_due(*, at: datetime) -> int:
    """Warn the readers of every channel, each channel in a transaction of its own; return how many tips go soon."""
    return sum(_warn(channel, at=at) for channel in Channel.objects.order_by("code"))


@transaction.atomic(durable=True)
def _warn(channel: Channel, *, at: datetime) -> int:
    until = timezone.localdate(at) + timedelta(days=channel.warning_days)
    tips = Tip.objects.select_for_update().filter(channel=channel, delete_on__lte=until)
    due = list(tips.exclude(warned_of=F("delete_on")))
    for day, count in sorted(Counter(tip.delete_on for tip in due).items()):
        _tell(channel, day, count, at=at)
        data = {"channel": channel.code, "due_on": day.isoformat(), "tips": count}
        record("tips.warn", target=f"tips.Channel:{channel.id}", by=BY, at=at, data=data)
    for tip in due:
        tip.warned_of = tip.delete_on
    Tip.objects.bulk_update(due, ["warned_of"])
    return len(due)


def _tell(channel: Channel, day: date, count: int, *, at: datetime) -> None:
    data = {"channel": channel.name, "channel_en": channel.name_en, "day": day.isoformat(), "count": count}
    key = f"{channel.pk}.{day}.{timezone.localdate(at)}"
    readers = Recipient.objects.reading().filter(channel=channel).values_list("user_id", flat=True)
    path = f"/tip-desk/?channel={channel.code}"
    tell([Notice(kind=KIND.code, key=key, recipient=one, path=path, data=data) for one in readers], at=at)
