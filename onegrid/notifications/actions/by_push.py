"""
Send messages as web push to every browser in which their reader turned it on.

A browser shows a message that comes twice once, because both carry the same tag.
A browser that its push service no longer knows is forgotten.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from onegrid.notifications.actions.posting import post, require_taken
from onegrid.notifications.models import Browser
from onegrid.notifications.rules.messages import Message, said, shortened
from onegrid.notifications.rules.push import SALT, encrypted, is_push_service, proof, server_key, topic_of
from onegrid.notifications.rules.transport import Send, TransportError

KEPT = 12 * 3600  # seconds for which a push service keeps a message for a browser that is off
LONGEST_TEXT = 200
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


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
    text = shortened(words.text.partition("\n\n")[0], most=LONGEST_TEXT)
    document = {"title": words.short, "text": text, "path": words.path, "tag": str(message.id)}
    return json.dumps(document, ensure_ascii=False).encode()


def _push(body: bytes, browser: Browser, *, message: Message, key: ec.EllipticCurvePrivateKey) -> None:
    if not is_push_service(browser.endpoint, settings.PUSH_HOSTS):  # the list has become shorter since
        why = "not allowed"
        raise TransportError(why, is_final=True)
    once, salt = ec.generate_private_key(ec.SECP256R1()), os.urandom(SALT)
    headers = {
        "Authorization": proof(key, endpoint=browser.endpoint, contact=settings.PUSH_CONTACT, at=message.tried_at),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Topic": topic_of(str(message.id)),
        "Urgency": "high" if message.is_urgent else "normal",
    }
    sealed = encrypted(body, browser=bytes(browser.key), auth=bytes(browser.auth), once=once, salt=salt)
    status = post(browser.endpoint, sealed, headers=headers)
    if status in _GONE:
        Browser.objects.filter(pk=browser.pk).delete()
    require_taken(status)
