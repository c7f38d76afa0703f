"""How a page comes to hear of changes: where the relay is, and the ticket that it asks for."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from onegrid.accounts.public import User
from onegrid.cases.public import audience_of
from onegrid.core.web.policy import let_connect
from onegrid.live.public import issue


@dataclass(frozen=True, kw_only=True)
class Line:
    """What a page needs to listen: the address of the relay, empty where there is none, and a ticket for it."""

    url: str
    ticket: str


def line_for(request: HttpRequest, *, by: User) -> Line:
    """Return how this page may listen, and let its policy allow the address."""
    url = relay_url(request)
    let_connect(request, _origin_of(url))
    origin = f"{request.scheme}://{request.get_host()}"
    return Line(url=url, ticket=issue(audience_of(by), origin=origin, at=timezone.now()) if url else "")


@require_GET
@never_cache
def ticket(request: HttpRequest) -> HttpResponse:
    """Give a page that stays open the next ticket."""
    assert isinstance(request.user, User)
    line = line_for(request, by=request.user)
    return JsonResponse({"url": line.url, "ticket": line.ticket})


def relay_url(request: HttpRequest) -> str:
    """
    Return the address of the relay as this page reaches it.

    It is the one that was set, else the port beside the site's on the same name.
    A page that came by HTTPS cannot reach that port, so it needs one that was set.
    """
    if settings.LIVE_URL:
        return f"{settings.LIVE_URL.rstrip('/')}/"
    if not settings.LIVE_PORT or request.is_secure():
        return ""
    name = urlsplit(f"//{request.get_host()}").hostname or ""
    return f"http://{f'[{name}]' if ':' in name else name}:{settings.LIVE_PORT}/"


def _origin_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
