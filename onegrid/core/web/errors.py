"""Every page that says no: plain words, what to do next, and a number to quote when it is our fault."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onegrid.core.errors import PASSING, DomainError
from onegrid.core.ids import new_id

logger = logging.getLogger(__name__)

RETRY_AFTER = {HTTPStatus.TOO_MANY_REQUESTS: 60, HTTPStatus.SERVICE_UNAVAILABLE: 30}  # seconds
OURS = {HTTPStatus.FORBIDDEN, HTTPStatus.INTERNAL_SERVER_ERROR}  # worth a number to quote


@dataclass(frozen=True)
class Words:
    """What a page says about a status."""

    icon: str
    kind: str | Promise
    heading: str | Promise
    text: str | Promise


WORDS = {
    400: Words(
        "alert-circle",
        _("Not understood"),
        _("We could not read this request"),
        _("Go back and try again. If you followed a link, it may be incomplete."),
    ),
    403: Words(
        "lock",
        _("No permission"),
        _("This is outside your duties"),
        _("You cannot see or do this with the duties you hold. Opening it is not counted against you."),
    ),
    404: Words(
        "search",
        _("Not found"),
        _("There is nothing here for you"),
        _("The address may be wrong, or what it led to is not in your area."),
    ),
    409: Words(
        "refresh",
        _("Changed in the meantime"),
        _("Your change was not applied"),
        _("Somebody was quicker. Load the page again to see how it stands now."),
    ),
    413: Words(
        "file-upload",
        _("Too large"),
        _("What you sent is too large"),
        _("Send fewer or smaller files, or let us shrink the photos."),
    ),
    422: Words(
        "alert-circle",
        _("Not possible like this"),
        _("This could not be accepted"),
        _("Go back; what you wrote is still there."),
    ),
    429: Words(
        "hourglass",
        _("Too many requests"),
        _("Please wait a moment"),
        _("There were too many requests from here. Try again in a minute."),
    ),
    500: Words(
        "alert-triangle",
        _("Our fault"),
        _("Something went wrong on our side"),
        _("What you were doing may not have been saved. We have noted the fault; please try again."),
    ),
    503: Words(
        "hourglass",
        _("Busy"),
        _("We are busy right now"),
        _("Nothing is lost. Please try again in half a minute."),
    ),
}
NOT_SENT = Words(
    "hourglass",
    _("Busy"),
    _("We are busy right now"),
    _(
        "What you sent has not been taken yet. "
        "Load this page again in half a minute and let the browser send it once more."
    ),
)
SESSION_ENDED = Words(
    "clock",
    _("Not sent"),
    _("This form was open for too long"),
    _("Your session has changed since the page was loaded. Go back, load the page again and send it once more."),
)


def page(request: HttpRequest, status: int, *, text: str = "", words: Words | None = None) -> HttpResponse:
    """Render what a status means; for a swap of htmx only the note."""
    reference = ""
    if status in OURS:
        reference = new_id().hex[-8:].upper()
        # The route, not the path: some paths are secrets.
        route = request.resolver_match.route if request.resolver_match else ""
        logger.warning("page.refused", extra={"status": status, "route": route, "reference": reference})
    context = {"words": words or WORDS[status], "text": text, "status": status, "reference": reference}
    template = "errors/note.html" if request.headers.get("HX-Request") else "errors/page.html"
    response = render(request, template, context, status=status)
    if status in RETRY_AFTER:
        response["Retry-After"] = str(RETRY_AFTER[HTTPStatus(status)])
    return response


class DomainErrorPages:
    """Shows a `DomainError` that no view has dealt with, with its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show the refusal."""
        if isinstance(exception, DomainError):
            return page(request, exception.status, text=str(exception))
        return None


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Show that a request could not be read, or was too large to be."""
    return page(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """Show that somebody may not do this."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  as Django calls it
    """Show that there is nothing at this address."""
    return page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Show that somebody has to wait."""
    return page(request, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """Show that we have failed, or that the database has no place for this request now."""
    return page(request, 503 if isinstance(sys.exc_info()[1], PASSING) else 500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  as Django calls it
    """Show that a form came without the token of this session, mostly because it was open for long."""
    return page(request, 403, words=SESSION_ENDED)
