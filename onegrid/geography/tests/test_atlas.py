from datetime import date

import pytest

from onegrid.geography.public import NoAreasError, locate, locator_for
from onegrid.geography.tests.factories import OPENED, SOUTH, STEP, WEST, draw, drawing, square, squares

pytestmark = pytest.mark.django_db
LATER = date(2022, 1, 1)
SPOT = (WEST + 0.5 * STEP, SOUTH + 0.5 * STEP)


@pytest.fixture(autouse=True)
def _district():
    draw()


def redrawn():
    """The small district with its first grid under another code."""
    for area in squares():
        yield drawing("D119", area.level, area.parent, square(0, 0)) if area.code == "D111" else area


def test_locates_today_in_the_areas_of_today():
    assert locate(*SPOT).grid.code == "D111"


def test_accepts_what_chinese_phones_deliver():
    assert locate(SPOT[0] + 0.0046, SPOT[1] - 0.0027, "gcj02").grid.code == "D111"


def test_sees_a_change_at_once():
    draw(redrawn(), opens_on=LATER)

    assert locate(*SPOT).grid.code == "D119"


def test_a_past_day_keeps_its_areas():
    draw(redrawn(), opens_on=LATER)

    assert locate(*SPOT, on=date(2021, 12, 31)).grid.code == "D111"
    assert locate(*SPOT, on=LATER).grid.code == "D119"


def test_one_stretch_of_days_shares_a_locator():
    assert locator_for(date(2020, 5, 1)) is locator_for(date(2023, 5, 1))


def test_before_the_first_day_there_is_nothing():
    with pytest.raises(NoAreasError):
        locator_for(date(OPENED.year - 1, 12, 31))


def test_asking_again_asks_the_database_nothing(django_assert_num_queries):
    locate(*SPOT)

    with django_assert_num_queries(0):
        locate(*SPOT)
