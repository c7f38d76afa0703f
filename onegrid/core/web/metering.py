"""
What is noted of every request: one line in the log, its figures, and statements that took too long.

The line holds the view's name and never the address, which may be somebody's private link.
"""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from onegrid.core import metrics
from onegrid.core.slow_statements import Meter
from onegrid.core.web.discretion import is_discreet

access = logging.getLogger("onegrid.access")


def metered(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: count the request and write its line, whatever becomes of it; of discreet pages nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_discreet(request):
            return get_response(request)
        started = time.perf_counter()
        meter = Meter(lambda: {"view": view_of(request)}, settings.SLOW_QUERY_SECONDS)
        with connection.execute_wrapper(meter):
            response = get_response(request)
        took = time.perf_counter() - started
        view, status = view_of(request), response.status_code
        metrics.count_request(view=view, status=status, seconds=took, statements=meter.statements)
        if access.isEnabledFor(logging.INFO):
            access.info(
                "request",
                extra={
                    "method": request.method,
                    "view": view,
                    "status": status,
                    "ms": round(took * 1000, 1),
                    "statements": meter.statements,
                },
            )
        return response

    return middleware


def view_of(request: HttpRequest) -> str:
    """Return the name of the view that a request has led to, `static` for a file of ours, else `none`."""
    match = request.resolver_match
    if match:
        return match.view_name or "unnamed"
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"
