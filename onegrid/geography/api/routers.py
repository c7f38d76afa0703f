"""Areas, and which of them a place lies in."""

from django.http import HttpRequest
from ninja import Query, Router

from onegrid.core.api.scopes import READ, scoped
from onegrid.geography.api.schemas import (
    AreaNameOut,
    AreaOut,
    AreasIn,
    AreasOut,
    LocationIn,
    LocationOut,
    OutlinedAreaOut,
)
from onegrid.geography.models import Area, Level
from onegrid.geography.readers.areas import standing_area, standing_areas
from onegrid.geography.readers.atlas import locate
from onegrid.geography.readers.locator import Place

router = Router(tags=["areas"])


@router.get("", response=AreasOut, operation_id="areas")
@scoped(READ)
def areas(request: HttpRequest, asked: Query[AreasIn]) -> AreasOut:  # noqa: ARG001 — ninja passes it
    """List the areas that stand now, by code."""
    page = standing_areas(level=asked.level or "", within=asked.within, after=asked.after, limit=asked.limit)
    return AreasOut(areas=[_area(area) for area in page.rows], next_after=page.next_after)


@router.post("/locations", response=LocationOut, operation_id="locate")
@scoped(READ)
def locations(request: HttpRequest, payload: LocationIn) -> LocationOut:  # noqa: ARG001 — ninja passes it
    """Find the areas that a place lies in."""
    found = locate(payload.x, payload.y, payload.system)
    return LocationOut(
        lon=found.point.lon,
        lat=found.point.lat,
        grid=_place(found.grid),
        community=_place(found.community),
        township=_place(found.township),
        district=_place(found.district),
    )


@router.get("/{code}", response=OutlinedAreaOut, operation_id="area")
@scoped(READ)
def one_area(request: HttpRequest, code: str) -> OutlinedAreaOut:  # noqa: ARG001 — ninja passes it
    """Show an area with its outline."""
    area = standing_area(code)
    return OutlinedAreaOut(**_area(area).model_dump(), outline=area.outline)


def _area(area: Area) -> AreaOut:
    return AreaOut(
        code=area.code,
        name=area.name,
        level=Level(area.level),
        parent=area.parent.code if area.parent else None,
        path=area.path,
        lon=area.label_at.lon,
        lat=area.label_at.lat,
        opens_on=area.opens_on,
    )


def _place(place: Place) -> AreaNameOut:
    return AreaNameOut(code=place.code, name=place.name)
