"""
The door of a web process: as many requests inside as it has hands for, a few waiting, all others turned away at once.

Without it a rush piles up where nobody sees it, everybody waits for longer than
they have patience, and what is answered in the end nobody is there to read
(DESIGN §8: sheds early, loses nothing acknowledged, recovers). Who is turned
away hears so in microseconds, before anything was written, and when to come back.

One source may have every hand and half of the waiting places, so that a flood from
it leaves places for everybody else; and who waits gets a hand by turns of sources, not
of requests (`core.hands`). Whose request is inside is known as long as it is.
"""

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from threading import BoundedSemaphore, Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from onegrid.core import metrics
from onegrid.core.api.problems import MEDIA_TYPE, ROOT, TITLES
from onegrid.core.hands import Hands
from onegrid.core.web.errors import NOT_SENT, WORDS
from onegrid.core.web.sources import source_of

logger = logging.getLogger(__name__)
ALWAYS = {"/healthz", "/readyz", "/metrics"}  # what machines ask when they want to know how we are
RETRY_AFTER = 5  # seconds
PATIENCE = 5.0  # seconds that somebody waits before they are turned away after all
HEARD_OUT = 4 * 1024 * 1024  # bytes of a body that is read and forgotten: a piece of an upload, a form with a photo
HEARERS = 6  # threads that do so at one time; of those that turn people away some stay free
_CHUNK = 256 * 1024
QUIET = 10.0  # seconds between two lines of the log that say so


class Door:
    """A WSGI application around another one. `turned_away` counts who was."""

    def __init__(self, inside: WSGIApplication, *, hands: int, waiting: int, patience: float = PATIENCE) -> None:
        self.turned_away = 0
        self._inside = inside
        self._patience = patience
        self._hands = Hands(hands)
        self._room = BoundedSemaphore(hands + waiting)
        self._most_of_one = hands + (waiting + 1) // 2
        self._inside_by_source: Counter[str] = Counter()
        self._counting = Lock()
        self._hearers = BoundedSemaphore(HEARERS)
        self._said_at = 0.0

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Let a request in, now or when a hand is free; probes always."""
        if environ.get("PATH_INFO") in ALWAYS:
            return self._inside(environ, start_response)
        source = source_of(environ)
        if not self._enter(source):
            return self._turn_away(environ, start_response)
        try:
            answer = self._inside(environ, start_response)
            if not isinstance(answer, HttpResponse):
                return _Answer(answer, lambda: self._leave(source))
            # What is whole is handed over whole: the server fetches the parts of everything else one by one, with
            # a turn of the interpreter's lock for each, and the hand would be busy until the last has been sent.
            body = [answer.content]
            answer.close()
        except BaseException:
            self._leave(source)
            raise
        self._leave(source)
        return body

    def _enter(self, source: str) -> bool:
        if not self._take_place(source):
            return False
        if self._hands.take(source, patience=self._patience):
            return True
        self._give_place_back(source)
        return False

    def _leave(self, source: str) -> None:
        self._hands.give_back(source)
        self._give_place_back(source)

    def _take_place(self, source: str) -> bool:
        with self._counting:
            if self._inside_by_source[source] >= self._most_of_one or not self._room.acquire(blocking=False):
                self._forget_if_gone(source)
                return False
            self._inside_by_source[source] += 1
        return True

    def _give_place_back(self, source: str) -> None:
        with self._counting:
            self._inside_by_source[source] -= 1
            self._forget_if_gone(source)
        self._room.release()

    def _forget_if_gone(self, source: str) -> None:
        if not self._inside_by_source[source]:
            del self._inside_by_source[source]

    def _turn_away(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.turned_away += 1
        metrics.count_shed()
        if time.monotonic() - self._said_at > QUIET:
            self._said_at = time.monotonic()
            logger.warning("door.turned_away", extra={"so_far": self.turned_away})
        self._hear_out(environ)
        is_program = environ.get("PATH_INFO", "").startswith(ROOT) or "HTTP_TUS_RESUMABLE" in environ
        kind = MEDIA_TYPE if is_program else "text/html; charset=utf-8"
        body = _said(kind, _language(environ), has_sent=environ.get("REQUEST_METHOD") == "POST")
        headers = {"Content-Type": kind, "Content-Length": str(len(body)), "Retry-After": str(RETRY_AFTER)}
        start_response("503 Service Unavailable", [*(headers | _CLOSED).items()])
        return [body]

    def _hear_out(self, environ: WSGIEnvironment) -> None:
        """Read what is being sent, as far as there is time: who is cut off while sending may never see our answer."""
        said = environ.get("CONTENT_LENGTH") or "0"
        left = int(said) if said.isascii() and said.isdigit() else 0
        if not 0 < left <= HEARD_OUT or not self._hearers.acquire(blocking=False):
            return
        try:
            while left > 0 and (data := environ["wsgi.input"].read(min(left, _CHUNK))):
                left -= len(data)
        except OSError:  # cut off: nobody reads our answer
            return
        finally:
            self._hearers.release()


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
def _said(kind: str, language: str, *, has_sent: bool) -> bytes:
    with translation.override(language):
        if kind != MEDIA_TYPE:
            words = NOT_SENT if has_sent else WORDS[503]
            return render_to_string("errors/page.html", {"words": words, "status": 503}).encode()
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
