"""
The base of cases that everything is measured on: the Ouhai pack, and N simulated cases with all they leave behind.

They are those of `onegrid demo`, so that what is measured is what a demonstration
shows, without the drawn photos; a twelfth of them stays open, far more than any
district leaves lying, because open cases are what a desk's pages go through.
"""

import random
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils.timezone import now

from benchmarks import kept
from config.preparation import district, static_files, tables, translations
from onegrid.cases.public import Case
from onegrid.core.fields import Point
from onegrid.demonstration.public import Wanted, simulate_years
from onegrid.geography.public import Area, Level, Location, OutsideDistrictError, locate

LEFT_LYING = 0.08
HELP_FROM = 50_000  # cases, from which on a second process pays
WORDS = ("路灯不亮", "井盖破损", "消防通道堵塞", "垃圾未清运", "电动车进楼", "工地夜间施工", "污水外溢", "占道经营")
PLACES = ("青禾路", "梧桐巷", "河滨东街", "学院南路", "站前大道", "茶山老街")
_HELP = "import django, sys; django.setup(); from benchmarks.base import write; write(int(sys.argv[1]))"


def prepare() -> None:
    """Bring tables, translations, static files and the pack in, as a first start does."""
    for step in (tables.migrate, translations.compile_stale, static_files.collect, district.load):
        step(lambda _done, _whole: None)


def stand(cases: int, *, at: datetime, is_kept: bool) -> None:
    """
    Give the database the pack and so many cases, where it has fewer so far or none.

    If bases are kept, one that an earlier run has left is used again, and a new one left for the next.
    """
    is_there = is_kept and kept.has(cases)
    if is_there:
        kept.bring(cases)
    prepare()
    if not is_there:
        fill(last=cases, at=at)
        if is_kept:
            kept.keep(cases)


def fill(*, last: int, at: datetime) -> None:
    """Write cases until there are `last`; then collect the planner's statistics."""
    helper = None
    if last - Case.objects.count() > HELP_FROM:
        helper = subprocess.Popen([sys.executable, "-c", _HELP, str(last)])  # noqa: S603 — our own words
    write(last, at=at)
    if helper and helper.wait():
        message = "The process that helped to write the cases failed."
        raise RuntimeError(message)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def write(cases: int, *, at: datetime | None = None) -> None:
    """Write what is missing of so many cases; another process may do so at the same time."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    simulate_years(Wanted(cases=cases, left_lying=LEFT_LYING, with_pictures=False), at=at or now())
    with connection.cursor() as cursor:
        cursor.execute("RESET synchronous_commit")


def places(count: int, *, seed: int) -> list[Point]:
    """Return points that lie in the district, always the same for a seed."""
    generator, spots = random.Random(seed), _spots()  # noqa: S311 — repeatable, not secret
    return [_beside(generator, spots).point for _ in range(count)]


def _spots() -> list[Point]:
    grids = Area.objects.standing().filter(level=Level.GRID).order_by("code")
    return [Point(*label) for label in grids.values_list("label_at", flat=True)]


def _beside(generator: random.Random, spots: Sequence[Point]) -> Location:
    """Return where a point lies some steps from a grid's label, or the label itself if that leaves the district."""
    # Some grids get ten times the cases of others, as in real places.
    spot = spots[int(len(spots) * generator.random() ** 1.6)]
    point = Point(spot.lon + generator.gauss(0, 0.001), spot.lat + generator.gauss(0, 0.001))
    try:
        return locate(*point)
    except OutsideDistrictError:
        return locate(*spot)
