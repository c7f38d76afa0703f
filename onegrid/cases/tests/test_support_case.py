"""Supporting tasks: done, called off by whoever gave them, extended once by the lead unit; late stays late."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.accounts.tests.callers import Program
from onegrid.cases.actions.connect_cases import OpenPartsError
from onegrid.cases.actions.finish_case import close_case
from onegrid.cases.actions.handle_case import report_back
from onegrid.cases.actions.support_case import (
    TaskIsDoneError,
    TaskIsLateError,
    TaskWasExtendedError,
    cancel_task,
    extend_task,
    finish_task,
    give_task,
)
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import EntryKind
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case, make_task
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT as CATALOGUE
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.ids import new_id
from onegrid.core.snapshots import bump
from onegrid.units.public import directory

pytestmark = pytest.mark.django_db

DUE = MORNING + timedelta(hours=24)
NOON, LATE = MORNING + timedelta(hours=3), MORNING + timedelta(hours=30)


@pytest.fixture
def case(district):
    return make_case(district, status=Status.IN_PROGRESS, category="lamp")


@pytest.fixture
def task(case, people):
    unit = directory().by_code["fire"]
    return give_task(case, unit=unit, what="现场围挡", by=people.dispatcher, at=MORNING)


def last(case):
    return case.timeline.filter(kind=EntryKind.TASK).latest("received_at", "id")


def test_an_open_task_blocks_reporting_the_whole_as_done(case, task, people):
    with pytest.raises(OpenPartsError):
        report_back(case_id=case.pk, version=1, result="好了", by=people.handler, at=NOON)


def test_an_open_task_blocks_closing(district, people):
    verified = make_case(district, status=Status.VERIFIED, category="lamp")
    unit = directory().by_code["fire"]
    give_task(verified, unit=unit, what="现场围挡", by=people.dispatcher, at=MORNING)

    with pytest.raises(OpenPartsError):
        close_case(case_id=verified.pk, version=1, outcome=Outcome.FIXED, note="", by=people.shift_lead, at=NOON)


def test_a_task_done_late_stays_late_in_the_timeline(case, task, people):
    finish_task(task_id=task.pk, result="围好了", by=people.fireman, at=LATE)

    assert last(case).data | {"done": True, "late": True, "due_at": DUE.isoformat()} == last(case).data


def test_whoever_gave_it_calls_it_off_with_the_reason_and_it_blocks_no_more(case, task, people):
    cancel_task(task_id=task.pk, reason="已由物业围挡", by=people.dispatcher, at=NOON)

    assert (last(case).text, last(case).data["cancelled"]) == ("已由物业围挡", True)
    done = report_back(case_id=case.pk, version=1, result="好了", by=people.handler, at=NOON)
    assert done.status == Status.HANDLED


@pytest.mark.parametrize("who", ["handler", "fireman", "leader"])
def test_nobody_else_calls_it_off(task, people, who):
    with pytest.raises(NotAllowedError):
        cancel_task(task_id=task.pk, reason="不用了", by=getattr(people, who), at=NOON)


def test_calling_off_needs_a_reason(task, people):
    with pytest.raises(CaseNotReadyError):
        cancel_task(task_id=task.pk, reason=" ", by=people.dispatcher, at=NOON)


@pytest.mark.parametrize("deed", ["finish", "cancel", "extend"])
def test_what_is_called_off_is_over(task, people, deed):
    cancel_task(task_id=task.pk, reason="不用了", by=people.dispatcher, at=NOON)
    deeds = {
        "finish": lambda: finish_task(task_id=task.pk, result="好了", by=people.fireman, at=NOON),
        "cancel": lambda: cancel_task(task_id=task.pk, reason="不用了", by=people.dispatcher, at=NOON),
        "extend": lambda: extend_task(task_id=task.pk, share=0.5, reason="雨", by=people.handler, at=NOON),
    }

    with pytest.raises(TaskIsDoneError):
        deeds[deed]()


def test_the_lead_unit_gives_more_time_once(case, task, people):
    extended = extend_task(task_id=task.pk, share=0.5, reason="下雨", by=people.handler, at=NOON)

    assert (extended.due_at, extended.extended_from) == (DUE + timedelta(hours=12), DUE)
    assert (last(case).text, last(case).data["to"]) == ("下雨", extended.due_at.isoformat())
    with pytest.raises(TaskWasExtendedError):
        extend_task(task_id=task.pk, share=0.5, reason="还在下", by=people.handler, at=NOON)


def test_what_is_late_already_gets_no_more_time(task, people):
    with pytest.raises(TaskIsLateError):
        extend_task(task_id=task.pk, share=1, reason="下雨", by=people.handler, at=LATE)

    task.refresh_from_db()
    assert (task.due_at, task.extended_from) == (DUE, None)


@pytest.mark.parametrize("who", ["fireman", "dispatcher", "shift_lead"])
def test_only_the_lead_unit_gives_more_time(task, people, who):
    with pytest.raises(NotAllowedError):
        extend_task(task_id=task.pk, share=0.5, reason="下雨", by=getattr(people, who), at=NOON)


@pytest.mark.parametrize("share", [0, -1, 1.5])
def test_more_than_the_whole_time_again_is_refused(task, people, share):
    with pytest.raises(InvalidInputError):
        extend_task(task_id=task.pk, share=share, reason="下雨", by=people.handler, at=NOON)


def test_a_task_without_a_limit_cannot_be_extended(case, people):
    Category.objects.filter(pk=case.category_id).update(limits={})
    bump(CATALOGUE)
    task = give_task(case, unit=directory().by_code["fire"], what="现场围挡", by=people.dispatcher, at=MORNING)

    with pytest.raises(InvalidInputError):
        extend_task(task_id=task.pk, share=0.5, reason="下雨", by=people.handler, at=NOON)
    finish_task(task_id=task.pk, result="围好了", by=people.fireman, at=LATE)
    assert "late" not in last(case).data


def test_a_task_that_is_not_there_is_not_found(people):
    with pytest.raises(CaseNotFoundError):
        cancel_task(task_id=new_id(), reason="不用了", by=people.dispatcher, at=NOON)


def test_the_api_extends_and_calls_off(case, district, people):
    task = make_task(district, case, by=people.dispatcher, at=now().replace(microsecond=0))
    address, due = f"cases/{case.number}/tasks/{task.pk}", task.due_at

    longer = Program(people.handler).send(f"{address}/extension", {"share": 0.5, "reason": "下雨"})
    gone = Program(people.dispatcher).send(f"{address}/cancellation", {"reason": "不用了"})

    assert (longer.status_code, longer.json()["extended_from"]) == (200, due.isoformat().replace("+00:00", "Z"))
    assert (gone.status_code, gone.json()["is_cancelled"], gone.json()["result"]) == (200, True, "不用了")
