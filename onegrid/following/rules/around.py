"""The surroundings of a point as a code: `120.65512,27.93145,500`, degrees and meters."""

import re
from dataclasses import dataclass
from math import cos, radians

from onegrid.core.fields import Point

LEAST, MOST = 100, 5000  # meters
PER_DEGREE = 111_320  # meters of a degree of latitude
_CODE = re.compile(r"(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?),(\d{1,5})")


@dataclass(frozen=True, slots=True)
class Around:
    """A point and how far from it something still counts, in meters."""

    point: Point
    meters: int

    @property
    def code(self) -> str:
        """Return it as it is kept, to the meter."""
        return f"{self.point.lon:.5f},{self.point.lat:.5f},{self.meters}"

    def box(self) -> tuple[Point, Point]:
        """Return the corners of the box that holds the circle: south-west, north-east."""
        high = self.meters / PER_DEGREE
        wide = high / max(0.01, cos(radians(self.point.lat)))
        lon, lat = self.point
        return Point(lon - wide, lat - high), Point(lon + wide, lat + high)


def around_of(code: str) -> Around | None:
    """Return the surroundings a code means; nothing where it is none, or too wide or narrow."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    lon, lat, meters = float(match[1]), float(match[2]), int(match[3])
    if not (-180 <= lon <= 180 and -90 <= lat <= 90 and LEAST <= meters <= MOST):  # noqa: PLR2004  # the whole earth
        return None
    return Around(Point(lon, lat), meters)
