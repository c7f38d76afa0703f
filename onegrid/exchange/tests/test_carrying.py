"""Carrying places over by quantile, as properties."""

import shapely
from hypothesis import given
from hypothesis import strategies as st

from onegrid.core.fields import Point
from onegrid.exchange.rules.carrying import Target, carry_over

GRIDS = [Target(Point(x + 0.5, y + 0.5), shapely.box(x, y, x + 1, y + 1)) for x in range(4) for y in range(4)]
points = st.lists(st.tuples(st.floats(-71.2, -71.0), st.floats(42.2, 42.4)), min_size=1, max_size=60, unique=True)


def carried(places):
    return carry_over(places, [str(place) for place in places], GRIDS)


@given(points)
def test_every_place_lands_in_a_grid(places):
    assert all(any(shapely.contains_xy(grid.outline, *spot) for grid in GRIDS) for spot in carried(places))


@given(points, st.randoms())
def test_the_order_of_the_file_does_not_matter(places, random):
    shuffled = list(places)
    random.shuffle(shuffled)

    assert dict(zip(places, carried(places), strict=True)) == dict(zip(shuffled, carried(shuffled), strict=True))


@given(points)
def test_what_lies_further_east_never_lands_in_a_strip_further_west(places):
    strips = [int(spot.lon) for _place, spot in sorted(zip(places, carried(places), strict=True))]

    assert strips == sorted(strips)


def test_an_even_file_fills_every_grid_evenly():
    places = [(x / 40, y / 40) for x in range(40) for y in range(40)]

    filled = [sum(shapely.contains_xy(grid.outline, *spot) for spot in carried(places)) for grid in GRIDS]

    assert filled == [100] * 16
