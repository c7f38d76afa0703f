"""Which grid a point lies in: the product's answer against the bare tree of rectangles with prepared outlines."""

import time
from collections.abc import Callable
from statistics import median

import shapely
from django.utils.timezone import localdate
from shapely.geometry import shape

from benchmarks import base
from benchmarks.rows import Pair, Row
from onegrid.geography.public import Area, Level, locate

POINTS = 4000


def measure(*, rounds: int = 7) -> Row:
    """Return the row; both are asked for the same points, in turn."""
    points = base.places(POINTS, seed=11)
    outlines = [shape(area.outline) for area in Area.objects.standing_on(localdate()).filter(level=Level.GRID)]
    for outline in outlines:
        shapely.prepare(outline)
    tree = shapely.STRtree(outlines)

    def bare() -> None:
        for lon, lat in points:
            tree.query(shapely.points(lon, lat), predicate="intersects")

    def ours() -> None:
        for lon, lat in points:
            locate(lon, lat)

    for warm in (ours, bare):
        warm()
    pair = Pair(*zip(*((_microseconds(ours), _microseconds(bare)) for _ in range(rounds)), strict=True))
    return Row(
        work="locating a point, in one process",
        ours=f"{median(pair.ours):.0f} µs",
        floor=f"{median(pair.floor):.0f} µs",
        ratio=f"{pair.ratio:.1f} × ({pair.spread(parts=rounds)})",
        statements="0",
    )


def _microseconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) / POINTS * 1e6
