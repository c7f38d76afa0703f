"""What a page of ours may load and where it may connect: the Content-Security-Policy, put into words once."""

from collections.abc import Callable
from functools import lru_cache

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase

GetResponse = Callable[[HttpRequest], HttpResponseBase]
_CONNECTS_TO = "onegrid.connects_to"


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Give every answer the policy of the settings, unless it came with one of its own. Middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault(HEADER, _policy(request.META.get(_CONNECTS_TO, "")))
        return response

    return middleware


def let_connect(request: HttpRequest, origin: str) -> None:
    """Let the page that answers this request connect to one more origin; none where that is empty."""
    request.META[_CONNECTS_TO] = origin


@lru_cache(maxsize=64)
def _policy(origin: str) -> str:
    """Return the policy; kept, because the library takes longer over it than the rest of a small answer does."""
    return build_policy(update={"connect-src": [origin]} if origin else None)
