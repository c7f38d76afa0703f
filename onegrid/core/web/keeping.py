"""For how long what strangers see may be kept, by whom."""

from collections.abc import Callable
from functools import partial, wraps
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from onegrid.core.web.kept_pages import is_stranger, keep

View = Callable[..., HttpResponse]
Answering = Callable[..., HttpResponseBase]
Version = Callable[..., object]
A_MINUTE = 60
LISTS_KEPT = 10  # seconds; who has just reported something looks whether it is there
NOBODYS = "onegrid.page_is_nobodys"


def kept_for_all(*, seconds: int = A_MINUTE, version: Version | None = None) -> Callable[[View], Answering]:
    """
    Let everybody's caches keep what a view shows to strangers, and our own process too.

    The view draws the page without a token for forms and without waiting messages
    (its frame asks for `NOBODYS`). Where `version` tells, from the arguments of the view, by what
    the page is known to be the same, it is drawn anew within a second of a change. Who has a session
    or has chosen a language gets a page that only their browser keeps.
    """

    def decorate(view: View) -> Answering:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: object) -> HttpResponseBase:
            if not is_stranger(request):
                return _private(view(request, **arguments), seconds=seconds)
            request.META[NOBODYS] = True
            ready = keep(request, seconds=seconds, version=partial(version, **arguments) if version else None)
            if ready is not None:
                return ready
            response = view(request, **arguments)
            if response.status_code != HTTPStatus.OK:
                return response
            if settings.LANGUAGE_COOKIE_NAME in request.COOKIES:
                _private(response, seconds=seconds)
            response.headers.setdefault("Cache-Control", _public(response, seconds))
            response["ETag"] = f'"{sha256(response.content).hexdigest()[:32]}"'
            return response

        return answer

    return decorate


def _public(response: HttpResponse, seconds: int) -> str:
    """Shared caches keep a page; a browser asks each time, because its reader may change the language."""
    is_page = response["Content-Type"].startswith("text/html")
    return f"public, max-age=0, s-maxage={seconds}" if is_page else f"public, max-age={seconds}"


def _private(response: HttpResponse, *, seconds: int) -> HttpResponse:
    if response.status_code == HTTPStatus.OK:
        response.headers.setdefault("Cache-Control", f"private, max-age={seconds}")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response
