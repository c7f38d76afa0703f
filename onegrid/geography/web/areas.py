"""What every map asks, of strangers too: the outlines of the areas, and which of them a point lies in."""

import math
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from onegrid.core.errors import DomainError
from onegrid.core.installation import area_named
from onegrid.geography.models import Level
from onegrid.geography.readers.atlas import locate
from onegrid.geography.readers.locator import Location, Place
from onegrid.geography.readers.outlines import outlines_of
from onegrid.geography.rules.coordinates import CoordinateSystem

FOR_EVER: Final = "public, max-age=31536000, immutable"
FOR_A_MINUTE: Final = "public, max-age=60"


@require_GET
@login_not_required
def areas(request: HttpRequest, level: str) -> HttpResponse:
    """Send the outlines of a level; for ever to who asks for the edition that stands."""
    if level not in Level.values:
        raise Http404
    outlines = outlines_of(Level(level))
    response = HttpResponse(content_type="application/geo+json")
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = outlines.compressed
        response["Content-Encoding"] = "gzip"
    else:
        response.content = outlines.plain()
    response["Cache-Control"] = FOR_EVER if request.GET.get("edition") == outlines.edition else FOR_A_MINUTE
    patch_vary_headers(response, ["Accept-Encoding"])
    answer = get_conditional_response(request, etag=f'"{outlines.edition}"', response=response)
    assert isinstance(answer, HttpResponse)
    answer["ETag"] = f'"{outlines.edition}"'
    return answer


@require_GET
@login_not_required
def located(request: HttpRequest) -> HttpResponse:
    """Say in which grid, community and township a point lies, or in words why in none."""
    system = request.GET.get("system", CoordinateSystem.WGS84.value)
    try:
        location = locate(_number(request, "lon"), _number(request, "lat"), system)
    except DomainError as refusal:
        problem = {"title": _("No place found"), "status": refusal.status, "detail": str(refusal)}
        return JsonResponse(problem, status=refusal.status, content_type="application/problem+json")
    return JsonResponse(_told(location))


def _number(request: HttpRequest, name: str) -> float:
    try:
        return float(request.GET.get(name, ""))
    except ValueError:
        return math.nan


def _told(location: Location) -> dict[str, object]:
    levels = {"township": location.township, "community": location.community, "grid": location.grid}
    return {
        "lon": location.point.lon,
        "lat": location.point.lat,
        **{level: _named(place) for level, place in levels.items()},
    }


def _named(place: Place) -> dict[str, str]:
    return {"code": place.code, "name": area_named(place.name)}
