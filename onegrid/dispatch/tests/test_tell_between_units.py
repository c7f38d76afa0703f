"""Telling people of orders, nudges, requests, disputes, tasks and appeals: whom each concerns, and once."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localtime

from onegrid.accounts.models import Role
from onegrid.cases.models import OrderKind
from onegrid.cases.public import (
    answer_supervision,
    ask_extension,
    cancel_task,
    decide_time,
    extend_task,
    finish_task,
    link_hash,
    nudge_case,
    order_supervision,
    withdraw_supervision,
)
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.cases.tests.test_more_time import photo
from onegrid.dispatch.public import (
    DisputeReason,
    Support,
    argue_dispute,
    decide_dispute,
    dispatch_case,
    invite_unit,
    open_dispute,
    tell_late_orders,
)
from onegrid.dispatch.tests.limits import after, dispatched, moved
from onegrid.dispatch.tests.test_tell_of_entry import titles, work_off
from onegrid.notifications.public import inbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def taken(district, people):
    """A case that the handler of the roads has in hand, with what was to be told of it until then."""
    case = moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))
    work_off()
    return case


def order(case, by, *, at=None):
    case.refresh_from_db()
    return order_supervision(
        case_id=case.pk, version=case.version, kind=OrderKind.LEADER, text="为何还没修好？", by=by, at=at or after(2)
    )


def answer(case, of, by):
    case.refresh_from_db()
    return answer_supervision(
        case_id=case.pk, order_id=of.pk, version=case.version, answer="今天装", by=by, at=after(3)
    )


def newest(user):
    return inbox(user).rows[0]


def test_a_supervision_order_is_told_to_the_head_and_to_who_works_on_it(taken, people):
    given = order(taken, people.leader)

    assert work_off() == 2
    assert titles(people.head) == [f"{taken.number}: a supervision order asks Roads for an answer"]
    assert titles(people.handler)[0] == titles(people.head)[0]
    assert titles(people.leader) == []
    assert f"{localtime(given.due_at):%Y-%m-%d %H:%M}" in newest(people.head).text
    assert work_off() == 0


def test_an_order_that_was_answered_meanwhile_is_not_told_any_more_and_its_answer_is(taken, people):
    answer(taken, order(taken, people.leader), people.head)

    assert work_off() == 1
    assert titles(people.leader) == [f"{taken.number}: Roads has answered the supervision order"]
    assert titles(people.head) == []


def test_the_unit_hears_that_an_order_is_withdrawn(taken, people):
    given = order(taken, people.leader)
    work_off()
    taken.refresh_from_db()
    withdraw_supervision(
        case_id=taken.pk, order_id=given.pk, version=taken.version, reason="已当面说明", by=people.leader, at=after(3)
    )
    work_off()

    assert titles(people.head)[0] == f"{taken.number}: the supervision order to Roads is withdrawn"


def test_an_order_that_nobody_answered_in_time_is_told_once_to_both_sides(taken, people):
    given = order(taken, people.leader)
    assert tell_late_orders(at=given.due_at - timedelta(seconds=1)) == 0

    assert tell_late_orders(at=given.due_at) == 3

    assert titles(people.leader) == [f"{taken.number}: Roads has not answered a supervision order in time"]
    assert titles(people.head) == titles(people.leader)
    assert tell_late_orders(at=given.due_at + timedelta(minutes=1)) == 0


def test_late_orders_cost_the_same_however_many_there_are(taken, people, django_assert_max_num_queries):
    last = [order(taken, people.leader, at=after(2) + timedelta(minutes=each)) for each in range(6)][-1]

    with django_assert_max_num_queries(9):
        assert tell_late_orders(at=last.due_at) == 18


def test_an_answer_in_time_is_no_late_order(taken, people):
    given = order(taken, people.leader)
    answer(taken, given, people.head)

    assert tell_late_orders(at=given.due_at + timedelta(minutes=1)) == 0


def test_who_works_on_it_hears_that_the_reporter_asks_to_hurry(taken, people):
    taken.reports.update(link_hash=link_hash("secret"))
    nudge_case(secret="secret", at=after(2))  # noqa: S106

    assert work_off() == 1
    assert newest(people.handler).title == f"The reporter of {taken.number} asks to hurry"
    assert newest(people.handler).kind == "dispatch.added"


def test_who_asked_for_more_time_hears_the_decision_though_a_colleague_has_the_case(taken, people):
    ask_extension(
        case_id=taken.pk, version=taken.version, hours=4, reason="等配件", proof=[photo(taken)], by=people.head,
        at=after(2),
    )  # fmt: skip
    taken.refresh_from_db()
    decide_time(
        case_id=taken.pk, version=taken.version, is_granted=True, note="属实", by=people.shift_lead, at=after(3)
    )
    work_off()

    said = f"{taken.number}: the time that was asked for is granted"
    assert [titles(people.head), titles(people.handler)[0]] == [[said], said]
    assert titles(people.shift_lead) == []  # the request was decided before anybody could be told of it


def disputed(case, people):
    open_dispute(
        case_id=case.pk, version=case.version, reason=DisputeReason.NOT_OUR_TASK, words="是消防的", claimed_code="fire",
        by=people.handler, at=after(2),
    )  # fmt: skip


def test_those_named_in_a_docket_hear_of_it_and_until_when_it_is_decided(taken, people):
    disputed(taken, people)
    work_off()
    taken.refresh_from_db()

    said = f"{taken.number}: it is disputed whose it is, and your unit can argue"
    assert [titles(people.fireman), titles(people.head)] == [[said], [said]]
    assert f"{localtime(taken.stage_due_at):%Y-%m-%d %H:%M}" in newest(people.fireman).text
    assert said not in titles(people.handler)
    assert titles(people.coordinator) == [f"{taken.number}: somebody must decide whose it is"]


def test_an_invited_unit_hears_that_it_can_argue_and_the_others_are_not_told_again(taken, people, district):
    disputed(taken, people)
    work_off()
    gridhead = with_duty(Role.UNIT_HEAD, unit=district.units.grid_team)
    invite_unit(case_id=taken.pk, unit_code="chashan-grids", by=people.coordinator, at=after(3))
    argue_dispute(case_id=taken.pk, text="不是我们", by=people.fireman, at=after(3))
    work_off()

    assert titles(gridhead) == [f"{taken.number}: it is disputed whose it is, and your unit can argue"]
    assert len(titles(people.head)) == 1


def test_the_parties_hear_whose_it_is_and_where_they_can_read_it(taken, people):
    disputed(taken, people)
    taken.refresh_from_db()
    decide_dispute(
        case_id=taken.pk, version=taken.version, lead_code="fire", ruling="归消防", by=people.coordinator, at=after(4)
    )
    work_off()

    said = f"{taken.number}: it was decided that Fire is responsible"
    assert [titles(people.head), titles(people.handler)[0]] == [[said], said]
    assert newest(people.head).path == "/disputes/"
    assert set(titles(people.fireman)) == {f"{taken.number} was dispatched to Fire"}


@pytest.fixture
def helped(district, people):
    """A case that the fire station supports, of which everything was told."""
    case = make_case(district, status=Status.FILED, category="lamp")
    support = [Support(unit_code="fire", what="照明")]
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", support=support, by=people.dispatcher, at=MORNING)
    work_off()
    return case


def test_the_unit_that_leads_hears_that_a_task_is_done(helped, people):
    finish_task(task_id=helped.tasks.get().pk, result="照好了", by=people.fireman, at=after(1))
    work_off()

    said = f"{helped.number}: Fire has done its supporting task"
    assert [titles(people.handler)[0], titles(people.dispatcher)] == [said, [said]]


def test_a_supporting_unit_hears_that_its_task_is_called_off(helped, people):
    cancel_task(task_id=helped.tasks.get().pk, reason="不用了", by=people.dispatcher, at=after(1))
    work_off()

    assert titles(people.fireman)[0] == f"{helped.number}: the supporting task of Fire is called off"


def test_a_supporting_unit_hears_that_it_has_more_time(helped, people):
    extend_task(task_id=helped.tasks.get().pk, share=1.0, reason="路远", by=people.handler, at=after(1))
    work_off()

    assert titles(people.fireman)[0] == f"{helped.number}: Fire has more time for its supporting task"
    assert f"{localtime(helped.tasks.get().due_at):%Y-%m-%d %H:%M}" in newest(people.fireman).text


def test_the_head_hears_that_work_was_verified_as_not_done(district, people):
    case = make_case(district, status=Status.HANDLED, category="lamp", handled_by=people.handler)
    moved(district, people, case, Move.FAIL, at=after(1))
    work_off()

    said = f"{case.number} was verified as not done and came back"
    assert [titles(people.head), titles(people.handler)] == [[said], [said]]


@pytest.fixture
def late(district, people):
    """A closed case that the roads handled late, of which everything was told."""
    case = closed_case(district, people)
    work_off()
    return case


def test_an_appeal_goes_to_the_first_reviewers_then_to_the_second_and_its_end_to_who_asked(late, people):
    appeal(late, people)
    work_off()
    assert titles(people.shift_lead)[0] == (
        f"{late.number}: an appeal against lateness waits for the first review, which is yours"
    )
    assert titles(people.district_lead) == titles(people.leader) == titles(people.stranger) == []

    review(late, people.shift_lead)
    work_off()
    assert titles(people.leader) == [
        f"{late.number}: an appeal against lateness waits for the second review, which is yours"
    ]

    review(late, people.leader)
    work_off()
    assert titles(people.head)[0] == (
        f"{late.number}: the appeal is granted; the delay stays on record and is not counted"
    )
    assert work_off() == 0


def test_who_asked_hears_that_the_first_review_refused(late, people):
    appeal(late, people)
    review(late, people.shift_lead, is_yes=False)
    work_off()

    assert titles(people.head)[0] == f"{late.number}: the appeal against lateness is refused; the delay counts"
    assert titles(people.leader) == []
    assert "waits for the first review" not in " ".join(titles(people.shift_lead))


def test_it_is_said_in_the_language_of_who_reads_it(taken, people):
    order(taken, people.leader)
    work_off()

    with translation.override("zh-hans"):
        assert titles(people.head) == [f"{taken.number}：督办要求市政养护所答复"]
