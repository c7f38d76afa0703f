"""What a clock says in a list, and what its explanation ends with: the same words at any second."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onegrid.cases.public import explain, time_left
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.durations import clock_words
from onegrid.core.snapshots import bump
from onegrid.workspace.readers.why import spelled
from onegrid.workspace.rules.clockface import face

pytestmark = pytest.mark.django_db
seconds = st.integers(1, 14 * 3600).map(lambda count: timedelta(seconds=count))


@pytest.fixture(params=[TimeUnit.URGENT, TimeUnit.WORKING_HOURS])
def case(request, district):
    """A lamp that is to be dispatched within eight hours; it came in while the centre works."""
    Category.objects.filter(pk=district.categories.lamp.pk).update(time_unit=request.param, limits={"dispatch": 8})
    bump(SNAPSHOT)
    filed = make_case(district, status=Status.FILED, category="lamp", at=MORNING)
    filed.stage_due_at = explain(filed, [], at=MORNING).due_at
    return filed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(later=seconds)
def test_at_any_second(case, later):
    now = MORNING + later
    with override("en"):
        shown = face(
            started_at=MORNING, due_at=case.stage_due_at, now=now, words={**clock_words(), "none": ""},
            left=time_left(case, now=now),
        )  # fmt: skip
        *_lines, last = spelled(explain(case, [], at=now), at=now).rows

    assert shown.text == last.length
