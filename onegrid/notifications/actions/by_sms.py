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
    document = {"id": str(message.id), "to": message.address, "text": text, "language": message.language}
    body = json.dumps(document, ensure_ascii=False).encode()
    moment = str(int(message.tried_at.timestamp()))  # of this attempt: gateways refuse what is old
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": str(message.id),
        "X-OneGrid-Signature": f"t={moment},v1={signature(body, moment=moment, secret=settings.SMS_SECRET)}",
    }
    require_taken(post(settings.SMS_URL, body, headers=headers))


def signature(body: bytes, *, moment: str, secret: str) -> str:
    """Return what proves that a body was posted by whoever knows the secret, and when."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()
