"""How many cases are open, and how many of them late."""

from datetime import timedelta

import pytest

from onegrid.cases.readers.standing import Standing, standing
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_district

pytestmark = pytest.mark.django_db


def test_counts_open_and_late_ones_in_one_query(django_assert_num_queries):
    district = make_district()
    make_case(district, stage_due_at=MORNING + timedelta(hours=1))
    make_case(district, stage_due_at=MORNING + timedelta(hours=3))
    make_case(district, stage_due_at=None)
    make_case(district, status=Status.REFUSED, ended_at=MORNING, outcome="not_ours")

    with django_assert_num_queries(1):
        found = standing(at=MORNING + timedelta(hours=2))

    assert found == Standing(open=3, late=1)
