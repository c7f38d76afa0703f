"""Supervision orders: given by those above, each with its own clock, answered by the unit, and late stays late."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from onegrid.accounts.public import live_duties
from onegrid.cases.actions.handle_case import report_back, return_case, take_case
from onegrid.cases.actions.lifecycle import StaleCaseError, move_case
from onegrid.cases.actions.supervise_case import (
    OrderEndedError,
    OrderNotFoundError,
    SupervisionAnswered,
    SupervisionOrdered,
    answer_supervision,
    order_supervision,
    withdraw_supervision,
)
from onegrid.cases.models import Case, EntryKind, OrderKind, SupervisionOrder, Visibility
from onegrid.cases.readers.case_page import case_file
from onegrid.cases.readers.queue import ask_waiting_for
from onegrid.cases.readers.supervision import open_orders_for
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import IllegalMoveError, Move, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.facts import on
from onegrid.core.ids import new_id
from onegrid.core.snapshots import bump

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)
DUE = NOON + timedelta(hours=48)


@pytest.fixture
def handled(district):
    """A case that the roads unit has in hand and that is not late."""
    return make_case(
        district, status=Status.IN_PROGRESS, category="lamp", stage_due_at=MORNING + timedelta(hours=24), due_at=None
    )


def order(case, by, *, kind=OrderKind.LEADER, at=NOON, text="为何还没修好？", version=None):
    case.refresh_from_db()
    seen = case.version if version is None else version
    return order_supervision(case_id=case.pk, version=seen, kind=kind, text=text, by=by, at=at)


def answer(case, of, by, *, at=NOON, text="配件今天到，明天装"):
    case.refresh_from_db()
    return answer_supervision(case_id=case.pk, order_id=of.pk, version=case.version, answer=text, by=by, at=at)


def withdraw(case, of, by, *, at=NOON, reason="已当面说明"):
    case.refresh_from_db()
    return withdraw_supervision(case_id=case.pk, order_id=of.pk, version=case.version, reason=reason, by=by, at=at)


def test_an_order_has_a_clock_of_its_own_and_leaves_those_of_the_case(handled, people):
    before = (handled.stage_due_at, handled.due_at, handled.status)

    given = order(handled, people.leader)

    assert (given.due_at, given.unit) == (DUE, handled.lead_unit)
    handled.refresh_from_db()
    assert (handled.stage_due_at, handled.due_at, handled.status) == before
    entry = handled.timeline.get(kind=EntryKind.SUPERVISION)
    assert (entry.visibility, entry.text, entry.data["step"]) == (Visibility.INTERNAL, "为何还没修好？", "ordered")
    assert entry.data["due_at"] == DUE.isoformat()


@pytest.mark.parametrize(("kind", "hours"), [(OrderKind.OVERDUE, 24), (OrderKind.LEADER, 48), (OrderKind.IMPORTANT, 5)])
def test_every_kind_has_the_hours_of_the_catalogue_or_the_usual_ones(handled, people, kind, hours):
    Category.objects.filter(code="roads.lamp").update(procedure={"supervision_hours": {"important": 5.0}})
    bump(CATALOGUE)
    at = MORNING + timedelta(hours=25)

    assert order(handled, people.shift_lead, kind=kind, at=at).due_at == at + timedelta(hours=hours)


def test_hours_are_counted_as_handling_is_by_the_calendar_of_the_unit(handled, people):
    Category.objects.filter(code="roads.lamp").update(time_unit=TimeUnit.WORKING_DAYS)
    bump(CATALOGUE)
    friday = MORNING + timedelta(days=3)

    assert order(handled, people.leader, at=friday).due_at == friday + timedelta(days=4)


@pytest.mark.parametrize("seconds", [-1, 0])
def test_only_a_late_case_is_overdue(handled, people, seconds):
    with pytest.raises(InvalidInputError) as refusal:
        order(
            handled, people.leader, kind=OrderKind.OVERDUE, at=handled.stage_due_at + timedelta(seconds=seconds)
        )  # fmt: skip

    assert set(refusal.value.fields) == {"kind"}
    assert not SupervisionOrder.objects.exists()


def test_one_second_later_it_is(handled, people):
    late = handled.stage_due_at + timedelta(seconds=1)

    assert order(handled, people.leader, kind=OrderKind.OVERDUE, at=late).due_at == late + timedelta(hours=24)


def test_a_case_whose_whole_is_late_is_overdue_too(handled, people):
    Case.objects.filter(pk=handled.pk).update(due_at=NOON - timedelta(seconds=1))

    assert order(handled, people.leader, kind=OrderKind.OVERDUE).kind == OrderKind.OVERDUE


def test_several_stand_on_one_case_the_soonest_due_first(handled, people):
    first = order(handled, people.leader)
    second = order(handled, people.shift_lead, kind=OrderKind.IMPORTANT, at=NOON - timedelta(hours=1))
    handled.refresh_from_db()

    assert [each.pk for each in case_file(handled).orders] == [second.pk, first.pk]


@pytest.mark.parametrize("who", ["handler", "head", "dispatcher", "acceptor", "verifier", "grid_worker", "fireman"])
def test_only_those_above_give_orders(handled, people, who):
    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        order(handled, getattr(people, who))


def test_a_shift_lead_gives_them_in_their_own_area(handled, people):
    with pytest.raises(CaseNotFoundError):
        order(handled, people.stranger)


@pytest.mark.parametrize("status", [Status.REPORTED, Status.FILED, Status.HANDLED, Status.CLOSED])
def test_an_order_needs_a_unit_that_has_the_case(district, people, status):
    with pytest.raises(IllegalMoveError):
        order(make_case(district, status=status, category="lamp"), people.leader)


@pytest.mark.parametrize("text", ["", " \n", "长" * 2001])
def test_an_order_says_what(handled, people, text):
    with pytest.raises(InvalidInputError) as refusal:
        order(handled, people.leader, text=text)

    assert set(refusal.value.fields) == {"text"}


def test_sent_twice_it_is_given_once(handled, people):
    order(handled, people.leader)

    with pytest.raises(StaleCaseError):
        order(handled, people.leader, version=1)

    assert SupervisionOrder.objects.count() == 1


@pytest.mark.parametrize("who", ["handler", "head"])
def test_the_unit_answers_and_the_order_ends(handled, people, who):
    given = order(handled, people.leader)

    done = answer(handled, given, getattr(people, who), at=DUE)

    assert (done.is_late, done.answered_at) == (False, DUE)
    assert not open_orders_for(people.handler)
    entry = handled.timeline.latest("received_at", "id")
    assert (entry.visibility, entry.data["step"], entry.data["late"]) == (Visibility.INTERNAL, "answered", False)


def test_a_late_answer_stays_late_in_the_timeline(handled, people):
    given = order(handled, people.leader)

    done = answer(handled, given, people.handler, at=DUE + timedelta(microseconds=1))

    assert done.is_late
    assert handled.timeline.get(data__step="answered").data["late"] is True


@pytest.mark.parametrize("who", ["leader", "shift_lead", "dispatcher", "fireman"])
def test_nobody_else_answers(handled, people, who):
    given = order(handled, people.leader)

    with pytest.raises((NotAllowedError, CaseNotFoundError)):
        answer(handled, given, getattr(people, who))


def test_an_answer_says_something(handled, people):
    given = order(handled, people.leader)

    with pytest.raises(InvalidInputError):
        answer(handled, given, people.handler, text=" ")


def test_an_order_is_answered_once(handled, people):
    given = order(handled, people.leader)
    answer(handled, given, people.handler)

    with pytest.raises(OrderEndedError):
        answer(handled, given, people.head)


def test_an_order_of_another_case_is_not_found(handled, people, district):
    given = order(make_case(district, status=Status.IN_PROGRESS, category="lamp"), people.leader)

    with pytest.raises(OrderNotFoundError):
        answer(handled, given, people.handler)


def test_one_that_was_never_given_is_not_found(handled, people):
    with pytest.raises(OrderNotFoundError):
        answer(handled, SupervisionOrder(pk=new_id()), people.handler)


def test_an_order_is_withdrawn_with_a_reason(handled, people):
    given = order(handled, people.leader)

    withdraw(handled, given, people.shift_lead)

    given.refresh_from_db()
    assert (given.is_open, given.withdrawn_by, given.withdrawn_reason) == (False, people.shift_lead, "已当面说明")
    with pytest.raises(OrderEndedError):
        answer(handled, given, people.handler)


def test_a_withdrawal_needs_a_reason(handled, people):
    given = order(handled, people.leader)

    with pytest.raises(InvalidInputError):
        withdraw(handled, given, people.leader, reason="")


def test_the_unit_does_not_withdraw_what_it_has_to_answer(handled, people):
    given = order(handled, people.leader)

    with pytest.raises(NotAllowedError):
        withdraw(handled, given, people.head)


def test_it_ends_by_itself_when_the_case_leaves_the_unit(handled, people):
    given = order(handled, people.leader)
    handled.refresh_from_db()

    return_case(case_id=handled.pk, version=handled.version, reason="归消防", by=people.handler, at=NOON)

    given.refresh_from_db()
    assert (given.withdrawn_at, given.withdrawn_by, given.withdrawn_reason) == (NOON, None, "")


def test_it_stays_to_be_answered_after_the_work_is_reported_done(handled, people):
    given = order(handled, people.leader)
    handled.refresh_from_db()
    report_back(case_id=handled.pk, version=handled.version, result="换好了", by=people.handler, at=NOON)

    assert answer(handled, given, people.handler).answered_by == people.handler


def test_whoever_worked_meanwhile_is_told_that_an_order_came(district, people):
    case = make_case(district, status=Status.DISPATCHED, category="lamp")
    order(case, people.leader)

    with pytest.raises(StaleCaseError, match="分管领导"):
        take_case(case_id=case.pk, version=1, by=people.handler, at=NOON)


def test_the_unit_and_whoever_gave_it_see_it_in_their_lists(handled, people):
    given = order(handled, people.leader)

    assert [[each.pk for each in open_orders_for(who)] for who in (people.handler, people.head, people.leader)] == [
        [given.pk]
    ] * 3
    assert not open_orders_for(people.fireman)
    assert not open_orders_for(people.shift_lead)


@pytest.mark.parametrize(("who", "count"), [("handler", 1), ("fireman", 0), ("leader", 0)])
def test_what_a_unit_has_to_answer_is_counted_in_the_same_statement(
    handled, people, who, count, django_assert_num_queries
):
    order(handled, people.leader)
    user = getattr(people, who)
    live_duties(user)

    with django_assert_num_queries(1):
        found = ask_waiting_for(user, task_units=[], at=NOON)()

    assert found.orders == count


def test_the_database_lets_no_order_end_twice(handled, people):
    given = order(handled, people.leader)
    answer(handled, given, people.handler)

    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionOrder.objects.filter(pk=given.pk).update(withdrawn_at=NOON)


def test_both_are_announced(handled, people, django_capture_on_commit_callbacks):
    heard = []
    on(SupervisionOrdered)(heard.append)
    on(SupervisionAnswered)(heard.append)

    with django_capture_on_commit_callbacks(execute=True):
        given = order(handled, people.leader)
        answer(handled, given, people.handler, at=DUE + timedelta(hours=1))

    assert heard == [
        SupervisionOrdered(order_id=given.pk, case_id=handled.pk, at=NOON),
        SupervisionAnswered(order_id=given.pk, case_id=handled.pk, is_late=True, at=DUE + timedelta(hours=1)),
    ]


def test_no_dispute_gets_rid_of_it_unless_another_unit_is_to_act(handled, people, district):
    given = order(handled, people.leader)
    handled.refresh_from_db()
    with transaction.atomic():
        move_case(handled, Move.DISPUTE, by=people.handler, at=NOON)
    assert SupervisionOrder.objects.open().get() == given

    handled.lead_unit = district.units.fire
    with transaction.atomic():
        move_case(handled, Move.SETTLE, by=people.leader, at=NOON)

    assert not SupervisionOrder.objects.open().exists()
