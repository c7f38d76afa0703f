"""For how long a page of the portal may be kept, by whom."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from onegrid.cases.public import case_number, strangers
from onegrid.core.web.kept_pages import is_stranger, keep

View = Callable[..., HttpResponse]
A_MINUTE = 60
LISTS_KEPT = 10  # seconds; who has just reported something looks whether it is there
NOBODYS = "onegrid.page_is_nobodys"


def kept_for_all(*, seconds: int = A_MINUTE) -> Callable[[View], View]:
    """
    Let everybody's caches keep what a view shows to strangers, and our own process too.

    The view draws the page without a token for forms and without waiting messages
    (`frame` sees to it). The page of a case is drawn anew within a second of its
    change. Who has a session or has chosen a language gets a page that only their browser keeps.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **arguments: object) -> HttpResponse:
            if not is_stranger(request):
                return _private(view(request, **arguments), seconds=seconds)
            request.META[NOBODYS] = True
            number = case_number(str(arguments.get("number", "")))
            keep(request, seconds=seconds, version=(lambda: _version(number)) if number else None)
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


def _version(number: str) -> object:
    """Return by what the page of a case is known to be the same; nothing where strangers may not see it."""
    return strangers.shown().filter(number=number).values_list("version", "report_count").first()
