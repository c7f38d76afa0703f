"""
Carry the places of another city over into this district, by quantile.

Every row keeps its rank: the share of rows west of it chooses a strip of the
district's grids from west to east, the share of that strip's rows south of it
chooses the grid. What lay close together stays close together, dense quarters
stay dense, and the same file always gives the same places.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import shapely
from shapely.geometry.base import BaseGeometry

from onegrid.core.fields import Point

_TRIES = 64


@dataclass(frozen=True, slots=True)
class Target:
    """One grid that rows may be carried to."""

    label_at: Point
    outline: BaseGeometry


def carry_over(points: Sequence[tuple[float, float]], keys: Sequence[str], targets: Sequence[Target]) -> list[Point]:
    """Return for each point its place in the district, inside a target; `keys` scatter the points of one grid."""
    columns = _strips(targets)
    by_x = sorted(range(len(points)), key=lambda i: (points[i][0], points[i][1], keys[i]))
    places: list[Point] = [Point(0.0, 0.0)] * len(points)
    for number, column in enumerate(columns):
        start, end = _share(number, len(columns), len(by_x)), _share(number + 1, len(columns), len(by_x))
        strip = sorted(by_x[start:end], key=lambda i: (points[i][1], points[i][0], keys[i]))
        for rank, index in enumerate(strip):
            target = column[rank * len(column) // len(strip)]
            places[index] = scattered(target, keys[index])
    return places


def _strips(targets: Sequence[Target]) -> list[list[Target]]:
    """Cut the grids into as many strips from west to east as each strip has grids from south to north."""
    west_to_east = sorted(targets, key=lambda target: target.label_at)
    count = max(1, round(math.sqrt(len(west_to_east))))
    cuts = [_share(number, count, len(west_to_east)) for number in range(count + 1)]
    return [
        sorted(west_to_east[start:end], key=lambda target: (target.label_at.lat, target.label_at.lon))
        for start, end in pairwise(cuts)
    ]


def _share(part: int, parts: int, whole: int) -> int:
    return part * whole // parts


def scattered(target: Target, key: str) -> Point:
    """Return a place inside a grid that depends on the key alone."""
    west, south, east, north = target.outline.bounds
    digest = hashlib.sha256(key.encode()).digest()
    for _ in range(_TRIES):
        across, up = (int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8))
        lon, lat = round(west + across * (east - west), 7), round(south + up * (north - south), 7)
        if shapely.contains_xy(target.outline, lon, lat):
            return Point(lon, lat)
        digest = hashlib.sha256(digest).digest()
    return target.label_at
