from datetime import date

import pytest

from onegrid.geography.models import Area
from onegrid.geography.public import RedrawnTooEarlyError
from onegrid.geography.tests.factories import OPENED, draw, drawing, square, squares

pytestmark = pytest.mark.django_db
LATER = date(2022, 1, 1)


def without(code):
    return [area for area in squares() if area.code != code]


def test_opens_every_area_under_its_parent():
    drawn = draw()

    assert len(drawn.opened) == 1 + 2 + 4 + 16
    assert Area.objects.get(code="D213").parent.parent.parent.code == "D"


def test_drawn_twice_writes_nothing():
    draw()

    again = draw(opens_on=LATER)

    assert (again.opened, again.closed, again.kept) == ([], [], 23)


def test_closes_what_is_no_longer_drawn():
    draw()

    draw(without("D111"), opens_on=LATER)

    gone = Area.objects.get(code="D111")
    assert gone.closes_on == LATER
    assert gone in Area.objects.standing_on(date(2021, 12, 31))
    assert gone not in Area.objects.standing_on(LATER)


def test_a_new_outline_closes_the_old_and_all_inside_it():
    draw()

    drawn = draw(
        [drawing("D1", a.level, a.parent, square(0, 0, 2, 3.5)) if a.code == "D1" else a for a in squares()],
        opens_on=LATER,
    )

    assert len(drawn.closed) == len(drawn.opened) == 1 + 2 + 8
    assert all(area.path.startswith("D/D1") for area in drawn.closed)


@pytest.mark.parametrize("day", [OPENED, date(2019, 1, 1)])
def test_refuses_to_redraw_behind_what_stands(day):
    draw()

    with pytest.raises(RedrawnTooEarlyError):
        draw(without("D111"), opens_on=day)
