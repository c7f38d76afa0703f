"""Telling people what has come to them."""

import pytest
from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.accounts.models import Role
from onegrid.cases.public import (
    Visibility,
    add_information,
    add_note,
    ask_extension,
    assign_case,
    decide_time,
    link_hash,
)
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.cases.tests.test_more_time import photo
from onegrid.dispatch.actions.tell_of_entry import TELL, tell_of_entry
from onegrid.dispatch.public import Support, dispatch_case
from onegrid.dispatch.tests.limits import after, dispatched, moved
from onegrid.notifications.public import inbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def work_off(*, at=MORNING):
    """Do what the queue has to tell, and return how many notices that made."""
    jobs = ProcrastinateJob.objects.filter(task_name=TELL).order_by("id")
    return sum(tell_of_entry(entry_id=args["entry_id"], at=at) for args in jobs.values_list("args", flat=True))


def titles(user):
    return [row.title for row in inbox(user).rows]


def test_those_who_handle_for_the_unit_are_told_what_was_dispatched_to_it(district, people):
    case = dispatched(district, people)

    assert work_off() == 1
    assert titles(people.handler) == [f"{case.number} was dispatched to Roads"]


def test_is_told_once_whoever_does_the_job_again(district, people):
    dispatched(district, people)
    work_off()

    assert work_off() == 0


def test_what_has_been_overtaken_is_not_told(district, people):
    moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))

    assert work_off() == 0


def test_nobody_is_told_what_they_did_themselves(district, people):
    case = dispatched(district, people)
    assign_case(case_id=case.pk, version=case.version, assignee=people.head, by=people.head, at=after(1))
    work_off()

    assert f"{case.number} was given to you" not in titles(people.head)


def test_who_is_given_a_case_is_told(district, people):
    case = dispatched(district, people)
    assign_case(case_id=case.pk, version=case.version, assignee=people.handler, by=people.head, at=after(1))
    work_off()

    assert f"{case.number} was given to you" in titles(people.handler)


def test_who_said_it_was_done_is_told_that_it_was_not(district, people):
    colleague = with_duty(Role.HANDLER, unit=district.units.roads)
    case = make_case(district, status=Status.HANDLED, category="lamp", handled_by=people.handler)
    moved(district, people, case, Move.FAIL, at=after(1))
    work_off()

    assert titles(people.handler) == [f"{case.number} was verified as not done and came back"]
    assert titles(colleague) == []


@pytest.mark.parametrize(
    ("status", "move", "words"),
    [
        (Status.DISPATCHED, Move.RETURN, "was returned and waits for dispatch"),
        (Status.CLOSED, Move.REOPEN, "was reopened"),
    ],
)
def test_the_dispatcher_is_told_what_waits_for_dispatch_again(district, people, status, move, words):
    case = make_case(district, status=status, category="lamp")
    moved(district, people, case, move, at=after(1))
    work_off()

    assert titles(people.dispatcher) == [f"{case.number} {words}"]


def test_the_grid_worker_is_asked_for_a_check(district, people):
    case = make_case(district, status=Status.ACCEPTED, category="lamp")
    moved(district, people, case, Move.ASK_CHECK, at=after(1))
    work_off()

    assert titles(people.grid_worker) == [f"{case.number} is to be checked on the spot"]


def test_those_who_decide_hear_that_more_time_is_asked_for_and_who_asked_what_became_of_it(district, people):
    case = moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))
    ask_extension(
        case_id=case.pk, version=case.version, hours=4, reason="等配件", proof=[photo(case)], by=people.handler,
        at=after(2),
    )  # fmt: skip
    work_off()
    deciding = people.head if titles(people.head) else people.shift_lead
    assert titles(deciding) == [f"{case.number}: more time is asked for, and you decide"]

    case.refresh_from_db()
    decide_time(case_id=case.pk, version=case.version, is_granted=False, note="不同意", by=deciding, at=after(3))
    work_off()

    assert f"{case.number}: the time that was asked for is refused" in titles(people.handler)


def test_those_who_settle_hear_of_a_dispute(district, people):
    settler = with_duty(Role.DISPATCHER, unit=district.units.centre)
    case = dispatched(district, people)
    moved(district, people, case, Move.DISPUTE, at=after(1))
    work_off()

    assert titles(settler) == [f"{case.number}: somebody must decide whose it is"]


def test_a_supporting_unit_is_told_of_its_task(district, people):
    case = make_case(district, status=Status.FILED, category="lamp")
    support = [Support(unit_code="fire", what="照明")]
    dispatch_case(case_id=case.pk, version=1, lead_code="roads", support=support, by=people.dispatcher, at=MORNING)
    work_off()

    assert titles(people.fireman) == [f"{case.number}: Fire has been given a supporting task"]


def test_who_works_on_it_hears_that_the_reporter_has_added_something(district, people):
    case = moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))
    case.reports.update(link_hash=link_hash("secret"))
    add_information(secret="secret", text="还在漏水，我的电话是 13588880000", at=after(2))  # noqa: S106
    work_off()

    (row,) = inbox(people.handler).rows
    assert row.title == f"The reporter of {case.number} has added something"
    assert "13588880000" not in row.text


def test_notes_of_colleagues_ring_no_bell(district, people):
    case = moved(district, people, dispatched(district, people), Move.TAKE, at=after(1))
    add_note(case_id=case.pk, text="已到现场", visibility=Visibility.INTERNAL, by=people.dispatcher, at=after(2))

    assert work_off() == 0


def test_the_job_is_there_exactly_when_the_change_is(district, people):
    with transaction.atomic():
        make_case(district, category="lamp")
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.filter(task_name=TELL).exists()

    dispatched(district, people)

    assert ProcrastinateJob.objects.filter(task_name=TELL, status="todo").count() == 1
