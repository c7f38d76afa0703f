"""A case that was returned too often opens a docket by itself, in the transaction of the return."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from onegrid.cases.models import Case, EntryKind
from onegrid.cases.public import LineKind, Move, ReturnReason, Stage, Status, explain_stages, return_case
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.dispatch.models import Dispute
from onegrid.dispatch.public import DisputeReason, PartyRole, decide_dispute, dispatch_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(district):
    return make_case(district, status=Status.FILED, category="lamp")


def there_and_back(case, people, *, unit="roads", by="handler", hour=0):
    at = MORNING + timedelta(hours=hour)
    case.refresh_from_db()
    dispatch_case(case_id=case.pk, version=case.version, lead_code=unit, by=people.dispatcher, at=at)
    case.refresh_from_db()
    return return_case(
        case_id=case.pk, version=case.version, reason="不归我们", by=getattr(people, by), at=at + timedelta(minutes=30)
    )


def test_the_second_return_goes_back_to_the_dispatcher(case, people):
    there_and_back(case, people)

    returned = there_and_back(case, people, hour=1)

    assert (returned.status, Dispute.objects.count()) == (Status.FILED, 0)


def test_the_third_return_opens_a_docket_with_all_who_returned_it(case, people, district):
    there_and_back(case, people)
    there_and_back(case, people, unit="fire", by="fireman", hour=1)

    returned = there_and_back(case, people, hour=2)

    dispute = Dispute.objects.get()
    case.refresh_from_db()
    assert (returned.status, returned.version) == (case.status, case.version) == (Status.DISPUTED, 8)
    assert (dispute.reason, dispute.unit, dispute.opened_by, dispute.returns) == (DisputeReason.RETURNED, None, None, 3)
    assert set(dispute.parties.values_list("unit__code", "role")) == {
        ("roads", PartyRole.RETURNED),
        ("fire", PartyRole.RETURNED),
    }
    assert (case.holder_unit, case.stage_due_at) == (district.units.centre, dispute.due_at)
    assert [entry.move for entry in case.timeline.filter(kind=EntryKind.MOVE)][-2:] == [Move.RETURN, Move.DISPUTE]


def test_the_dispatch_before_it_stays_told_as_it_ended(case, people):
    for hour in range(3):
        there_and_back(case, people, hour=hour)
    case.refresh_from_db()

    told = explain_stages(case, list(case.timeline.all()), at=MORNING + timedelta(hours=3))

    dispatch = next(each for each in told if each.stage == Stage.DISPATCH)
    moments = [line.at for line in dispatch.lines if line.kind in {LineKind.BEGAN, LineKind.STOPPED}]
    assert moments == [MORNING + timedelta(hours=1, minutes=30), MORNING + timedelta(hours=2)]
    assert (dispatch.used, dispatch.is_over) == (timedelta(minutes=30), True)


def test_the_units_see_the_case_while_it_is_decided(case, people):
    for hour in range(3):
        there_and_back(case, people, hour=hour)

    assert Case.objects.visible_to(people.handler).filter(pk=case.pk).exists()


def test_it_is_counted_from_the_last_docket_on(case, people):
    for hour in range(3):
        there_and_back(case, people, hour=hour)
    case.refresh_from_db()
    decide_dispute(
        case_id=case.pk, version=case.version, lead_code="roads", ruling="养护范围内", by=people.coordinator,
        at=MORNING + timedelta(hours=4),
    )  # fmt: skip
    case.refresh_from_db()
    at = MORNING + timedelta(hours=5)

    returned = return_case(
        case_id=case.pk, version=case.version, reason="现场没有路灯", code=ReturnReason.CANNOT_BE_FOUND,
        by=people.handler, at=at,
    )  # fmt: skip

    assert (returned.return_count, returned.status) == (4, Status.FILED)


def test_how_often_is_too_often_the_category_says(case, people):
    Category.objects.filter(code="roads.lamp").update(procedure={"returns_before_dispute": 1})
    bump(SNAPSHOT)

    assert there_and_back(case, people).status == Status.DISPUTED


def test_a_category_may_have_none_of_it(case, people):
    Category.objects.filter(code="roads.lamp").update(procedure={"returns_before_dispute": 0})
    bump(SNAPSHOT)

    for hour in range(3):
        there_and_back(case, people, hour=hour)

    assert Case.objects.get(pk=case.pk).status == Status.FILED


@pytest.mark.django_db(transaction=True)
def test_where_the_docket_cannot_open_the_return_does_not_happen_either(case, people, district):
    there_and_back(case, people)
    there_and_back(case, people, hour=1)
    Dispute.objects.create(
        case=case, number=1, category_code="roads.lamp", reason=DisputeReason.RETURNED, opened_at=MORNING
    )

    with pytest.raises(IntegrityError, match="dispute_is_open_once_in_a_case"):
        there_and_back(case, people, hour=2)

    case.refresh_from_db()
    assert (case.status, case.return_count) == (Status.DISPATCHED, 2)
