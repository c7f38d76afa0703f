"""
Send messages as web push to every browser in which their reader turned it on.

A browser shows a message that comes twice once, because both carry the same tag.
A browser that its push service no longer knows is forgotten.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from onegrid.notifications.actions.posting import post, require_taken
from onegrid.notifications.models import Browser
from onegrid.notifications.rules.messages import Message, said, shortened
from onegrid.notifications.rules.push import SALT, encrypted, is_push_service, proof, server_key, topic_of
from onegrid.notifications.rules.transport import Send, TransportError

KEPT = 12 * 3600  # seconds for which a push service keeps a message for a browser that is off
LONGEST_TEXT = 200
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """One browser: its address at its push service, its public key and its secret."""

    endpoint: str
    key: bytes
    auth: bytes


@contextmanager
def by_push() -> Iterator[Send]:
    """Give a function that sends one message; it raises TransportError."""
    key = server_key(settings.SECRET_KEY)

    def send(message: Message) -> None:
        body, failures = _document(message), []
        browsers = list(Browser.objects.filter(user=message.recipient_id))
        for browser in browsers:
            try:
                _push(body, browser, message=message, key=key)
            except TransportError as error:
                failures.append(error)
        if len(failures) == len(browsers):
            # Another browser may be reached by another service, so that one failure says nothing of the rest.
            why = failures[0].why if failures else "no browser"
            raise TransportError(why, is_final=all(failure.is_final for failure in failures))

    yield send


def _document(message: Message) -> bytes:
    words = said(message, site="")
    return document(title=words.short, text=words.text.partition("\n\n")[0], path=words.path, name=message.id)


def document(*, title: str, text: str, path: str, name: UUID) -> bytes:
    """Return what our script in the browser shows: a title, a short text, the page to open."""
    said_short = shortened(text, most=LONGEST_TEXT)
    return json.dumps({"title": title, "text": said_short, "path": path, "tag": str(name)}, ensure_ascii=False).encode()


def _push(body: bytes, browser: Browser, *, message: Message, key: ec.EllipticCurvePrivateKey) -> None:
    to = Target(endpoint=browser.endpoint, key=bytes(browser.key), auth=bytes(browser.auth))
    status = push(body, to, name=message.id, is_urgent=message.is_urgent, key=key, at=message.tried_at)
    if status in GONE:
        Browser.objects.filter(pk=browser.pk).delete()
    require_taken(status)


def push(body: bytes, to: Target, *, name: UUID, is_urgent: bool, key: ec.EllipticCurvePrivateKey, at: datetime) -> int:
    """
    Send one push message, sealed for one browser, and return what its push service said.

    :raises TransportError: if it said nothing, or is none that we post to any more.
    """
    if not is_push_service(to.endpoint, settings.PUSH_HOSTS):  # the list has become shorter since
        why = "not allowed"
        raise TransportError(why, is_final=True)
    once, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(SALT)
    headers = {
        "Authorization": proof(key, endpoint=to.endpoint, contact=settings.PUSH_CONTACT, at=at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Topic": topic_of(str(name)),
        "Urgency": "high" if is_urgent else "normal",
    }
    return post(to.endpoint, encrypted(body, browser=to.key, auth=to.auth, once=once, salt=salt), headers=headers)
