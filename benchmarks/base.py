"""
The base of cases that everything is measured on: the Ouhai pack, and N cases of the past.

The same number gives the same cases: places, kinds, times and states come from
a seeded generator. Rows go in by COPY, as an import writes them; then the open
ones are spread over the stages, which an import leaves to people.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from config.preparation import district, static_files, tables, translations
from onegrid.cases.public import Case, Outcome, PastReport, Status, insert_past_cases
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.fields import Point
from onegrid.dispatch.public import route
from onegrid.geography.public import Area, CoordinateSystem, Level, Location, OutsideDistrictError, locate
from onegrid.units.public import directory

BATCH = 5000
OPEN_SHARE = 0.08
YEAR = 365 * 24 * 3600
WORDS = ("路灯不亮", "井盖破损", "消防通道堵塞", "垃圾未清运", "电动车进楼", "工地夜间施工", "污水外溢", "占道经营")
PLACES = ("青禾路", "梧桐巷", "河滨东街", "学院南路", "站前大道", "茶山老街")


def prepare() -> None:
    """Bring tables, translations, static files and the pack in, as a first start does."""
    for step in (tables.migrate, translations.compile_stale, static_files.collect, district.load):
        step(lambda _done, _whole: None)


def fill(*, first: int, last: int, at: datetime) -> None:
    """Write the cases numbered from `first` up to, not including, `last`; then collect the planner's statistics."""
    spots, kinds = _spots(), [kind for kind in catalogue().by_code.values() if kind.is_leaf]
    for start in range(first, last, BATCH):
        reports = list(_reports(range(start, min(start + BATCH, last)), spots=spots, kinds=kinds, at=at))
        with transaction.atomic():
            insert_past_cases(reports, at=at)
    _spread_open_cases()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


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


def _reports(
    numbers: range, *, spots: Sequence[Point], kinds: Sequence[CategoryEntry], at: datetime
) -> Iterator[PastReport]:
    for number in numbers:
        generator = random.Random(number)  # noqa: S311 — repeatable, not secret
        location, kind = _beside(generator, spots), generator.choice(kinds)
        level = Level.DISTRICT if kind.lowest_level == Level.DISTRICT else Level.TOWNSHIP
        is_open = generator.random() < OPEN_SHARE
        # Open cases are of the last weeks, closed ones of three years.
        age = generator.random() * (YEAR / 12 if is_open else 3 * YEAR)
        reported_at = at - timedelta(seconds=age)
        due_at = reported_at + timedelta(hours=generator.choice((8, 24, 72, 120, 360)))
        took = timedelta(hours=generator.expovariate(1 / 60))
        went_to = route(category=kind, area_path=location.grid.path, level=level, at=reported_at)
        words = generator.choice(WORDS)
        yield PastReport(
            source_key=f"bench:{number}",
            title=f"{words} {generator.choice(PLACES)}{generator.randrange(1, 400)} 号",
            description=f"{words}，{generator.choice(PLACES)}口，请尽快处理。编号 {number}。",
            address=f"{generator.choice(PLACES)} {generator.randrange(1, 400)} 号",
            source="bench",
            location=location,
            original=location.point,
            original_system=CoordinateSystem.WGS84,
            category=kind,
            level=level,
            lead_unit_id=went_to.lead.id if went_to.lead else None,
            reported_at=reported_at,
            closed_at=None if is_open else min(reported_at + took, at),
            due_at=due_at,
            outcome="" if is_open else Outcome.FIXED.value,
            outcome_note="",
            is_dispatched=generator.random() < 0.75,  # noqa: PLR2004 — the rest waits at the centre's desk
        )


def _spread_open_cases() -> None:
    """Let a third of what was dispatched be in hand, and a fifth wait for verification at its centre."""
    dispatched = Case.objects.filter(status=Status.DISPATCHED)
    dispatched.filter(pk__in=_every(3, dispatched)).update(status=Status.IN_PROGRESS)
    townships = dispatched.order_by("township_code").distinct("township_code").values_list("township_code", "area_path")
    for code, path in townships:
        centre, here = directory().centre(path), dispatched.filter(township_code=code)
        here.filter(pk__in=_every(5, here)).update(status=Status.HANDLED, holder_unit=centre.id if centre else None)
    reported = Case.objects.filter(status=Status.REPORTED)
    reported.filter(pk__in=_every(2, reported)).update(status=Status.FILED)


def _every(step: int, cases: QuerySet[Case]) -> list[UUID]:
    return list(cases.order_by("source_key").values_list("pk", flat=True))[::step]
