import pytest
from hypothesis import given
from hypothesis import strategies as st

from onegrid.core.fields import Point
from onegrid.geography.rules.coordinates import CoordinateSystem, from_wgs84, is_shifted_at, to_wgs84

EXACT = 1e-7
inside = st.builds(Point, st.floats(73, 137), st.floats(2, 55))
beyond = st.builds(Point, st.floats(-180, 71), st.floats(-90, 90))
shifted = st.sampled_from([CoordinateSystem.GCJ02, CoordinateSystem.BD09])


@given(inside, shifted)
def test_there_and_back_is_the_same_place(point, system):
    back = to_wgs84(from_wgs84(point, system), system)

    assert back == pytest.approx(point, abs=EXACT)


@given(inside, shifted)
def test_back_and_there_is_the_same_place(point, system):
    forth = from_wgs84(to_wgs84(point, system), system)

    assert forth == pytest.approx(point, abs=EXACT)


@given(inside)
def test_chinese_maps_are_off_by_less_than_two_kilometers(point):
    assert from_wgs84(point, CoordinateSystem.BD09) == pytest.approx(point, abs=0.025)


@given(beyond, shifted)
def test_nothing_moves_outside_the_box(point, system):
    assert not is_shifted_at(point)
    assert from_wgs84(point, system) == to_wgs84(point, system) == point


# Pairs as published with the algorithms' reference implementations (six decimals).
@pytest.mark.parametrize(
    ("system", "wgs84", "published"),
    [
        (CoordinateSystem.GCJ02, (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        (CoordinateSystem.BD09, (116.404, 39.915), (116.41662724378733, 39.922699552216216)),
    ],
)
def test_agrees_with_published_values(system, wgs84, published):
    assert from_wgs84(Point(*wgs84), system) == pytest.approx(published, abs=1e-6)


def test_wgs84_stays_what_it_is():
    assert to_wgs84(Point(120.6, 27.9), CoordinateSystem.WGS84) == Point(120.6, 27.9)
    assert from_wgs84(Point(120.6, 27.9), CoordinateSystem.WGS84) == Point(120.6, 27.9)
