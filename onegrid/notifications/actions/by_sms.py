"""
Send messages as text messages, through whatever gateway a city has: one signed JSON document, posted to its address.

The gateway proves by the signature that it comes from here: HMAC-SHA-256 under
the shared secret, over the moment, a full stop and the body. It knows by the id
what it has had before.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings

from onegrid.notifications.actions.posting import post, require_taken
from onegrid.notifications.rules.messages import Message, said
from onegrid.notifications.rules.transport import Send


@contextmanager
def by_sms() -> Iterator[Send]:
    """Give a function that sends one message; it raises TransportError."""
    yield _send


def _send(message: Message) -> None:
    text = said(message, site="").short
    send_sms(message.id, to=message.address, text=text, language=message.language, at=message.tried_at)


def send_sms(name: UUID, *, to: str, text: str, language: str, at: datetime) -> None:
    """
    Send one text message, under an id that stays the same however often it is tried.

    :raises TransportError: if the gateway was not reached or did not take it.
    """
    document = {"id": str(name), "to": to, "text": text, "language": language}
    body = json.dumps(document, ensure_ascii=False).encode()
    moment = str(int(at.timestamp()))  # of this attempt: gateways refuse what is old
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(name),
        "X-OneGrid-Signature": f"t={moment},v1={signature(body, moment=moment, secret=settings.SMS_SECRET)}",
    }
    require_taken(post(settings.SMS_URL, body, headers=headers))


def signature(body: bytes, *, moment: str, secret: str) -> str:
    """Return what proves that a body was posted by whoever knows the secret, and when."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
