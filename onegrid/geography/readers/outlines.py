"""
The outlines of the areas that stand today, as a browser draws them: simplified together, so that borders still meet.

They change a few times in ten years and are asked for by every map, so each level is made once, compressed, and kept
until the areas change. `edition` names them by their content: under it they may be cached for ever.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely
from django.utils import timezone
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from onegrid.core.snapshots import Snapshot
from onegrid.geography.models import Area, Level
from onegrid.geography.rules import SNAPSHOT

COARSENESS: Final = {  # degrees
    Level.DISTRICT: 0.0004,
    Level.TOWNSHIP: 0.0003,
    Level.COMMUNITY: 0.0002,
    Level.GRID: 0.0001,
}
DIGITS: Final = 5  # of a degree, about a meter


@dataclass(frozen=True)
class Outlines:
    """The areas of one level as a compressed GeoJSON document."""

    edition: str
    compressed: bytes

    def plain(self) -> bytes:
        """Return the document for a browser that reads no gzip."""
        return gzip.decompress(self.compressed)


class _Drawn:
    """What has been drawn so far, by day and level."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[date, Level], Outlines] = {}

    def get(self, day: date, level: Level) -> Outlines:
        if (day, level) not in self._drawn:
            self._drawn = {key: outlines for key, outlines in self._drawn.items() if key[0] == day}
            self._drawn[day, level] = _draw(list(Area.objects.standing_on(day).filter(level=level)), level)
        return self._drawn[day, level]


def outlines_of(level: Level) -> Outlines:
    """Return the areas of a level that stand today, ready to be sent."""
    return _snapshot.get().get(timezone.localdate(), level)


def _draw(areas: list[Area], level: Level) -> Outlines:
    drawn = [shape(area.outline) for area in areas]
    shapes = list(shapely.coverage_simplify(drawn, COARSENESS[level])) if drawn else drawn
    features = [_feature(area, outline) for area, outline in zip(areas, shapes, strict=True)]
    document = {"type": "FeatureCollection", "features": features}
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
    return Outlines(hashlib.sha256(body).hexdigest()[:16], gzip.compress(body, mtime=0))


def _feature(area: Area, outline: BaseGeometry) -> dict[str, object]:
    geometry = mapping(outline)
    return {
        "type": "Feature",
        "properties": {"code": area.code, "name": area.name, "label": [round(part, DIGITS) for part in area.label_at]},
        "geometry": {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])},
    }


def _rounded(coordinates: object) -> object:
    if isinstance(coordinates, float | int):
        return round(coordinates, DIGITS)
    assert isinstance(coordinates, tuple | list)
    return [_rounded(part) for part in coordinates]


_snapshot = Snapshot(SNAPSHOT, _Drawn)
