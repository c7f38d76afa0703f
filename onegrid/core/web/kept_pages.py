"""
Public pages kept ready in this process: for somebody without a session a page that was just drawn is not drawn again.

While a page is drawn for the first time, who else asks for it waits for that (ADR 30): a front page that counts all
cases is counted once and not by everybody at once.

A view says with `keep` for how long its answer may be kept, and by which version;
where it names one, the version is asked for again every second, so that a page
never lags behind a change by more than that. Everything else about an answer
(cookies, sessions, another language) keeps it out of here.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response
from django.utils.http import parse_http_date_safe
from django.utils.translation import get_language_from_request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Version = Callable[[], object]

MOST_BYTES = 32 * 1024 * 1024  # in each process
LONGEST_ADDRESS = 400
CHECKED_EVERY = 1.0  # seconds
PATIENCE = 4.0  # seconds that somebody waits for the page that another one draws, before they draw it themselves
OVERLAP = 5.0  # seconds for which the old page still serves while one thread draws the new one
_READS = {"GET", "HEAD"}
_WISH = "onegrid.keep"
_KEY = "onegrid.page"
_DRAWS = "onegrid.draws"

_Key = tuple[str, str, str]


@dataclass(slots=True)
class _Page:
    content: bytes
    headers: dict[str, str]
    until: float
    version: Version | None
    seen: object
    checked_at: float
    view: ResolverMatch | None  # by which the request is counted
    lock: threading.Lock = field(default_factory=threading.Lock)


_pages: OrderedDict[_Key, _Page] = OrderedDict()
_drawn: dict[_Key, threading.Event] = {}  # set when it is there, or is not kept after all
_lock = threading.Lock()
_size = [0]


def kept_pages(get_response: GetResponse) -> GetResponse:
    """Answer strangers from what is kept; keep what a view allows. Middleware, before anything that opens a session."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method not in _READS or not is_stranger(request):
            return get_response(request)
        key = (request.get_host(), request.get_full_path(), _language(request))
        page = _current(key)
        if page is None:
            return _drawn_by(get_response, request, key)
        request.resolver_match = page.view
        return conditional(request, HttpResponse(page.content, headers=page.headers))

    return middleware


def _drawn_by(get_response: GetResponse, request: HttpRequest, key: _Key) -> HttpResponseBase:
    request.META[_KEY] = key
    try:
        response = get_response(request)
        is_kept = _keep(key, request, response)
    finally:
        if _DRAWS in request.META:
            _let_go(key)
    return conditional(request, response) if is_kept and isinstance(response, HttpResponse) else response


def is_stranger(request: HttpRequest) -> bool:
    """Tell whether somebody comes without a session, without a key and without a message waiting for them."""
    if "HTTP_AUTHORIZATION" in request.META:
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES and "messages" not in request.COOKIES


def keep(request: HttpRequest, *, seconds: float, version: Version | None = None) -> HttpResponseBase | None:
    """
    Say that the answer to this request may be kept; `version` tells by what it would have to be drawn anew.

    Return the answer if somebody was drawing it already, and has; then there is nothing left to do.
    """
    key: _Key | None = request.META.get(_KEY)
    if key and not _draws(key, request) and (page := _current(key)):
        return conditional(request, HttpResponse(page.content, headers=page.headers))
    request.META[_WISH] = (seconds, version, version() if version else None)
    return None


def _draws(key: _Key, request: HttpRequest) -> bool:
    """Tell whether a request is the one that draws a page; where another does, wait until it has."""
    with _lock:
        drawn = _drawn.get(key)
        if drawn is None:
            _drawn[key] = threading.Event()
            request.META[_DRAWS] = True
            return True
    drawn.wait(PATIENCE)
    return False


def _let_go(key: _Key) -> None:
    with _lock:
        drawn = _drawn.pop(key)
    drawn.set()


def conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase:
    """Return an answer, or that the asker has it already, by its ETag and by when it last changed."""
    changed = parse_http_date_safe(response["Last-Modified"]) if response.has_header("Last-Modified") else None
    answer = get_conditional_response(request, etag=response["ETag"], last_modified=changed, response=response)
    return answer or response


def forget() -> None:
    """Keep nothing of what is kept, in this process."""
    with _lock:
        _pages.clear()
        _size[0] = 0


def _current(key: _Key) -> _Page | None:
    page, now = _pages.get(key), time.monotonic()
    if page is None:
        return None
    if now < page.until and now < page.checked_at + CHECKED_EVERY:
        return page
    if not page.lock.acquire(blocking=False):
        return page  # another thread is looking after it
    try:
        return page if _is_still_right(page, now) else None
    finally:
        page.lock.release()


def _is_still_right(page: _Page, now: float) -> bool:
    if now >= page.until:
        page.until = now + OVERLAP
        return False
    if page.version is not None and page.version() != page.seen:
        page.until = 0.0
        return False
    page.checked_at = now
    return True


def _keep(key: _Key, request: HttpRequest, response: HttpResponseBase) -> bool:
    wish = request.META.get(_WISH)
    if wish is None or not _can_be_kept(key, response):
        return False
    assert isinstance(response, HttpResponse)
    seconds, version, seen = wish
    now = time.monotonic()
    # Somebody looked whether there is a session; there was none, and with one this answer is not given.
    parts = (part.strip() for part in response.get("Vary", "").split(","))
    response["Vary"] = ", ".join(part for part in parts if part and part != "Cookie")
    page = _Page(response.content, dict(response.items()), now + seconds, version, seen, now, request.resolver_match)
    with _lock:
        before = _pages.pop(key, None)
        _pages[key] = page
        _size[0] += len(page.content) - (len(before.content) if before else 0)
        while _size[0] > MOST_BYTES:
            _, oldest = _pages.popitem(last=False)
            _size[0] -= len(oldest.content)
    return True


def _can_be_kept(key: _Key, response: HttpResponseBase) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == HTTPStatus.OK
        and not response.cookies
        and response.has_header("ETag")
        and len(key[1]) <= LONGEST_ADDRESS
    )


def _language(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return _understood(chosen, request.headers.get("Accept-Language", ""))


@lru_cache(maxsize=1024)
def _understood(chosen: str, accepted: str) -> str:
    """Return the language that Django finds for a cookie and a header; parsing it takes longest of all."""
    asked = HttpRequest()
    asked.COOKIES[settings.LANGUAGE_COOKIE_NAME] = chosen
    asked.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return get_language_from_request(asked)
