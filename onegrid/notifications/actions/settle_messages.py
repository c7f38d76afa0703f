"""Note what became of a message that was tried."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from onegrid.notifications.models import Outgoing
from onegrid.notifications.rules.messages import Message
from onegrid.notifications.rules.retries import wait_after
from onegrid.notifications.states import Delivery

LONGEST_ERROR = 80


@transaction.atomic(durable=True)
def settle_sent(message: Message, *, at: datetime) -> None:
    """Note that a message has left."""
    _of(message).update(state=Delivery.SENT, settled_at=at, last_error="")


@transaction.atomic(durable=True)
def settle_failed(message: Message, *, why: str, is_final: bool, at: datetime) -> None:
    """Note that a message has not left; it is tried again later, unless that would be of no use or was enough."""
    wait, said = wait_after(message.attempts), why[:LONGEST_ERROR]
    if wait is None or is_final:
        _of(message).update(state=Delivery.GIVEN_UP, settled_at=at, last_error=said)
    else:
        _of(message).update(state=Delivery.WAITING, settled_at=None, next_try_at=at + wait, last_error=said)


def _of(message: Message) -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(message_id=message.id, channel=message.channel, state=Delivery.SENDING)
