"""
The door of a web process: as many requests inside as it has hands for, a few waiting, all others turned away at once.

Without it a rush piles up where nobody sees it, everybody waits for longer than
they have patience, and what is answered in the end nobody is there to read
(DESIGN §8: sheds early, loses nothing acknowledged, recovers). Who is turned
away hears so in microseconds, before anything was written, and when to come back.
"""

import json
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from threading import BoundedSemaphore
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from onegrid.core import metrics
from onegrid.core.api.problems import MEDIA_TYPE, ROOT, TITLES
from onegrid.core.web.errors import WORDS

logger = logging.getLogger(__name__)
ALWAYS = {"/healthz", "/readyz", "/metrics"}  # what machines ask when they want to know how we are
RETRY_AFTER = 5  # seconds
PATIENCE = 5.0  # seconds that somebody waits before they are turned away after all
QUIET = 10.0  # seconds between two lines of the log that say so


class Door:
    """A WSGI application around another one. `turned_away` counts who was."""

    def __init__(self, inside: WSGIApplication, *, hands: int, waiting: int, patience: float = PATIENCE) -> None:
        self.turned_away = 0
        self._inside = inside
        self._patience = patience
        self._hands = BoundedSemaphore(hands)
        self._room = BoundedSemaphore(hands + waiting)
        self._said_at = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request in, now or when a hand is free; probes always."""
        if environ.get("PATH_INFO") in ALWAYS:
            return self._inside(environ, start_response)
        if not self._enter():
            return self._turn_away(environ, start_response)
        try:
            answer = self._inside(environ, start_response)
            if not isinstance(answer, HttpResponse):
                return _Answer(answer, self._leave)
            # What is whole is handed over whole: the server fetches the parts of everything else one by one, with
            # a turn of the interpreter's lock for each, and the hand would be busy until the last has been sent.
            body = [answer.content]
            answer.close()
        except BaseException:
            self._leave()
            raise
        self._leave()
        return body

    def _enter(self) -> bool:
        if not self._room.acquire(blocking=False):
            return False
        if self._hands.acquire(timeout=self._patience):
            return True
        self._room.release()
        return False

    def _leave(self) -> None:
        self._hands.release()
        self._room.release()

    def _turn_away(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.turned_away += 1
        metrics.count_shed()
        if time.monotonic() - self._said_at > QUIET:
            self._said_at = time.monotonic()
            logger.warning("door.turned_away", extra={"so_far": self.turned_away})
        kind = MEDIA_TYPE if environ.get("PATH_INFO", "").startswith(ROOT) else "text/html; charset=utf-8"
        body = _said(kind, _language(environ))
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Retry-After": str(RETRY_AFTER)}
        start_response("503 Service Unavailable", [*(headers | _CLOSED).items()])
        return [body]


class _Answer:
    """What the application answers; whoever has read it lets the next one in."""

    def __init__(self, body: Iterable[bytes], leave: Callable[[], None]) -> None:
        self._body, self._leave = body, leave

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """End the request, once."""
        leave, self._leave = self._leave, lambda: None
        try:
            if close := getattr(self._body, "close", None):
                close()
        finally:
            leave()


_CLOSED = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:",
}


@cache
def _said(kind: str, language: str) -> bytes:
    with translation.override(language):
        if kind != MEDIA_TYPE:
            return render_to_string("errors/page.html", {"words": WORDS[503], "status": 503}).encode()
        title, detail = str(TITLES[503]), str(WORDS[503].text)
        document = {"type": "urn:onegrid:Busy", "title": title, "status": 503, "detail": detail}
        return json.dumps(document, ensure_ascii=False).encode()


def _language(environ: WSGIEnvironment) -> str:
    """Return the language the reader has chosen, or prefers, without anything but the request."""
    cookies = environ.get("HTTP_COOKIE", "").split("; ")
    chosen = next((each.partition("=")[2] for each in cookies if each.startswith("language=")), "")
    preferred = (code for code, _weight in parse_accept_lang_header(environ.get("HTTP_ACCEPT_LANGUAGE", "")[:200]))
    for code in (chosen, *preferred):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return str(settings.LANGUAGE_CODE)
