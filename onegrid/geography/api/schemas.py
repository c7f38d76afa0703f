"""The shapes in which areas leave and enter through the API."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import Field, JsonValue

from onegrid.core.api.interface import In, Number
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.geography.models import Level
from onegrid.geography.rules.coordinates import CoordinateSystem


class AreaOut(Schema):
    """An area, without its outline."""

    code: str
    name: str
    level: Level
    parent: str | None
    path: str
    lon: float
    lat: float
    opens_on: date


class OutlinedAreaOut(AreaOut):
    """An area with its outline, a GeoJSON geometry on WGS-84."""

    outline: dict[str, JsonValue]


class AreasOut(Schema):
    """A page of areas; `next_after` is empty at the end."""

    areas: list[AreaOut]
    next_after: str


class AreasIn(In):
    """Which areas: of a level, within another one, page by page."""

    level: Level | None = None
    within: Annotated[str, Field(max_length=20)] = ""
    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class LocationIn(In):
    """A place; `x` is longitude and `y` latitude in `system`."""

    x: Number
    y: Number
    system: CoordinateSystem = CoordinateSystem.WGS84


class AreaNameOut(Schema):
    code: str
    name: str


class LocationOut(Schema):
    """The area of each level that a place lies in, and the place on WGS-84."""

    lon: float
    lat: float
    grid: AreaNameOut
    community: AreaNameOut
    township: AreaNameOut
    district: AreaNameOut
