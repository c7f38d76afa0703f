"""
Send what is due on one channel: mark, send, note, message by message.

At least once on every channel: a worker that dies between sending and noting
leaves a message that is sent again, under the same id. The mail's Message-ID is
made of it, so that mail programs show one; a text message's document carries it, and a
browser shows only one push message of it.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from onegrid.notifications.actions.by_email import by_email
from onegrid.notifications.actions.by_push import by_push
from onegrid.notifications.actions.by_sms import by_sms
from onegrid.notifications.actions.claim_messages import claim_messages
from onegrid.notifications.actions.settle_messages import settle_failed, settle_sent
from onegrid.notifications.rules.messages import Message
from onegrid.notifications.rules.transport import Send, TransportError
from onegrid.notifications.states import Channel

TRANSPORTS: dict[Channel, Callable[[], AbstractContextManager[Send]]] = {
    Channel.EMAIL: by_email,
    Channel.PUSH: by_push,
    Channel.SMS: by_sms,
}

log = logging.getLogger(__name__)


def send_messages(*, channel: Channel, clock: Callable[[], datetime]) -> int:
    """Send everything that is due on a channel; return how many messages left. `clock` says what time it is."""
    sent = 0
    while (messages := claim_messages(channel=channel, at=clock())) is not None:
        if messages:
            sent += _sent(messages, channel=channel, clock=clock)
    return sent


def _sent(messages: Sequence[Message], *, channel: Channel, clock: Callable[[], datetime]) -> int:
    failures: list[TransportError | None] = []
    with TRANSPORTS[channel]() as send:
        for message in messages:
            # While a server cannot be reached, each attempt costs as long as we wait for it: one in a round is enough.
            outage = next((failure for failure in failures if failure and failure.is_outage), None)
            failure = outage or _failure(send, message)
            failures.append(failure)
            if failure is None:
                settle_sent(message, at=clock())
            else:
                settle_failed(message, why=failure.why, is_final=failure.is_final, at=clock())
    return failures.count(None)


def _failure(send: Send, message: Message) -> TransportError | None:
    try:
        send(message)
    except TransportError as error:
        facts = {"channel": message.channel, "message_id": message.id, "attempt": message.attempts, "why": error.why}
        log.warning("notifications.not_sent", extra=facts)
        return error
    return None
