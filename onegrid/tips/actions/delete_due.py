"""Delete tips whose time is over, each with a line in the trail that says so and nothing of what it said."""

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from onegrid.oversight.public import Actor, forget, record
from onegrid.tips.actions.answer_tip import target_of
from onegrid.tips.models import Attachment, Tip

BY = Actor(name="onegrid")
WHY = "term"


def delete_due(*, at: datetime) -> int:
    """Delete every tip whose day has come, each in a transaction of its own; return how many."""
    today, deleted = timezone.localdate(at), 0
    while _delete_one(today, at=at):
        deleted += 1
    return deleted


@transaction.atomic(durable=True)
def _delete_one(today: date, *, at: datetime) -> bool:
    due = Tip.objects.filter(delete_on__lte=today).select_related("channel").order_by("pk")
    tip = due.select_for_update(of=("self",), skip_locked=True).first()
    if tip is None:
        return False
    data = {
        "channel": tip.channel.code,
        "why": WHY,
        "due_on": tip.delete_on.isoformat(),
        "messages": tip.messages.count(),
        "files": Attachment.objects.filter(message__tip=tip).count(),
        "sha256": _hash_of(tip),
    }
    target = target_of(tip)
    record("tips.delete", target=target, by=BY, at=at, data=data)
    tip.delete()
    forget(target, why="the tip was deleted", by=BY, at=at)
    return True


def _hash_of(tip: Tip) -> str:
    """Return a hash over all sealed messages: whoever still has a copy can tell that it was this one that went."""
    digest = hashlib.sha256()
    for sealed in tip.messages.order_by("number").values_list("sealed", flat=True):
        digest.update(hashlib.sha256(bytes(sealed)).digest())
    return digest.hexdigest()
