"""One id for each request, in its answer and in every line of the log that speaks of it."""

import re
from collections.abc import Callable
from contextvars import ContextVar
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from onegrid.core.ids import new_id
from onegrid.core.web.discretion import is_discreet

HEADER = "X-Request-Id"
_ACCEPTED = re.compile(r"[A-Za-z0-9._-]{8,64}")

current: ContextVar[str] = ContextVar("request_id", default="")


def request_ids(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """
    Middleware: keep the id that the proxy before us gave, if it looks like one; make one otherwise.

    That of a discreet page would lead from its log to ours, and holds the moment if it is of our kind.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        discreet = is_discreet(request)
        token = current.set(str(uuid4()) if discreet else given if _ACCEPTED.fullmatch(given) else str(new_id()))
        try:
            request.META["onegrid.request_id"] = current.get()
            response = get_response(request)
            response[HEADER] = current.get()
        finally:
            current.reset(token)
        return response

    return middleware


def id_of(request: HttpRequest) -> str:
    """Return the id of a request, made now if no middleware has."""
    return str(request.META.setdefault("onegrid.request_id", current.get() or str(new_id())))
