"""Background work of notifications."""

from datetime import UTC, datetime
from uuid import UUID

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onegrid.notifications.public import (
    Channel,
    TransportError,
    ask_to_confirm,
    forget_notices,
    keep_sending,
    send_letters,
    send_messages,
)

AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions={TransportError})


@app.task()
def send(channel: str, **_: object) -> int:
    """Send what is due on a channel, and return how many messages left."""
    return send_messages(channel=Channel(channel), clock=now)


@app.task()
def letters(**_: object) -> int:
    """Send what is due to people without an account, and return how many letters left."""
    return send_letters(clock=now)


@app.task(queueing_lock="notifications.tend")
def tend(timestamp: int, **_: object) -> None:
    """Have sent what has fallen due, and what a worker left behind. Meant for every minute."""
    keep_sending(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(retry=AGAIN)
def confirm(user_id: str, **_: object) -> bool:
    """Send somebody the link that proves their address, and tell whether there was one to prove."""
    return ask_to_confirm(user_id=UUID(user_id))


@app.task(queueing_lock="notifications.forget")
def forget(timestamp: int, **_: object) -> int:
    """Remove old notices, and return how many."""
    return forget_notices(at=datetime.fromtimestamp(timestamp, UTC))
