"""How counts become a map."""

import pytest

from onegrid.cases.public import GridTally
from onegrid.core.fields import Point
from onegrid.geography.public import Level
from onegrid.workspace.rules.area_map import Canvas, Sum, placed, ranges, roll_up, shade, short, steps

SQUARE = [[120.0, 28.0], [120.1, 28.0], [120.1, 28.1], [120.0, 28.1], [120.0, 28.0]]


def row(grid, cases, late=0):
    return GridTally(grid[:1], grid[:2], grid, cases, 0, late)


def test_a_grid_counts_for_everything_around_it():
    sums = roll_up([row("A11", 2, 1), row("A12", 3), row("B11", 5)])

    assert sums[Level.TOWNSHIP] == {"A": Sum(5, 0, 1), "B": Sum(5, 0, 0)}
    assert sums[Level.GRID]["A12"] == Sum(3)


@pytest.mark.parametrize(
    ("counts", "bounds"),
    [([], (1, 2, 3, 5)), ([1] * 9 + [6], (1, 2, 3, 5)), (range(1, 101), (1, 40, 60, 100))],
)
def test_few_areas_get_the_darkest_shade(counts, bounds):
    assert steps(counts) == bounds


def test_every_count_has_a_shade_and_the_legend_says_which():
    assert [shade(count, (1, 2, 3, 5)) for count in (0, 1, 2, 4, 5, 900)] == [0, 1, 2, 3, 4, 4]
    assert ranges((1, 2, 3, 5)) == ["0", "1", "2", "3–4", "5+"]


@pytest.mark.parametrize(
    ("name", "said"), [("梧田街道", "梧田"), ("泽雅镇", "泽雅"), ("新镇", "新镇"), ("Elsewhere", "Elsewhere")]
)
def test_a_label_says_a_township_in_short(name, said):
    assert short(name) == said


def test_north_is_up_and_nothing_is_left_out():
    canvas = Canvas([SQUARE])

    assert canvas.at(120.0, 28.1) == (0, 0)
    assert canvas.at(120.1, 28.0) == (2000, canvas.height)
    assert canvas.height > 2000
    assert canvas.path([SQUARE]) == f"M0 {canvas.height}l2000 0 0-{canvas.height}-2000 0z"


def test_labels_of_neighbours_keep_apart():
    places = {"A": Point(100, 100), "B": Point(110, 105)}

    first, second = placed({"A": "甲地", "B": "乙地"}, {"A": Sum(3, 0, 1), "B": Sum(2)}, places)

    assert first.code == "A"
    assert not first.hits(second)


def test_what_lies_beside_ones_own_areas_is_only_named_unless_it_holds_a_case():
    names = {"A": "甲地", "B": "乙地", "C": "丙地"}
    places = dict.fromkeys(names, Point(100, 100))

    counted = {label.code: not label.is_bare for label in placed(names, {"C": Sum(1)}, places, home=["A"])}

    assert counted == {"A": True, "B": False, "C": True}
    assert not any(label.is_bare for label in placed(names, {}, places))
