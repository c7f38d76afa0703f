"""The communities of today, for who can name a place but not point to it."""

import pytest

from onegrid.geography.public import communities, locate
from onegrid.geography.tests.factories import draw

pytestmark = pytest.mark.django_db


def test_stand_with_their_township():
    draw()

    assert list(communities()) == ["D11", "D12", "D21", "D22"]
    assert communities()["D21"].township_name == locate(*communities()["D21"].label_at).township.name


def test_say_how_far_from_their_label_somebody_can_be():
    draw()

    assert 0 < communities()["D11"].reach_m < 5000
    assert communities()["D11"].reach_m % 10 == 0


def test_cost_no_query_once_known(django_assert_num_queries):
    draw()
    communities()

    with django_assert_num_queries(0):
        communities()
