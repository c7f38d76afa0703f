"""What an upgrade says of tasks and orders that were there before they kept what made their due moments."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection

from onegrid.cases.actions.amend_case import recategorize_case
from onegrid.cases.actions.recompute_clocks import recompute_clocks
from onegrid.cases.models import Channel, EntryKind, TimelineEntry, Visibility
from onegrid.cases.tests.beside import in_two_working_days
from onegrid.cases.tests.factories import make_order, make_task
from onegrid.units.public import Counting

pytestmark = pytest.mark.django_db

TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # nine o'clock in Wenzhou
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def case(district):
    return in_two_working_days(district, at=TUESDAY, procedure={"supervision_hours": {"leader": 72}})


def upgrade():
    """Say of every row what the migration says."""
    step = import_module("onegrid.cases.migrations.0024_what_clocks_beside_had")
    with connection.cursor() as cursor:
        cursor.execute(step.FORWARD)


def kept(row):
    row.refresh_from_db()
    return row.counting, row.limit_time


def test_the_limit_is_that_of_the_category(case, district, people):
    task = make_task(district, case, by=people.dispatcher, at=TUESDAY, hours=48)
    order = make_order(district, case, by=people.leader, at=TUESDAY, hours=72)
    other = make_order(district, case, by=people.leader, at=TUESDAY, hours=24, kind="overdue")

    upgrade()

    assert kept(task) == (Counting.WORKING_DAYS, 2 * DAY)
    assert (kept(order), kept(other)) == ((Counting.WORKING_DAYS, 3 * DAY), (Counting.WORKING_DAYS, DAY))
    assert recompute_clocks(at=TUESDAY, is_forced=True).beside == 0


def test_the_category_is_that_of_then(case, district, people):
    task = make_task(district, case, by=people.dispatcher, at=TUESDAY, hours=48)
    recategorize_case(
        case_id=case.pk, version=1, category_code="roads.manhole", by=people.dispatcher, at=TUESDAY + HOUR
    )

    upgrade()

    assert kept(task) == (Counting.WORKING_DAYS, 2 * DAY)


@pytest.mark.parametrize("hours", [30, 47])
def test_where_the_limit_cannot_have_made_it_all_time_until_it_is(case, district, people, hours):
    task = make_task(district, case, by=people.dispatcher, at=TUESDAY, hours=hours)

    upgrade()

    assert kept(task) == (Counting.ALWAYS, timedelta(hours=hours))


@pytest.mark.parametrize(("days", "granted"), [(1, DAY), (2, 2 * DAY)])
def test_an_extension_gave_half_the_limit_or_all_of_it(case, district, people, days, granted):
    task = longer(case, district, people, days=days)

    upgrade()

    task.refresh_from_db()
    assert (task.limit_time, task.granted_time) == (2 * DAY, granted)
    assert (task.extended_at, task.extended_by) == (TUESDAY + HOUR, people.handler)


def test_what_had_no_limit_keeps_none(case, district, people):
    task = make_task(district, case, by=people.dispatcher, due_at=None, limit_time=None, counting="")

    upgrade()

    assert kept(task) == ("", None)


def longer(case, district, people, *, days):
    """Make a task that was extended by so many days; only its entry says right by whom and when."""
    first, wrong = TUESDAY + 2 * DAY, {"granted_time": HOUR, "extended_at": TUESDAY, "extended_by": people.head}
    task = make_task(
        district, case, by=people.dispatcher, at=TUESDAY, due_at=first + days * DAY, extended_from=first, **wrong
    )
    TimelineEntry.objects.create(
        case=case, kind=EntryKind.TASK, visibility=Visibility.PUBLIC, channel=Channel.DESK, by_user=people.handler,
        happened_at=TUESDAY + HOUR, received_at=TUESDAY + HOUR,
        data={"extended": True, "what": task.what, "from": first.isoformat(), "to": (first + days * DAY).isoformat()},
    )  # fmt: skip
    return task
