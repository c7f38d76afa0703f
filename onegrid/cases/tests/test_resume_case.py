"""Suspended cases go on: early, or by themselves, once, as of the moment that was said."""

from datetime import timedelta

import pytest

from onegrid.cases.actions.lifecycle import move_case
from onegrid.cases.actions.resume_case import resume_case, resume_due_cases
from onegrid.cases.models import Case
from onegrid.cases.states import Move, Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.errors import NotAllowedError

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def suspended(district, until):
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    case.suspended_until = until
    move_case(case, Move.SUSPEND, by=None, at=MORNING + timedelta(hours=1))
    return case


def test_a_case_goes_on_as_of_the_moment_that_was_said_however_late_the_job_comes(district):
    case = suspended(district, MORNING + DAY)
    due = case.stage_due_at

    resumed = resume_due_cases(at=MORNING + 3 * DAY)

    case.refresh_from_db()
    entry = case.timeline.get(move=Move.RESUME)
    assert (resumed, case.status, case.suspended_until, case.stage_due_at) == (1, Status.IN_PROGRESS, None, due)
    assert (entry.happened_at, entry.received_at) == (MORNING + DAY, MORNING + 3 * DAY)


@pytest.mark.parametrize(("late", "resumed"), [(timedelta(microseconds=-1), 0), (timedelta(0), 1)])
def test_a_case_goes_on_exactly_when_its_time_comes(district, late, resumed):
    suspended(district, MORNING + DAY)

    assert resume_due_cases(at=MORNING + DAY + late) == resumed


def test_the_second_time_changes_nothing(district):
    case = suspended(district, MORNING + DAY)
    resume_due_cases(at=MORNING + DAY)

    assert resume_due_cases(at=MORNING + 2 * DAY) == 0
    assert case.timeline.filter(move=Move.RESUME).count() == 1


def test_after_a_standstill_they_go_on_in_order(district):
    later, sooner = suspended(district, MORNING + 2 * DAY), suspended(district, MORNING + DAY)

    assert resume_due_cases(at=MORNING + 9 * DAY, most=1) == 1
    assert set(Case.objects.filter(status=Status.SUSPENDED)) == {later}
    assert resume_due_cases(at=MORNING + 9 * DAY, most=1) == 1
    assert sooner.timeline.get(move=Move.RESUME).happened_at == MORNING + DAY


@pytest.mark.parametrize("role", ["handler", "head", "dispatcher", "shift_lead"])
def test_the_unit_and_the_centre_may_let_it_go_on_early(district, people, role):
    case = suspended(district, MORNING + 9 * DAY)
    at = MORNING + DAY

    case = resume_case(case_id=case.pk, version=case.version, note="料到了", by=getattr(people, role), at=at)

    assert case.status == Status.IN_PROGRESS
    assert case.stage_due_at == MORNING + DAY + timedelta(hours=23)


@pytest.mark.parametrize("role", ["leader", "verifier", "acceptor"])
def test_nobody_else_may(district, people, role):
    case = suspended(district, MORNING + 9 * DAY)

    with pytest.raises(NotAllowedError):
        resume_case(case_id=case.pk, version=case.version, note="", by=getattr(people, role), at=MORNING + DAY)
