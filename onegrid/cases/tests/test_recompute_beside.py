"""Open tasks and orders follow the calendars as cases do; what has ended or has passed stays as it was."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as of_all
from hypothesis import strategies as st

from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.actions.supervise_case import answer_supervision
from onegrid.cases.actions.support_case import extend_task, finish_task
from onegrid.cases.models import SupportTask
from onegrid.cases.readers.explain_beside import explain_order, explain_task
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.states import Status
from onegrid.cases.tests.beside import given, in_two_working_days, ordered
from onegrid.cases.tests.factories import make_case, make_order, make_task
from onegrid.cases.tests.test_recompute_clocks import recompute_beside, somebody_waits_for_a_row
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.snapshots import bump
from onegrid.units.public import Counting
from onegrid.units.tests.factories import own_day

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine o'clock in Wenzhou
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(district):
    return in_two_working_days(district, at=TUESDAY)


@pytest.fixture
def task(case, people):
    return given(case, people, at=TUESDAY)


@pytest.fixture
def order(case, people):
    return ordered(case, people, at=TUESDAY)


def day_off(district, day, *, at):
    """Everybody stays at home on a day, which is said at a moment."""
    for unit in (district.units.fire, district.units.roads):
        own_day(day, unit=unit, set_at=at)
    bump("units")


def due(row):
    return type(row).objects.values_list("due_at", flat=True).get(pk=row.pk)


def test_keeps_what_the_catalogue_allowed_when_it_was_given(task, order):
    assert (task.limit_time, task.counting, task.due_at) == (2 * DAY, Counting.WORKING_DAYS, TUESDAY + 2 * DAY)
    assert (order.limit_time, order.counting, order.due_at) == (2 * DAY, Counting.WORKING_DAYS, TUESDAY + 2 * DAY)


def test_open_ones_come_to_another_moment_when_a_calendar_changes(task, order, district):
    day_off(district, (TUESDAY + DAY).date(), at=TUESDAY + HOUR)

    walked = recompute_clocks(at=TUESDAY + 2 * HOUR)

    assert (due(task), due(order), walked.beside) == (TUESDAY + 3 * DAY, TUESDAY + 3 * DAY, 2)


def test_ended_ones_stay_and_are_told_as_they_ended(case, task, order, people, district):
    finish_task(task_id=task.pk, result="围好了", by=people.fireman, at=TUESDAY + HOUR)
    answer_supervision(
        case_id=case.pk, order_id=order.pk, version=2, answer="明天装", by=people.handler, at=TUESDAY + HOUR
    )
    day_off(district, (TUESDAY + DAY).date(), at=TUESDAY + 2 * HOUR)

    walked = recompute_clocks(at=TUESDAY + 3 * HOUR)

    assert (due(task), due(order), walked.beside) == (TUESDAY + 2 * DAY, TUESDAY + 2 * DAY, 0)
    timeline = list(case.timeline.all())
    for row, explain in ((task, explain_task), (order, explain_order)):
        row.refresh_from_db()
        told = explain(row, timeline, at=TUESDAY + 9 * DAY)
        assert (told.due_at, told.used, told.limit_said) == (TUESDAY + 2 * DAY, HOUR, "2 个工作日")


def test_a_moment_that_has_passed_never_moves(task, order, district):
    day_off(district, (TUESDAY + 2 * DAY).date(), at=TUESDAY + 2 * DAY)

    walked = recompute_clocks(at=TUESDAY + 3 * DAY)

    assert (due(task), due(order), walked.beside) == (TUESDAY + 2 * DAY, TUESDAY + 2 * DAY, 0)


def test_another_category_of_the_case_leaves_what_was_decided(case, task, district):
    Category.objects.filter(pk=case.category_id).update(time_unit=TimeUnit.NATURAL_DAYS, limits={"handle": 4})
    bump(SNAPSHOT)

    assert recompute_clocks(at=TUESDAY, is_forced=True).beside == 0
    told = explain_task(task, [], at=TUESDAY)
    assert (told.limit, told.counting) == (2 * DAY, Counting.WORKING_DAYS)


def test_what_was_granted_follows_the_calendar_too(case, task, people, district):
    extend_task(task_id=task.pk, share=0.5, reason="下雨", by=people.handler, at=TUESDAY + HOUR)
    assert due(task) == TUESDAY + 3 * DAY
    day_off(district, (TUESDAY + DAY).date(), at=TUESDAY + 2 * HOUR)

    recompute_clocks(at=TUESDAY + 3 * HOUR)

    assert due(task) == TUESDAY + 6 * DAY  # over the weekend
    task.refresh_from_db()
    told = explain_task(task, list(case.timeline.all()), at=TUESDAY + 4 * HOUR)
    assert told.due_at == due(task)
    (line,) = [line for line in told.lines if line.kind == LineKind.EXTENDED]
    assert (line.at, line.amount, line.who, line.reason) == (TUESDAY + HOUR, DAY, "韩予宁 · 市政养护所", "下雨")


@pytest.mark.usefixtures("task", "order")
def test_an_order_on_a_case_that_is_over_is_reckoned_too(district, people):
    closed = make_case(district, status=Status.CLOSED, category="lamp", at=TUESDAY)
    kept = make_order(district, closed, by=people.leader, at=TUESDAY, counting=Counting.WORKING_DAYS)
    day_off(district, (TUESDAY + DAY).date(), at=TUESDAY + HOUR)

    assert recompute_clocks(at=TUESDAY + 2 * HOUR).beside == 3
    assert due(kept) == TUESDAY + 3 * DAY


def test_many_are_reckoned_in_few_statements(district, people, case, django_assert_max_num_queries):
    for _each in range(20):
        make_task(district, case, by=people.dispatcher, at=TUESDAY, counting=Counting.WORKING_HOURS)
        make_order(district, case, by=people.leader, at=TUESDAY, counting=Counting.WORKING_HOURS)

    with django_assert_max_num_queries(24):
        walked = recompute_clocks(at=TUESDAY)

    assert walked.beside == 40


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@of_all(
    begun=st.integers(0, 14 * 24 * 60),
    hours=st.integers(0, 400),
    counting=st.sampled_from(list(Counting)),
    share=st.sampled_from([None, 0.25, 0.5, 1.0]),
    seconds=st.integers(0, 59),
)
def test_without_a_change_nothing_moves(case, people, begun, hours, counting, share, seconds):
    at, category = TUESDAY + timedelta(minutes=begun, seconds=seconds), Category.objects.filter(pk=case.category_id)
    unit = {Counting.ALWAYS: TimeUnit.URGENT}.get(counting, counting.value)
    category.update(time_unit=unit, limits={"handle": hours}, procedure={"supervision_hours": {"leader": hours}})
    bump(SNAPSHOT)
    case.refresh_from_db()
    task = given(case, people, at=at)
    order = ordered(case, people, at=at, version=case.version)
    if share and task.due_at:
        extend_task(task_id=task.pk, share=share, reason="下雨", by=people.handler, at=at)
    before = (due(task), due(order))

    assert recompute_clocks(at=at, is_forced=True).beside == 0
    assert (due(task), due(order)) == before


@pytest.mark.django_db(transaction=True)
def test_one_that_somebody_ends_or_extends_meanwhile_is_left_or_reckoned_as_it_is_then(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", at=TUESDAY)
    ended = make_task(district, case, by=people.dispatcher, at=TUESDAY, due_at=TUESDAY + DAY, limit_time=2 * DAY)
    longer = make_task(district, case, by=people.dispatcher, at=TUESDAY, due_at=TUESDAY + DAY, limit_time=2 * DAY)

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic():
            SupportTask.objects.filter(pk=ended.pk).update(done_at=TUESDAY, done_by=people.fireman)
            SupportTask.objects.filter(pk=longer.pk).update(limit_time=4 * DAY, due_at=TUESDAY + 3 * DAY)
            walk = beside.submit(recompute_beside)
            while not somebody_waits_for_a_row():
                assert not walk.done()
                time.sleep(0.01)
        walked = walk.result()

    assert (due(ended), due(longer), walked.beside) == (TUESDAY + DAY, TUESDAY + 4 * DAY, 1)
