"""What keeps a case from moving although the table would let it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from onegrid.accounts.models import Duty, Role
from onegrid.cases.actions.connect_cases import CannotConnectError, OpenPartsError, adopt_case, link_cases, merge_case
from onegrid.cases.actions.finish_case import (
    HandlerCannotVerifyError,
    WindowClosedError,
    close_case,
    reopen_case,
    solve_on_the_spot,
    verify_case,
    withdraw_case,
)
from onegrid.cases.actions.handle_case import assign_case, report_back
from onegrid.cases.actions.support_case import TaskIsDoneError, finish_task
from onegrid.cases.actions.triage_case import CaseNotReadyError, file_case, refuse_case
from onegrid.cases.models import Case, Evidence, LinkKind, SupportTask, TimelineEntry
from onegrid.cases.states import IllegalMoveError, Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case, with_duty
from onegrid.core.errors import NotAllowedError
from onegrid.oversight.models import Entry

pytestmark = pytest.mark.django_db

NOON = MORNING + timedelta(hours=3)


def stamped(case, by):
    return {"case_id": case.pk, "version": case.version, "by": by, "at": NOON}


def test_the_handler_cannot_verify_even_as_a_verifier(district, people):
    Duty.objects.create(
        user=people.handler, role=Role.VERIFIER, unit=district.units.chashan_centre, area=district.areas.chashan,
        started_at=MORNING,
    )  # fmt: skip
    case = make_case(district, status=Status.HANDLED, handled_by=people.handler)

    with pytest.raises(HandlerCannotVerifyError):
        verify_case(is_done=True, finding="好", **stamped(case, people.handler))


def test_nobody_of_the_unit_that_handled_can_verify(district, people):
    colleague = with_duty(Role.VERIFIER, unit=district.units.roads)
    case = make_case(district, status=Status.HANDLED, handled_by=people.handler)

    with pytest.raises(HandlerCannotVerifyError):
        verify_case(is_done=True, finding="好", **stamped(case, colleague))


def test_the_database_refuses_the_handler_as_verifier(district, people):
    case = make_case(district, status=Status.HANDLED, handled_by=people.handler)

    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(verified_by=people.handler)


def test_reporting_back_demands_the_proof_of_the_category(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="manhole")

    with pytest.raises(CaseNotReadyError) as refusal:
        report_back(result="换好了", **stamped(case, people.handler))

    assert "evidence" in refusal.value.fields


def test_proof_of_the_first_round_does_not_count_for_rework(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="manhole", rework_count=1, stage_started_at=MORNING)
    Evidence.objects.create(
        case=case, kind="photo", purpose="after", sha256="1" * 64, media_type="image/jpeg", size=1,
        added_at=MORNING - timedelta(hours=1),
    )  # fmt: skip

    with pytest.raises(CaseNotReadyError):
        report_back(result="换好了", **stamped(case, people.handler))


def test_proof_from_before_reopening_does_not_count(district, people):
    case = make_case(district, status=Status.IN_PROGRESS, category="manhole", reopen_count=1, stage_started_at=MORNING)
    Evidence.objects.create(
        case=case, kind="photo", purpose="after", sha256="1" * 64, media_type="image/jpeg", size=1,
        added_at=MORNING - timedelta(hours=1),
    )  # fmt: skip

    with pytest.raises(CaseNotReadyError):
        report_back(result="换好了", **stamped(case, people.handler))


@pytest.mark.parametrize("status", [Status.HANDLED, Status.CLOSED])
def test_a_case_is_given_to_a_colleague_only_while_it_is_handled(status, district, people):
    case = make_case(district, status=status)

    with pytest.raises(IllegalMoveError):
        assign_case(assignee=people.handler, **stamped(case, people.head))


@pytest.mark.parametrize("outcome", [Outcome.NOT_FIXABLE, Outcome.NOT_OURS, Outcome.DUPLICATE, Outcome.NOTHING_FOUND])
def test_an_outcome_other_than_fixed_needs_words(outcome, district, people):
    case = make_case(district, status=Status.VERIFIED)

    with pytest.raises(CaseNotReadyError):
        close_case(outcome=outcome, note=" ", **stamped(case, people.shift_lead))


def test_only_the_reporter_withdraws(district, people):
    case = make_case(district, status=Status.VERIFIED)

    with pytest.raises(CaseNotReadyError):
        close_case(outcome=Outcome.WITHDRAWN, note="撤回", **stamped(case, people.shift_lead))


def test_a_case_not_accepted_is_not_called_fixed(district, people, case):
    with pytest.raises(CaseNotReadyError):
        refuse_case(outcome=Outcome.FIXED, note="好了", **stamped(case, people.acceptor))


def test_an_open_child_blocks_closing(district, people):
    parent = make_case(district, status=Status.VERIFIED)
    make_case(district, parent=parent)

    with pytest.raises(OpenPartsError):
        close_case(outcome=Outcome.FIXED, note="", **stamped(parent, people.shift_lead))


def test_an_open_task_blocks_closing(district, people):
    case = make_case(district, status=Status.VERIFIED)
    SupportTask.objects.create(case=case, unit=district.units.fire, what="围挡", created_at=MORNING)

    with pytest.raises(OpenPartsError):
        close_case(outcome=Outcome.FIXED, note="", **stamped(case, people.shift_lead))


@pytest.mark.parametrize("end", [withdraw_case, partial(refuse_case, outcome=Outcome.NOT_OURS)])
def test_an_open_child_blocks_every_other_end(end, district, people):
    parent = make_case(district, status=Status.ACCEPTED)
    make_case(district, parent=parent)

    with pytest.raises(OpenPartsError):
        end(note="另有人管", **stamped(parent, people.shift_lead))


def test_an_open_task_blocks_merging(district, people, case):
    SupportTask.objects.create(case=case, unit=district.units.fire, what="围挡", created_at=MORNING)

    with pytest.raises(OpenPartsError):
        merge_case(into=make_case(district).pk, **stamped(case, people.acceptor))


def test_a_task_is_finished_once_and_by_its_unit(district, people):
    case = make_case(district, status=Status.IN_PROGRESS)
    task = SupportTask.objects.create(case=case, unit=district.units.fire, what="围挡", created_at=MORNING)

    with pytest.raises(NotAllowedError):
        finish_task(task_id=task.pk, result="好", by=people.handler, at=NOON)
    finish_task(task_id=task.pk, result="好", by=people.fireman, at=NOON)
    with pytest.raises(TaskIsDoneError):
        finish_task(task_id=task.pk, result="好", by=people.fireman, at=NOON)


def test_a_case_is_reopened_inside_the_window_only(district, people):
    case = make_case(district, status=Status.CLOSED, ended_at=NOON - timedelta(days=16))

    with pytest.raises(WindowClosedError):
        reopen_case(reason="又坏了", **stamped(case, people.shift_lead))


def test_filing_needs_a_leaf_of_the_catalogue(district, people):
    case = make_case(district, status=Status.ACCEPTED, category=None)

    with pytest.raises(CaseNotReadyError):
        file_case(category_code="roads", **stamped(case, people.shift_lead))


def test_merging_moves_the_reports_and_counts_them(district, people, case):
    other = make_case(district, status=Status.ACCEPTED)

    merge_case(into=other.pk, **stamped(case, people.acceptor))

    other.refresh_from_db()
    assert (other.report_count, other.reports.count()) == (2, 2)


@pytest.mark.parametrize("status", [Status.CLOSED, Status.REFUSED])
def test_merging_into_a_case_that_is_over_is_refused(status, district, people, case):
    other = make_case(district, status=status)

    with pytest.raises(CannotConnectError):
        merge_case(into=other.pk, **stamped(case, people.acceptor))


def test_a_case_is_not_put_together_with_itself(people, case):
    with pytest.raises(CannotConnectError):
        merge_case(into=case.pk, **stamped(case, people.acceptor))


def test_linking_twice_keeps_one_link(district, people, case):
    other = make_case(district)

    link_cases(to=other.pk, kind=LinkKind.RELATED, **stamped(case, people.acceptor))
    link_cases(to=other.pk, kind=LinkKind.RELATED, **stamped(case, people.acceptor))

    assert case.links_to.count() + case.links_from.count() == 1


def test_children_have_no_children(district, people):
    parent = make_case(district, status=Status.ACCEPTED)
    child = make_case(district, parent=parent)
    grandchild = make_case(district)

    with pytest.raises(CannotConnectError):
        adopt_case(parent=child.pk, **stamped(grandchild, people.shift_lead))


@pytest.mark.parametrize("sql", ["UPDATE cases_timelineentry SET text = 'x'", "DELETE FROM cases_timelineentry"])
def test_the_database_keeps_the_timeline(sql, case):
    TimelineEntry.objects.create(
        case=case, kind="note", visibility="public", channel="desk", happened_at=NOON, received_at=NOON
    )

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "columns",
    [
        {"status": "lost"},
        {"outcome": "whatever"},
        {"ended_at": NOON},
        {"status": Status.CLOSED, "ended_at": NOON},
        {"status": Status.MERGED, "ended_at": NOON},
        {"status": Status.IN_PROGRESS, "lead_unit": None},
        {"status": Status.FILED, "category": None},
        {"channel": "pigeon"},
    ],
)
def test_the_database_refuses_a_case_that_cannot_be(columns, case):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**columns)


def test_linking_adopting_and_assigning_leave_a_line_in_the_trail(district, people):
    case, other = make_case(district, status=Status.IN_PROGRESS), make_case(district)

    link_cases(to=other.pk, kind=LinkKind.RELATED, **stamped(case, people.acceptor))
    adopt_case(parent=case.pk, **stamped(other, people.shift_lead))
    assign_case(assignee=people.handler, **stamped(case, people.head) | {"version": 2})

    codes = set(Entry.objects.values_list("code", flat=True))
    assert codes == {"cases.link", "cases.adopt", "cases.assign"}


def test_filing_under_a_kind_that_is_not_public_hides_the_case(district, people):
    case = make_case(district, status=Status.ACCEPTED, category=None)

    file_case(category_code="dispute", **stamped(case, people.shift_lead))

    case.refresh_from_db()
    assert not case.is_public


def test_solving_on_the_spot_what_is_not_public_hides_the_case(district, people):
    case = make_case(district, category=None, reported_by=people.grid_worker)

    solve_on_the_spot(category_code="dispute", result="已劝和", **stamped(case, people.grid_worker))

    case.refresh_from_db()
    assert not case.is_public
