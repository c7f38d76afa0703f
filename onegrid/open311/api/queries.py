"""What an address asks for, as the readers understand it. An empty parameter is as good as none."""

import math
import re
from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.fields import Circle, Point
from onegrid.open311.readers.offer import UnknownServiceError
from onegrid.open311.readers.requests import Asked
from onegrid.open311.readers.updates import AskedUpdates
from onegrid.open311.rules import spans

MOST_ROWS: Final = 1000  # GeoReport's own limit, and what it gives where nothing is said
MOST_PAGES: Final = 10_000  # rows that may be counted over to find a page; whoever wants more follows the Link
FARTHEST: Final = 100_000  # meters
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,24}")
_STATES = {"open": True, "closed": False}


class UnusableParameterError(InvalidInputError):
    """A parameter of the address cannot be understood."""

    def __init__(self, message: str, *, name: str) -> None:
        super().__init__(message, fields={name: message})


def asked(request: HttpRequest, *, now: datetime) -> Asked:
    """
    Return which requests somebody asks for.

    :raises InvalidInputError: if a parameter cannot be understood.
    :raises UnknownServiceError: if there never was such a service.
    """
    if numbers := _numbers(request):
        return Asked(numbers=numbers)
    start, end = _moment(request, "start_date"), _moment(request, "end_date")
    since, before = _moment(request, "updated_after"), _moment(request, "updated_before")
    is_about_changes = (since or before) and not (start or end)
    return Asked(
        service_codes=_service_codes(request),
        is_open=_is_open(request),
        requested=spans.ALWAYS if is_about_changes else spans.requested_in(start, end, now=now),
        updated=spans.Span(since, before),
        near=_near(request),
    )


def asked_updates(request: HttpRequest, *, now: datetime) -> AskedUpdates:
    """
    Return which updates somebody asks for: of named requests all, else those of the 90 days.

    :raises InvalidInputError: if a parameter cannot be understood.
    """
    numbers, start, end = _numbers(request), _moment(request, "start_date"), _moment(request, "end_date")
    if numbers and not (start or end):
        return AskedUpdates(numbers=numbers)
    return AskedUpdates(numbers=numbers, written=spans.requested_in(start, end, now=now))


def page_and_size(request: HttpRequest) -> tuple[int, int]:
    """
    Return which page is asked for, counted from one, and how many rows one has.

    :raises UnusableParameterError: if there is no such page.
    """
    size = _whole(request, "page_size", MOST_ROWS)
    page = _whole(request, "page", 1)
    if size > MOST_ROWS:
        message = _("At most %(most)d requests on a page.") % {"most": MOST_ROWS}
        raise UnusableParameterError(message, name="page_size")
    if (page - 1) * size > MOST_PAGES:
        message = _("Pages so far back are reached by the address in the header Link, or by a shorter span of dates.")
        raise UnusableParameterError(message, name="page")
    return page, size


def address_of(request: HttpRequest) -> Callable[[UUID], str]:
    """Return by which address somebody sees a photo."""
    return lambda photo: request.build_absolute_uri(reverse("portal:photo", args=[photo]))


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()


def _words(request: HttpRequest, name: str) -> list[str]:
    """Return the words of a parameter that may be repeated and hold several with commas between, each once."""
    words = (word.strip() for value in request.GET.getlist(name) for word in value.split(","))
    return list(dict.fromkeys(word for word in words if word))


def _numbers(request: HttpRequest) -> list[str]:
    """Return the numbers that are asked for; what cannot be one stays, so that nothing else is shown for it."""
    numbers = _words(request, "service_request_id")
    if len(numbers) > MOST_ROWS:
        message = _("At most %(most)d requests on a page.") % {"most": MOST_ROWS}
        raise UnusableParameterError(message, name="service_request_id")
    return [number if _NUMBER.fullmatch(number) else "-" for number in numbers]


def _service_codes(request: HttpRequest) -> list[str]:
    codes = _words(request, "service_code")
    known = {entry.code for entry in catalogue().by_id.values()} if codes else set()
    for code in codes:
        if code not in known:
            raise UnknownServiceError(code)
    return codes


def _is_open(request: HttpRequest) -> bool | None:
    words = {word.lower() for word in _words(request, "status")}
    if words - set(_STATES):
        message = _("Choose one of: %(offered)s.") % {"offered": "open, closed"}
        raise UnusableParameterError(message, name="status")
    return _STATES[words.pop()] if len(words) == 1 else None


def _moment(request: HttpRequest, name: str) -> datetime | None:
    return spans.moment(_said(request, name), name=name, zone=get_default_timezone())


def _near(request: HttpRequest) -> Circle | None:
    """Return around which place is asked; a place without a radius names the jurisdiction, and there is but one."""
    radius = _number(request, "radius")
    if radius is None:
        return None
    lat, lon = _number(request, "lat"), _number(request, "long")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:  # noqa: PLR2004 — degrees
        raise UnusableParameterError(_("A radius needs lat and long, in degrees on WGS-84."), name="lat")
    if not 0 < radius <= FARTHEST:
        message = _("A radius has more than 0 and at most %(most)d meters.") % {"most": FARTHEST}
        raise UnusableParameterError(message, name="radius")
    return Circle(Point(lon, lat), radius)


def _number(request: HttpRequest, name: str) -> float | None:
    text = _said(request, name)
    try:
        number = float(text) if text else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise UnusableParameterError(_("This must be a number."), name=name)
    return number


def _whole(request: HttpRequest, name: str, default: int) -> int:
    text = _said(request, name)
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) <= 9 and int(text) > 0):  # noqa: PLR2004 — digits
        raise UnusableParameterError(_("This must be a whole number from 1 on."), name=name)
    return int(text)
