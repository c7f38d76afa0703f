"""The map from far and near."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.cases.readers.map import MOST_POINTS, Pin, level_at, map_view
from onegrid.cases.readers.selection import Selection
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.fields import Box
from onegrid.geography.public import Level

WHOLE = Box(120.59, 27.89, 120.66, 27.96)
NOBODY = Selection(is_open=True)


def test_counts_townships_from_far(district, people, django_assert_num_queries):
    make_case(district)
    make_case(district, grid=district.areas.beside, stage_due_at=MORNING.replace(hour=0))
    make_case(district, grid=district.areas.elsewhere)
    make_case(district, status=Status.CLOSED)

    with django_assert_num_queries(3):
        seen = map_view(NOBODY, box=WHOLE, zoom=10, by=people.leader, at=MORNING)

    assert {(area.code, area.cases, area.late) for area in seen.counts} == {("330304010", 2, 1), ("330304002", 1, 0)}


def test_shows_each_case_from_near(district, people):
    case = make_case(district)
    make_case(district, grid=district.areas.beside)

    seen = map_view(NOBODY, box=Box(120.60, 27.90, 120.61, 27.91), zoom=17, by=people.leader, at=MORNING)

    assert seen.level is None
    assert [(pin.number, pin.category) for pin in seen.pins] == [(case.number, "roads.manhole")]


def test_counts_only_what_somebody_may_see(district, people):
    make_case(district)
    make_case(district, grid=district.areas.elsewhere)

    seen = map_view(NOBODY, box=WHOLE, zoom=10, by=people.stranger, at=MORNING)

    assert [area.code for area in seen.counts] == ["330304002"]


def test_shows_the_most_urgent_where_cases_lie_too_dense_and_says_so(district, people):
    make_case(district)
    make_case(district, stage_due_at=MORNING)
    urgent = make_case(district, is_urgent=True)

    seen = map_view(NOBODY, box=WHOLE, zoom=18, by=people.leader, at=MORNING, most=1)

    assert ([pin.number for pin in seen.pins], seen.has_more) == ([urgent.number], True)


def test_counts_the_district_from_farthest(district, people):
    make_case(district)
    make_case(district, grid=district.areas.elsewhere, stage_due_at=MORNING.replace(hour=0))

    seen = map_view(NOBODY, box=WHOLE, zoom=6, by=people.leader, at=MORNING)

    assert [(area.code, area.cases, area.late) for area in seen.counts] == [("330304", 2, 1)]


def test_asks_the_index_of_places(district, people):
    with CaptureQueriesContext(connection) as asked:
        map_view(NOBODY, box=WHOLE, zoom=18, by=people.leader, at=MORNING)

    assert "<@ '((120.59,27.89),(120.66,27.96))'::box" in asked.captured_queries[-1]["sql"]


@pytest.mark.parametrize(
    ("zoom", "level"), [(6, Level.DISTRICT), (8, Level.TOWNSHIP), (12, Level.COMMUNITY), (14, Level.GRID), (16, None)]
)
def test_counts_by_the_level_that_fits_the_zoom(zoom, level):
    assert level_at(zoom) == level


def test_keeps_a_full_view_small():
    assert MOST_POINTS * len(Pin.__slots__) < 20_000
