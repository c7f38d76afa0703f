"""
`/metrics`, for the one who watches: closed unless asked from this machine or with the token.

A proxy on this machine asks from here too, on behalf of anybody. So whatever
shows that it was passed on (a forwarding header, a name that is not this
machine's) counts as coming from outside.
"""

from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from onegrid.core.metrics import exposition

NEAR = {"localhost", "127.0.0.1", "[::1]"}
FORWARDED = (
    "HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
)  # fmt: skip


def figures(request: HttpRequest) -> HttpResponse:
    """Answer with all figures, or refuse."""
    if _has_token(request) or _is_near(request):
        return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})
    if settings.METRICS_TOKEN:
        return _refused(HTTPStatus.UNAUTHORIZED, {"WWW-Authenticate": "Bearer"})
    return _refused(HTTPStatus.FORBIDDEN, {})


def _has_token(request: HttpRequest) -> bool:
    scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and scheme.lower() == "bearer" and constant_time_compare(token.strip(), wanted)


def _is_near(request: HttpRequest) -> bool:
    if any(name in request.META for name in FORWARDED):
        return False
    host = request.META.get("HTTP_HOST", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    try:
        return name in NEAR and ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _refused(status: HTTPStatus, headers: dict[str, str]) -> HttpResponse:
    text = "Only from this machine, or with the token of ONEGRID_METRICS_TOKEN.\n"
    return HttpResponse(
        text, status=status, content_type="text/plain", headers={"Cache-Control": "no-store", **headers}
    )
