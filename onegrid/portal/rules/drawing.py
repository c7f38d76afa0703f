"""Outlines of areas as SVG paths, drawn on the server: the same picture with and without script."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from onegrid.core.fields import Point

WIDTH, HEIGHT, MARGIN = 320.0, 220.0, 10.0

Ring = Sequence[Sequence[float]]


def rings_of(outline: Mapping[str, Any]) -> list[Ring]:
    """Return every ring of a GeoJSON Polygon or MultiPolygon."""
    polygons = [outline["coordinates"]] if outline["type"] == "Polygon" else outline["coordinates"]
    return [ring for polygon in polygons for ring in polygon]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Where places come to lie on the picture."""

    west: float
    north: float
    east_scale: float
    north_scale: float
    left: float
    top: float

    def at(self, place: Point | Sequence[float]) -> tuple[float, float]:
        """Return the spot of a place."""
        x = self.left + (place[0] - self.west) * self.east_scale
        return round(x, 1), round(self.top + (self.north - place[1]) * self.north_scale, 1)

    def path(self, outline: Mapping[str, Any]) -> str:
        """Return an outline as the path of an SVG, without the points that fall on one spot."""
        return "".join(
            "M" + "L".join(dict.fromkeys(f"{x:g} {y:g}" for x, y in map(self.at, ring))) + "z"
            for ring in rings_of(outline)
        )


def sheet_for(outlines: Iterable[Mapping[str, Any]], *, height: float = HEIGHT) -> Sheet:
    """Return the sheet on which all outlines fit, north up, nothing stretched."""
    points = [point for outline in outlines for ring in rings_of(outline) for point in ring]
    west, east = min(point[0] for point in points), max(point[0] for point in points)
    south, north = min(point[1] for point in points), max(point[1] for point in points)
    narrowing = cos(radians((south + north) / 2))
    wide, high = (east - west) * narrowing, north - south
    scale = min((WIDTH - 2 * MARGIN) / wide, (height - 2 * MARGIN) / high)
    return Sheet(
        west=west,
        north=north,
        east_scale=scale * narrowing,
        north_scale=scale,
        left=(WIDTH - wide * scale) / 2,
        top=(height - high * scale) / 2,
    )
