"""A calendar that another process has changed: no due moment is written down by the old one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.catalogue.models import Category, TimeUnit
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core import snapshots
from onegrid.core.ids import new_id
from onegrid.core.models import Generation
from onegrid.units.models import Calendar, HolidaySource
from onegrid.units.public import calendar_of
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.tests.factories import calendar_row
from onegrid.units.tests.working import AROUND_THE_CLOCK

pytestmark = pytest.mark.django_db
LIMIT = timedelta(hours=40)
NEVER_WORKED_BEFORE = {"7": [["00:00", "01:00"]]}


@pytest.fixture
def case(district, settings):
    """A lamp that waits to be dispatched while this process looks only once an hour what others have changed."""
    calendar_row("daily", weekly=NEVER_WORKED_BEFORE, holidays=HolidaySource.NONE, is_default=True)
    Category.objects.filter(pk=district.categories.lamp.pk).update(
        time_unit=TimeUnit.WORKING_HOURS, limits={"handle": LIMIT / timedelta(hours=1)}
    )
    snapshots.bump(CATALOGUE)
    snapshots.bump(SNAPSHOT)
    settings.SNAPSHOT_SECONDS = 3600
    calendar_of(None)
    return make_case(district, status=Status.FILED, category="lamp", at=datetime.now(UTC) - timedelta(hours=1))


def another_process_changes_the_calendar():
    Calendar.objects.update(weekly=AROUND_THE_CLOCK)
    Generation.objects.filter(name=SNAPSHOT).update(value=new_id())


def is_known(district):
    return calendar_of(district.units.roads.pk).week.on(1) != ()


def test_a_step_reckons_by_it_and_a_page_that_only_shows_may_lag(case, people, district):
    program = Program(people.dispatcher)
    program.show(f"cases/{case.number}")
    another_process_changes_the_calendar()

    program.show(f"cases/{case.number}")
    lags = not is_known(district)
    sent = program.send(f"cases/{case.number}/assignments", {"version": case.version, "lead": "roads"})

    case = Case.objects.get()
    assert (lags, sent.status_code) == (True, 201)
    assert case.stage_due_at - case.stage_started_at == LIMIT


def test_a_job_in_the_background_begins_with_it(case, district):
    another_process_changes_the_calendar()
    before = is_known(district)

    within = snapshots.fresh_for_a_job(lambda: is_known(district), None, None)

    assert (before, within) == (False, True)


def test_what_is_kept_of_a_stage_goes_by_it_before_the_reckoning_of_all_cases_has_come_to_it(case, people, district):
    given = Program(people.dispatcher).send(
        f"cases/{case.number}/assignments", {"version": case.version, "lead": "roads"}
    )
    before = Case.objects.get().stage_due_at
    another_process_changes_the_calendar()

    taken = Program(people.handler).send(f"cases/{case.number}/taking", {"version": 2})
    returned = Program(people.handler).send(
        f"cases/{case.number}/returns", {"version": 3, "code": "other", "reason": "不是我们的"}
    )

    assert [each.status_code for each in (given, taken, returned)] == [201, 200, 200], returned.content
    kept = case.timeline.get(move="return").data
    assert kept["due_at"] == (Case.objects.get().timeline.get(move="dispatch").happened_at + LIMIT).isoformat()
    assert kept["due_at"] < before.isoformat()


def test_a_report_is_taken_by_what_is_known_and_asks_nothing_for_it(people, district, case):
    another_process_changes_the_calendar()
    reporter = Program(people.dispatcher)
    body = {
        "id": str(new_id()),
        "text": "路灯不亮",
        "category": district.categories.lamp.code,
        "x": 120.605,
        "y": 27.905,
    }

    with CaptureQueriesContext(connection) as captured:
        sent = reporter.send("cases", body)

    assert sent.status_code == 201, sent.content
    assert not [query for query in captured if "core_generation" in query["sql"]]
