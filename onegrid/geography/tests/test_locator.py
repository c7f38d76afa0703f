import math
import time
from itertools import pairwise

import numpy as np
import pytest
import shapely
from django.utils import translation
from shapely.geometry import shape

from onegrid.core.fields import Point
from onegrid.geography.models import Area
from onegrid.geography.readers.locator import Locator, NoAreasError, NoSuchPlaceError, OutsideDistrictError, checked
from onegrid.geography.tests.factories import SOUTH, STEP, WEST, square, squares

FLOOR_RATIO = 8  # a bare query of the tree, times this; some 60 µs on the slowest machine we know


def areas(drawings):
    paths = {None: ""}
    for drawing in drawings:
        paths[drawing.code] = f"{paths[drawing.parent]}/{drawing.code}".removeprefix("/")
        yield Area(
            code=drawing.code, name=drawing.name, level=drawing.level, path=paths[drawing.code], outline=drawing.outline
        )


@pytest.fixture(scope="module")
def locator():
    return Locator(areas(squares()))


def at(column, row):
    return Point(WEST + column * STEP, SOUTH + row * STEP)


def test_names_the_area_of_every_level(locator):
    found = locator.locate(at(2.5, 1.5))

    assert [place.code for place in (found.grid, found.community, found.township, found.district)] == [
        "D213",
        "D21",
        "D2",
        "D",
    ]
    assert found.grid.path == "D/D2/D21/D213"


@pytest.mark.parametrize(
    ("column", "row", "grid"), [(1, 0.5, "D111"), (2, 0.5, "D112"), (2, 2, "D114"), (0, 0, "D111")]
)
def test_on_a_border_the_smallest_code_wins(locator, column, row, grid):
    assert locator.locate(at(column, row)).grid.code == grid


def test_the_order_in_which_areas_come_does_not_matter(locator):
    backwards = Locator(reversed(list(areas(squares()))))

    assert backwards.locate(at(2, 2)).grid.code == locator.locate(at(2, 2)).grid.code


def with_sliver(width):
    """The small district whose first grid stops short of its eastern neighbor."""
    for area in areas(squares()):
        if area.code == "D111":
            area.outline = square(0, 0, 1 - width, 1)
        yield area


def test_a_sliver_belongs_to_the_nearest_grid():
    narrow = Locator(with_sliver(0.004))  # four meters wide

    assert narrow.locate(at(0.997, 0.5)).grid.code == "D111"
    assert narrow.locate(at(0.999, 0.5)).grid.code == "D112"


def test_a_hole_is_not_a_sliver():
    with pytest.raises(OutsideDistrictError):
        Locator(with_sliver(0.5)).locate(at(0.75, 0.5))


def test_outside_says_how_far(locator):
    with pytest.raises(OutsideDistrictError) as refusal:
        locator.locate(at(4 + 1.1, 2))

    assert refusal.value.meters == pytest.approx(
        1.1 * math.radians(STEP) * 6371008.8 * math.cos(math.radians(SOUTH)), rel=0.01
    )
    assert str(refusal.value) == "此处不在本区范围内，距区界 1.1 公里。"


@pytest.mark.parametrize(("language", "text"), [("en", "50 m from its border"), ("zh-hans", "距区界 50 米")])
def test_a_short_way_outside_is_told_in_meters(locator, language, text):
    with translation.override(language), pytest.raises(OutsideDistrictError, match=text):
        locator.locate(Point(WEST + 2 * STEP, SOUTH - 49.5 / 111_195))


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(math.nan, 27.9), (120.6, math.inf), (180.1, 0), (120.6, -90.5), (0, 0), (-0.0, 0)],
)
def test_refuses_what_is_no_place(lon, lat):
    with pytest.raises(NoSuchPlaceError) as refusal:
        checked(lon, lat, "wgs84")

    assert set(refusal.value.fields) == {"location"}


def test_refuses_an_unknown_system():
    with pytest.raises(NoSuchPlaceError) as refusal:
        checked(120.6, 27.9, "cgcs2000")

    assert set(refusal.value.fields) == {"system"}


def test_needs_grids():
    with pytest.raises(NoAreasError):
        Locator([])


def test_costs_little_more_than_the_bare_tree(locator):
    points = np.random.default_rng(4).uniform((WEST, SOUTH), (WEST + 4 * STEP, SOUTH + 4 * STEP), (10_000, 2)).tolist()
    tree = shapely.STRtree([shape(area.outline) for area in areas(squares()) if area.level == "grid"])

    def bare():
        for lon, lat in points:
            tree.query(shapely.points(lon, lat))

    def ours():
        for lon, lat in points:
            locator.locate(Point(lon, lat))

    moments = [time.perf_counter()]
    for work in (bare, ours):
        work()
        moments.append(time.perf_counter())
    floor, cost = (after - before for before, after in pairwise(moments))

    assert cost / floor < FLOOR_RATIO
