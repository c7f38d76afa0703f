"""Lengths of time in words."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from onegrid.core.durations import exactly, spoken


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(seconds=20), "0 min"),
        (timedelta(minutes=25), "25 min"),
        (timedelta(hours=2, minutes=55), "2 h 55 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=1, hours=2, minutes=59), "1 d 2 h"),
        (timedelta(days=2, minutes=10), "2 d"),
        (-timedelta(hours=1, minutes=1), "1 h 1 min"),
        (timedelta(days=99, hours=23, minutes=59), "99 d 23 h"),
        (timedelta(days=100, hours=5), "100 d"),
        (timedelta(days=999, hours=23), "999 d"),
        (timedelta(days=1000), "2 y"),
        (-timedelta(days=5576, hours=12), "15 y"),
    ],
)
def test_are_said_by_their_two_largest_units_and_long_ones_by_the_largest(length, said):
    with override("en"):
        assert spoken(length) == said


def test_are_said_in_the_language_of_the_reader():
    with override("zh-hans"):
        assert spoken(timedelta(hours=2, minutes=55)) == "2 时 55 分"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(days=3, hours=15, minutes=20), "3 d 15 h 20 min"),
        (timedelta(days=120, minutes=5), "120 d 5 min"),
        (timedelta(seconds=59), "0 min"),
        (-timedelta(hours=2), "2 h"),
    ],
)
def test_are_said_exactly_where_they_are_to_add_up(length, said):
    with override("en"):
        assert exactly(length) == said
