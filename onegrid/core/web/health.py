"""
The questions a machine asks: is the process there, could it serve, what does it count?

They are answered before everything else, because a probe comes by address and
without a session, and because `/healthz` must answer when the database does not.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from onegrid.core import readiness
from onegrid.core.web.figures import figures

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def answer_probes(get_response: GetResponse) -> GetResponse:
    """Answer `/healthz`, `/readyz` and `/metrics`, and pass on all else. Middleware."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path)
        return probe(request) if probe else get_response(request)

    return middleware


def healthz(_: HttpRequest) -> HttpResponse:
    """Answer that the process is there."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


def readyz(_: HttpRequest) -> HttpResponse:
    """Answer whether database, migrations, queue and everything the apps need are there: 200 or 503, with reasons."""
    reasons = readiness.reasons()
    ready = not any(reason for name, reason in reasons.items() if readiness.prevents_serving(name))
    body = {"ready": ready, "checks": {name: reason or "ok" for name, reason in reasons.items()}}
    return JsonResponse(body, status=200 if ready else 503, headers={"Cache-Control": "no-store"})


PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/healthz": healthz, "/readyz": readyz, "/metrics": figures}
