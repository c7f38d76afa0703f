"""The small map of a case page: outlines around a place as SVG paths, drawn on the server."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from onegrid.core.fields import Point

WIDTH, HEIGHT = 300, 225
NARROWEST, WIDEST = 900.0, 8000.0  # meters from the left edge to the right one
DEGREE = 111_320  # meters of one degree of latitude

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class Shape:
    """One area around the place: its outline as an SVG path, its name, and whether the place lies in it."""

    path: str
    name: str
    is_here: bool


def width_for(bounds: Sequence[float], *, middle: Point) -> float:
    """Return how many meters the picture shows from left to right, so that all of a grid is seen around the place."""
    west, south, east, north = bounds
    across = max(east - middle.lon, middle.lon - west) * DEGREE * cos(radians(middle.lat))
    up = max(north - middle.lat, middle.lat - south) * DEGREE
    return min(WIDEST, max(NARROWEST, 2.2 * across, 2.2 * up * WIDTH / HEIGHT))


def path_of(rings: Iterable[Ring], *, middle: Point, meters: float) -> str:
    """Return rings of longitudes and latitudes as an SVG path, with the place in the middle of the picture."""
    scale = WIDTH / meters
    east, north = DEGREE * cos(radians(middle.lat)) * scale, -DEGREE * scale
    parts = []
    for ring in rings:
        points = [
            f"{WIDTH / 2 + (lon - middle.lon) * east:.0f} {HEIGHT / 2 + (lat - middle.lat) * north:.0f}"
            for lon, lat, *_height in ring
        ]
        parts.append("M" + "L".join(dict.fromkeys(points)) + "z")
    return "".join(parts)
