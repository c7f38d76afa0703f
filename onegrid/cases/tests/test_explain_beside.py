"""Why a task, an order, an appeal has the due moment that it has: who decided what, when and why, at the API too."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now
from django.utils.translation import override

from onegrid.accounts.tests.callers import Program
from onegrid.cases.actions.handle_case import return_case
from onegrid.cases.actions.supervise_case import answer_supervision, withdraw_supervision
from onegrid.cases.actions.support_case import cancel_task, extend_task, finish_task
from onegrid.cases.models import OrderKind
from onegrid.cases.readers.appeals import appeals_of
from onegrid.cases.readers.explain_beside import explain_appeal, explain_order, explain_task
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.states import Stage
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.beside import given, in_two_working_days, ordered

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]

FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # nine o'clock in Wenzhou
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY_ROADS, BY_CENTRE = "韩予宁 · Roads", "分管领导 · Centre"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def case(district):
    return in_two_working_days(district, at=FRIDAY)


@pytest.fixture
def task(case, people):
    return given(case, people, at=FRIDAY)


@pytest.fixture
def order(case, people):
    return ordered(case, people, at=FRIDAY)


def told_of_task(case, task, at):
    task.refresh_from_db()
    return explain_task(task, list(case.timeline.all()), at=at)


def told_of_order(case, order, at):
    order.refresh_from_db()
    return explain_order(order, list(case.timeline.all()), at=at)


def rows(told):
    return [(line.kind, line.at, line.who, line.reason) for line in told.lines]


def test_a_task_tells_who_gave_it_what_counted_and_until_when(case, task):
    told = told_of_task(case, task, FRIDAY + 4 * DAY)

    assert rows(told) == [
        (LineKind.BEGAN, FRIDAY, "周知遥 · Chashan Centre", ""),
        (LineKind.COUNTED, None, "", ""),
        (LineKind.DUE, FRIDAY + 4 * DAY, "", ""),
        (LineKind.NOW, FRIDAY + 4 * DAY, "", ""),
    ]
    assert (told.heading, told.limit, told.used) == ("Supporting task: 2 working days", 2 * DAY, 2 * DAY)
    assert told.basis.endswith("in the time of the unit that helps: 2 working days.")


def test_an_extension_tells_when_it_was_granted_by_whom_why_and_what_was_due_before(case, task, people):
    extend_task(task_id=task.pk, share=0.5, reason="下雨", by=people.handler, at=FRIDAY + HOUR)

    told = told_of_task(case, task, FRIDAY + 2 * HOUR)

    (line,) = [line for line in told.lines if line.kind is LineKind.EXTENDED]
    assert (line.at, line.who, line.reason, line.said) == (FRIDAY + HOUR, BY_ROADS, "下雨", "1 working day")
    assert line.text == "Extended by the lead unit, once; until then it was due on 1 December 2026 09:00"
    assert (told.heading, told.due_at) == ("Supporting task: 3 working days", FRIDAY + 5 * DAY)
    assert told.basis.endswith("2 working days.")


def test_a_task_that_is_done_or_called_off_tells_by_whom_and_a_reason_only_of_the_latter(case, task, people):
    other = given(case, people, at=FRIDAY, what="照明")
    finish_task(task_id=task.pk, result="围好了", by=people.fireman, at=FRIDAY + HOUR)
    cancel_task(task_id=other.pk, reason="不用了", by=people.dispatcher, at=FRIDAY + HOUR)

    done, off = told_of_task(case, task, FRIDAY + 9 * DAY), told_of_task(case, other, FRIDAY + 9 * DAY)

    assert (done.lines[2].text, done.lines[2].who, done.lines[2].reason) == (
        "Done: the clock stops", "陆行舟 · Fire", "",
    )  # fmt: skip
    assert (off.lines[2].text, off.lines[2].reason) == ("Called off: the clock stops", "不用了")
    assert (done.lines[-1].kind, done.lines[-1].at, done.is_over) == (LineKind.ENDED, FRIDAY + HOUR, True)


def test_an_order_tells_who_ordered_and_who_answered(case, order, people):
    answer_supervision(
        case_id=case.pk, order_id=order.pk, version=2, answer="明天装", by=people.handler, at=FRIDAY + HOUR
    )

    told = told_of_order(case, order, FRIDAY + 9 * DAY)

    assert rows(told) == [
        (LineKind.BEGAN, FRIDAY, BY_CENTRE, ""),
        (LineKind.COUNTED, FRIDAY + HOUR, "", ""),
        (LineKind.STOPPED, FRIDAY + HOUR, BY_ROADS, ""),
        (LineKind.DUE, FRIDAY + 4 * DAY, "", ""),
        (LineKind.ENDED, FRIDAY + HOUR, "", ""),
    ]


def test_an_order_that_was_withdrawn_tells_why_and_one_that_ended_by_itself_that_the_case_left(case, order, people):
    second = ordered(case, people, at=FRIDAY, kind=OrderKind.IMPORTANT, version=2)
    withdraw_supervision(
        case_id=case.pk, order_id=order.pk, version=3, reason="已说明", by=people.leader, at=FRIDAY + HOUR
    )
    return_case(case_id=case.pk, version=4, reason="归消防", by=people.handler, at=FRIDAY + HOUR)

    withdrawn, left = told_of_order(case, order, FRIDAY + DAY), told_of_order(case, second, FRIDAY + DAY)

    assert (withdrawn.lines[2].text, withdrawn.lines[2].who, withdrawn.lines[2].reason) == (
        "Withdrawn: the clock stops", BY_CENTRE, "已说明",
    )  # fmt: skip
    assert (left.lines[2].text, left.lines[2].who) == ("The case left the unit: the clock stops", "by itself")


@pytest.mark.parametrize(("stage", "heading"), [(Stage.HANDLE, "Handling: 1 d"), (None, "The whole case: 2 d 10 h")])
def test_an_appeal_tells_the_sum_of_what_was_late(district, people, stage, heading):
    late = closed_case(district, people)
    appeal(late, people, stage=stage)
    late.refresh_from_db()
    (made,) = appeals_of(late)

    told = explain_appeal(made, late, list(late.timeline.all()), at=now())

    assert (told.due_at, told.is_over, told.heading) == (made.due_at, True, heading)
    assert told.used > told.limit
    counted = sum((line.amount for line in told.lines if line.kind is LineKind.COUNTED), timedelta())
    assert counted == told.used


def test_the_api_tells_the_sum_of_an_appeal_and_who_reviewed_it(district, people):
    late = closed_case(district, people)
    appeal(late, people, stage=Stage.HANDLE)
    review(late, people.shift_lead)
    review(late, people.leader)

    [shown] = Program(people.head).show(f"cases/{late.number}/appeals").json()["appeals"]

    assert (shown["asked_by"], [each["by"] for each in shown["reviews"]]) == ("所长", ["值班长", "分管领导"])
    assert (shown["deadline"]["stage"], shown["deadline"]["due_at"]) == ("handle", shown["due_at"])
    assert shown["deadline"]["limit_hours"] == 24


def test_the_api_tells_the_deadline_of_tasks_and_who_decided(case, task, people):
    extend_task(task_id=task.pk, share=0.5, reason="下雨", by=people.handler, at=FRIDAY + HOUR)

    [shown] = Program(people.handler).show(f"cases/{case.number}/connections").json()["tasks"]

    assert (shown["given_by"], shown["extended_by"], shown["done_by"]) == ("周知遥", "韩予宁", "")
    deadline = shown["deadline"]
    assert (deadline["due_at"], deadline["limit_hours"], deadline["counting"]) == (shown["due_at"], 72, "working_days")
    granted = next(line for line in deadline["lines"] if line["kind"] == "extended")
    assert (granted["who"], granted["reason"], granted["hours"]) == (BY_ROADS, "下雨", 24)


def test_the_api_tells_the_deadline_of_orders_and_who_decided(case, order, people):
    answer_supervision(
        case_id=case.pk, order_id=order.pk, version=2, answer="明天装", by=people.handler, at=FRIDAY + HOUR
    )

    [shown] = Program(people.shift_lead).show(f"cases/{case.number}/supervision-orders").json()["orders"]

    assert (shown["ordered_by"], shown["answered_by"], shown["withdrawn_by"]) == ("分管领导", "韩予宁", "")
    assert (shown["deadline"]["due_at"], shown["deadline"]["is_over"]) == (shown["due_at"], True)
    assert [line["who"] for line in shown["deadline"]["lines"] if line["kind"] in {"began", "stopped"}] == [
        BY_CENTRE, BY_ROADS,
    ]  # fmt: skip


def test_every_moment_in_an_answer_is_told_in_one_zone(case, order, task, people):
    orders = Program(people.handler).show(f"cases/{case.number}/supervision-orders").json()["orders"]
    tasks = Program(people.handler).show(f"cases/{case.number}/connections").json()["tasks"]

    moments = [line["at"] for each in (*orders, *tasks) for line in each["deadline"]["lines"] if line["at"]]
    assert {moment[-1] for moment in moments} == {"Z"}
