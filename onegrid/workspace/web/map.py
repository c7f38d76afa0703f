"""The map of the area: the same cases as the list, under the same words of the address."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_GET

from onegrid.cases.public import CannotBeFoundError, Scope
from onegrid.core.api.problems import refusal
from onegrid.core.fields import Box
from onegrid.core.web.packing import packed_quickly
from onegrid.workspace.readers.area_map import AreaMap, area_map, pins
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError, read
from onegrid.workspace.web.frame import VIEWS, frame, may, officer

SIDE = "map-side"  # what a choice on the map swaps, besides the info box


@require_GET
@gzip_page
def board(request: HttpRequest) -> HttpResponse:
    """Show the map that the address asks for; without a duty that reads cases, what there is instead."""
    if not may(officer(request), *VIEWS):
        return render(request, "workspace/no_queue.html", frame(request, "map"))
    context: dict[str, Any] = {}
    try:
        page = _asked(request)
    except (NoSuchFilterError, CannotBeFoundError) as fault:
        page = area_map(Filters(scope=Scope.ALL), place="", by=officer(request), at=timezone.now())
        context["problem"] = str(fault)
    context["map"] = page
    is_part = request.headers.get("HX-Target") == SIDE
    context |= {"swapped": True} if is_part else frame(request, "map")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if "problem" in context else HTTPStatus.OK
    response = render(request, "workspace/_map_side.html" if is_part else "workspace/map.html", context, status=status)
    patch_vary_headers(response, ["HX-Target"])
    return response


@require_GET
@packed_quickly
def cases(request: HttpRequest) -> HttpResponse:
    """Send the cases in a part of the map one by one."""
    try:
        filters, box = _filters(request), _box(request.GET.get("box", ""))
        found = pins(filters, box=box, by=officer(request), at=timezone.now())
    except (NoSuchFilterError, CannotBeFoundError) as fault:
        return refusal(request, fault)
    return JsonResponse(found)


def _asked(request: HttpRequest) -> AreaMap:
    filters = _filters(request)
    place = request.GET.get("place", "") or filters.area
    return area_map(filters, place=place, by=officer(request), at=timezone.now())


def _filters(request: HttpRequest) -> Filters:
    words = {name: values for name, values in request.GET.lists() if name not in {"place", "box"}}
    # A map looks at everything one may see, unless the address says whose.
    return read({"scope": [Scope.ALL.value], **words})


def _box(text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = float("nan")
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):  # noqa: PLR2004 — degrees
        message = _("The box must be four numbers: west, south, east, north.")
        raise NoSuchFilterError(message, fields={"box": message})
    return Box(west, south, east, north)
