"""A case from report to closed, through the actions that every surface uses."""

from datetime import timedelta

import pytest

from onegrid.cases.models import Case, EntryKind, Evidence, Visibility
from onegrid.cases.public import (
    Channel,
    Outcome,
    Status,
    accept_case,
    answer_check,
    ask_check,
    close_case,
    file_case,
    finish_task,
    report_back,
    take_case,
    verify_case,
)
from onegrid.cases.tests.factories import MORNING, make_district, make_people
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, Support, dispatch_case, report_case
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def later(hours):
    return MORNING + timedelta(hours=hours)


def test_a_case_goes_from_report_to_closed_and_every_step_can_be_read():
    district = make_district()
    people = make_people(district)
    report = ReportedCase(id=new_id(), text="雨水井盖断裂，行人易踩空", x=120.605, y=27.905)

    reported = report_case(report=report, channel=Channel.PORTAL, by=None, at=later(0))
    pk = reported.receipt.case_id
    accept_case(case_id=pk, version=1, by=people.acceptor, at=later(0.5))
    ask_check(case_id=pk, version=2, question="是真的吗", by=people.acceptor, at=later(0.6))
    answer_check(case_id=pk, version=3, is_true=True, finding="属实", by=people.grid_worker, at=later(1))
    file_case(case_id=pk, version=4, category_code="roads.manhole", by=people.shift_lead, at=later(2))
    support = [Support(unit_code="fire", what="现场围挡")]
    dispatch_case(case_id=pk, version=5, lead_code="roads", support=support, by=people.dispatcher, at=later(3))
    take_case(case_id=pk, version=6, by=people.handler, at=later(4))
    task = Case.objects.get(pk=pk).tasks.get()
    finish_task(task_id=task.pk, result="已围挡", by=people.fireman, at=later(5))
    Evidence.objects.create(
        case_id=pk, kind="photo", purpose="after", sha256="0" * 64, media_type="image/jpeg", size=1, added_at=later(6)
    )
    report_back(case_id=pk, version=7, result="换了新井盖", by=people.handler, at=later(6))
    verify_case(case_id=pk, version=8, is_done=True, finding="平整", by=people.verifier, at=later(7))
    close_case(case_id=pk, version=9, outcome=Outcome.FIXED, note="已修好", by=people.shift_lead, at=later(8))

    case = Case.objects.get(pk=pk)
    assert case.status == Status.CLOSED
    assert case.outcome == Outcome.FIXED
    assert case.ended_at == later(8)
    assert case.number.startswith("OG-261124-")
    moves = case.timeline.filter(kind=EntryKind.MOVE).values_list("move", flat=True)
    assert list(moves) == [
        "accept", "ask_check", "answer_check", "file", "dispatch", "take", "report_back", "pass", "close",
    ]  # fmt: skip
    assert case.timeline.filter(visibility=Visibility.INTERNAL).count() == 2
    assert set(Entry.objects.filter(target=f"cases.Case:{pk}").values_list("code", flat=True)) >= {
        "cases.report", "cases.accept", "cases.file", "cases.dispatch", "cases.close", "cases.task_done",
    }  # fmt: skip


def test_sending_twice_gives_the_first_answer():
    make_district()
    report = ReportedCase(id=new_id(), text="路灯不亮", x=120.605, y=27.905)

    first = report_case(report=report, channel=Channel.PORTAL, by=None, at=later(0))
    second = report_case(report=report, channel=Channel.PORTAL, by=None, at=later(1))

    assert second.receipt.number == first.receipt.number
    assert second.receipt.was_known
    assert Case.objects.count() == 1
