"""What a change of category does to time that was asked for, and to time that was granted: it is said as it was."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.decide_time import decide_time
from onegrid.cases.models import Case, TimeState
from onegrid.cases.readers.explain import explain
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case, make_request
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.errors import InvalidInputError
from onegrid.core.snapshots import bump

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def lamp(district):
    """A lamp that a unit has in hand, with five working days; a manhole has two working days' hours."""
    allow(district.categories.lamp, TimeUnit.WORKING_DAYS, handle=120)
    allow(district.categories.manhole, TimeUnit.WORKING_HOURS, handle=14)
    return make_case(district, status=Status.IN_PROGRESS, category="lamp", at=MORNING)


def allow(category, unit, *, procedure=None, **limits):
    Category.objects.filter(pk=category.pk).update(time_unit=unit, limits=limits, procedure=procedure or {})
    bump(SNAPSHOT)


def becomes_a_manhole(case, people, *, at=MORNING + HOUR):
    recategorize_case(
        case_id=case.pk, version=case.version, category_code="roads.manhole", by=people.dispatcher, at=at,
        reason="是井盖",
    )  # fmt: skip
    case.refresh_from_db()


def decide(case, by, *, is_granted=True):
    return decide_time(
        case_id=case.pk, version=case.version, is_granted=is_granted, note="属实", by=by, at=MORNING + 2 * HOUR
    )


def test_more_than_the_category_that_holds_now_allows_is_not_granted_but_refused(district, people, lamp):
    request = make_request(district, lamp.pk, by=people.handler, hours=120)
    becomes_a_manhole(lamp, people)

    with pytest.raises(InvalidInputError) as refusal:
        decide(lamp, people.shift_lead)

    assert "at most 14 working hours more" in refusal.value.fields["is_granted"]
    decide(lamp, people.shift_lead, is_granted=False)
    request.refresh_from_db()
    assert request.state == TimeState.REFUSED


def test_what_the_category_that_holds_now_allows_is_granted(district, people, lamp):
    make_request(district, lamp.pk, by=people.handler, hours=14)
    becomes_a_manhole(lamp, people)

    decide(lamp, people.shift_lead)

    assert Case.objects.get(pk=lamp.pk).timeline.filter(kind="extension", data__state="granted").exists()


@pytest.mark.parametrize(
    ("procedure", "why"),
    [({"extensions": 0}, "cannot be extended"), ({"extension_levels": ["district"]}, "is decided by: the district")],
)
def test_neither_how_often_nor_by_whom_is_passed_by_another_category(district, people, lamp, procedure, why):
    allow(district.categories.manhole, TimeUnit.WORKING_HOURS, handle=14, procedure=procedure)
    make_request(district, lamp.pk, by=people.handler, hours=6)
    becomes_a_manhole(lamp, people)

    with pytest.raises(InvalidInputError) as refusal:
        decide(lamp, people.shift_lead)

    assert why in refusal.value.fields["is_granted"]


def test_a_suspension_is_granted_at_the_level_of_the_category_that_holds_now(district, people, lamp):
    allow(district.categories.lamp, TimeUnit.WORKING_DAYS, handle=120, procedure={"suspension_level": "township"})
    make_request(district, lamp.pk, by=people.handler, until=MORNING + timedelta(days=3), level="township")
    becomes_a_manhole(lamp, people)

    with pytest.raises(InvalidInputError) as refusal:
        decide(lamp, people.shift_lead)

    assert "is decided by: the district" in refusal.value.fields["is_granted"]


def test_an_explanation_says_what_was_granted_as_it_was_granted(district, people, lamp):
    make_request(district, lamp.pk, by=people.handler, hours=48)
    decide(lamp, people.shift_lead)
    lamp.refresh_from_db()
    becomes_a_manhole(lamp, people, at=MORNING + 3 * HOUR)

    told = explain(lamp, list(lamp.timeline.all()), at=MORNING + 4 * HOUR)

    (granted,) = (line for line in told.lines if line.kind is LineKind.EXTENDED)
    assert granted.text.startswith("Extension granted as 2 working days")
    assert granted.said == "48 working hours"
