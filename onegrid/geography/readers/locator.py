"""
Which grid a point lies in: answered in this process's memory, in microseconds.

The same point always gets the same answer: on a border the grid with the
smallest code, in a sliver between grids the nearest one. Outside the district
there is no answer but a refusal that says how far away the point is.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import shapely
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.fields import Point
from onegrid.geography.models import Area, Level
from onegrid.geography.rules.coordinates import CoordinateSystem, to_wgs84
from onegrid.geography.rules.distances import meters_between

SLIVER: Final = 5.0  # meters; borders of one edition do not fit better than their rounding
_KILOMETER: Final = 1000.0


class NoSuchPlaceError(InvalidInputError):
    """The coordinates name no place at all."""


class OutsideDistrictError(InvalidInputError):
    """The place is not in the district. `meters` says how far it is from the district's border."""

    def __init__(self, meters: float) -> None:
        self.meters = meters
        distance = (
            _("%(meters)d m") % {"meters": math.ceil(meters)}
            if meters < _KILOMETER
            else _("%(kilometers).1f km") % {"kilometers": meters / _KILOMETER}
        )
        message = _("This place is outside the district, %(distance)s from its border.") % {"distance": distance}
        super().__init__(message, fields={"location": message})


class NoAreasError(DomainError):
    """No areas stood on that day, so nothing can be located."""

    def __init__(self) -> None:
        super().__init__(_("The district had no areas on that day. Load a pack, or choose a later day."))


@dataclass(frozen=True, slots=True)
class Place:
    """An area as the locator knows it."""

    id: UUID
    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Location:
    """A point on WGS-84 and the area of each level it lies in."""

    point: Point
    grid: Place
    community: Place
    township: Place
    district: Place


class Locator:
    """The areas of one stretch of days, ready to be asked."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Prepare the areas' outlines; they are given once and not read again."""
        by_path = {area.path: area for area in areas}
        grids = sorted((area for area in by_path.values() if area.level == Level.GRID), key=lambda area: area.code)
        districts = [area for area in by_path.values() if area.level == Level.DISTRICT]
        if not grids or not districts:
            raise NoAreasError
        places = {path: Place(area.id, area.code, area.name, path) for path, area in by_path.items()}
        self._chains = [_chain(area.path, places) for area in grids]
        self._levels = {path: Level(area.level) for path, area in by_path.items()}
        self._places = places
        self._outlines = [_prepared(area) for area in grids]
        self._tree = shapely.STRtree(self._outlines)
        self._district = shapely.union_all([shape(area.outline) for area in districts])
        shapely.prepare(self._district)

    def locate(self, point: Point) -> Location:
        """
        Return where a WGS-84 point lies.

        :raises OutsideDistrictError: if it lies in no grid.
        """
        lon, lat = point
        spot = shapely.points(lon, lat)
        boxes = self._tree.query(spot)
        hits = [index for index in boxes.tolist() if shapely.intersects_xy(self._outlines[index], lon, lat)]
        index = min(hits) if hits else self._beside(spot, point)
        return Location(point, *self._chains[index])

    def around(self, point: Point, *, meters: float) -> list[tuple[Place, BaseGeometry]]:
        """Return the grids that reach into a square around a point, with their outlines."""
        up = meters / 111_320
        aside = up / math.cos(math.radians(point.lat))
        square = shapely.box(point.lon - aside, point.lat - up, point.lon + aside, point.lat + up)
        return [(self._chains[index][0], self._outlines[index]) for index in sorted(self._tree.query(square).tolist())]

    def places(self, level: Level, *, within: str = "") -> list[Place]:
        """Return the areas of one level by their paths, all of them or those inside one."""
        paths = sorted(path for path, found in self._levels.items() if found == level)
        return [self._places[path] for path in paths if not within or f"{path}/".startswith(f"{within}/")]

    def _beside(self, spot: BaseGeometry, point: Point) -> int:
        """Return the grid a few meters from a point that is in the district's outline but in no grid."""
        if shapely.intersects_xy(self._district, *point):
            reach = math.degrees(SLIVER / 6_000_000) / math.cos(math.radians(point.lat))
            near = self._tree.query(spot, predicate="dwithin", distance=reach)
            meters, index = min(
                ((round(_meters_to(self._outlines[index], spot, point), 3), int(index)) for index in near.tolist()),
                default=(math.inf, 0),
            )
            if meters <= SLIVER:
                return index
        raise OutsideDistrictError(_meters_to(self._district.boundary, spot, point))


def checked(lon: float, lat: float, system: CoordinateSystem | str) -> Point:
    """
    Return coordinates as a WGS-84 point.

    :raises NoSuchPlaceError: if they are not numbers of a place on earth, are 0, 0 or in an unknown system.
    """
    if system not in CoordinateSystem.values:
        known = ", ".join(CoordinateSystem.values)
        message = _("The coordinate system must be one of %(known)s.") % {"known": known}
        raise NoSuchPlaceError(message, fields={"system": message})
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):  # noqa: PLR2004
        message = _("Longitude must be between -180 and 180 and latitude between -90 and 90.")
        raise NoSuchPlaceError(message, fields={"location": message})
    if lon == 0 and lat == 0:
        message = _("The coordinates 0, 0 mean that the device did not know where it was.")
        raise NoSuchPlaceError(message, fields={"location": message})
    return to_wgs84(Point(lon, lat), CoordinateSystem(system))


def _prepared(area: Area) -> BaseGeometry:
    outline = shape(area.outline)
    shapely.prepare(outline)
    return outline


def _chain(path: str, places: dict[str, Place]) -> tuple[Place, Place, Place, Place]:
    district, township, community, _grid = path.split("/")
    township_path = f"{district}/{township}"
    return places[path], places[f"{township_path}/{community}"], places[township_path], places[district]


def _meters_to(outline: BaseGeometry, spot: BaseGeometry, point: Point) -> float:
    """Measure with degrees of longitude shrunk as they are at this latitude, so that nearest means on the ground."""
    shrink = math.cos(math.radians(point.lat))
    flat, flat_spot = (shapely.transform(geometry, lambda xy: xy * (shrink, 1.0)) for geometry in (outline, spot))
    nearest = shapely.get_coordinates(shapely.shortest_line(flat, flat_spot))[0]
    return meters_between(Point(nearest[0] / shrink, nearest[1]), point)
