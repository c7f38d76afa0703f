"""
What is noted of every request: one line in the log, its figures, and statements that took too long.

The line holds the view's name and never the address, which may be somebody's
private link; the statement is noted as it was written, without its parameters.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponseBase

from onegrid.core import metrics
from onegrid.core.postgres.lasting.ahead import Timekeeper
from onegrid.core.web.discretion import is_discreet

access = logging.getLogger("onegrid.access")
slow = logging.getLogger("onegrid.slow")

LONGEST_STATEMENT = 2000  # characters that are noted of it
Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


class Meter(Timekeeper):
    """Counts the statements of one request, and notes those that took too long."""

    __slots__ = ("_limit", "_request", "statements")

    def __init__(self, request: HttpRequest, limit: float) -> None:
        self.statements = 0
        self._request, self._limit = request, limit

    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001, PLR0917  # as Django calls it
        """Run a statement."""
        self.statements += 1
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.has_taken(sql, time.perf_counter() - started)

    def has_taken(self, statement: object, seconds: float) -> None:
        """Note a statement that took too long."""
        if 0 < self._limit <= seconds:
            _note_slow(self._request, statement, seconds)


def metered(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: count the request and write its line, whatever becomes of it; of discreet pages nothing."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_discreet(request):
            return get_response(request)
        started = time.perf_counter()
        meter = Meter(request, settings.SLOW_QUERY_SECONDS)
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


def _note_slow(request: HttpRequest, sql: object, took: float) -> None:
    metrics.count_slow_statement()
    # What was put together by psycopg holds its values already; then only that it was slow is said.
    text = sql[:LONGEST_STATEMENT] if isinstance(sql, str) else type(sql).__name__
    slow.warning(
        "database.slow_statement", extra={"view": view_of(request), "ms": round(took * 1000, 1), "statement": text}
    )
