"""Surroundings of a point, and links that say nothing to others."""

from datetime import timedelta

import pytest
from django.core import signing

from onegrid.core.fields import Point
from onegrid.core.ids import new_id
from onegrid.following.rules.around import around_of
from onegrid.following.rules.links import (
    STOP,
    YES,
    YES_LASTS,
    follow_of_stop,
    follow_of_yes,
    stop_path,
    yes_path,
)


def token(path, page):
    return path.removeprefix(page).rstrip("/")


def test_a_point_and_its_surroundings_are_kept_to_the_meter():
    around = around_of("120.65512345,27.9314,500")

    assert around.code == "120.65512,27.93140,500"
    assert around_of(around.code) == around_of("120.65512,27.93140,500")


def test_the_box_holds_the_circle():
    (west, south), (east, north) = around_of("120.0,60.0,1000").box()

    assert east - west == pytest.approx(2 * (north - south), rel=0.001)  # at 60° a degree of longitude is half as wide
    assert Point(120.0, 60.0) == pytest.approx(((west + east) / 2, (south + north) / 2))


@pytest.mark.parametrize(
    "code",
    [
        "",
        "1,2",
        "1,2,3,4",
        "181,0,500",
        "0,91,500",
        "0,0,99",
        "0,0,5001",
        "0,0,-5",
        "nan,0,500",
        "1e3,0,500",
        "0,0,5e2",
    ],
)
def test_what_is_no_place_is_none(code):
    assert around_of(code) is None


def test_a_link_leads_to_its_follow_and_to_no_other_page():
    follow = new_id()

    assert follow_of_yes(token(yes_path(follow), YES)) == follow
    assert follow_of_stop(token(stop_path(follow), STOP)) == follow
    assert follow_of_stop(token(yes_path(follow), YES)) is None
    assert follow_of_yes(token(stop_path(follow), STOP)) is None


def test_a_yes_is_taken_for_three_days(monkeypatch):
    given = token(yes_path(new_id()), YES)
    later = signing.time.time() + YES_LASTS.total_seconds() + 1
    monkeypatch.setattr(signing.time, "time", lambda: later)

    assert follow_of_yes(given) is None
    assert timedelta(days=3) == YES_LASTS
