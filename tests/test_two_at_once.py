"""Two officers press the button in the same moment: one succeeds, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from onegrid.accounts.models import Role
from onegrid.cases.models import Case, EntryKind, LatenessAppeal, OrderKind, Report
from onegrid.cases.public import (
    Channel,
    NudgedAlreadyError,
    StaleCaseError,
    Status,
    accept_case,
    answer_supervision,
    decide_time,
    link_hash,
    nudge_case,
    order_supervision,
    review_appeal,
)
from onegrid.cases.tests.appeals import appeal, closed_case
from onegrid.cases.tests.factories import MORNING, make_case, make_district, make_people, make_request, with_duty
from onegrid.core.ids import new_id
from onegrid.dispatch.models import Dispute
from onegrid.dispatch.public import ReportedCase, decide_dispute, report_case
from onegrid.dispatch.tests.dockets import make_docket

pytestmark = pytest.mark.django_db(transaction=True)


def together(actions):
    """Run the actions in threads that start at the same moment; return results and refusals."""
    gate = Barrier(len(actions))

    def run(action):
        gate.wait()
        try:
            return action()
        except (StaleCaseError, NudgedAlreadyError) as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_one_accepts_and_the_other_reads_who_did():
    district = make_district()
    case = make_case(district)
    officers = [with_duty(Role.ACCEPTOR, unit=district.units.chashan_centre) for _ in range(4)]

    answers = together([lambda by=by: accept_case(case_id=case.pk, version=1, by=by, at=MORNING) for by in officers])

    accepted = [answer for answer in answers if isinstance(answer, Case)]
    refused = [answer for answer in answers if isinstance(answer, StaleCaseError)]
    case.refresh_from_db()
    assert (len(accepted), len(refused)) == (1, 3)
    assert (case.status, case.version) == (Status.ACCEPTED, 2)
    assert case.timeline.filter(kind=EntryKind.MOVE).count() == 1
    winner = case.timeline.get(kind=EntryKind.MOVE).by_name
    assert all(winner in str(refusal) for refusal in refused)


def test_a_dispute_is_decided_once():
    district = make_district()
    case = make_case(district, status=Status.DISPUTED, category="lamp", lead_unit=district.units.roads)
    handler = with_duty(Role.HANDLER, unit=district.units.roads)
    make_docket(case, unit=district.units.roads, claimed=district.units.fire, by=handler)
    officers = [with_duty(Role.DISPATCHER, unit=district.units.centre) for _ in range(4)]
    asked = {"case_id": case.pk, "version": 1, "ruling": "归你们", "at": MORNING}

    answers = together(
        [
            lambda by=by, to=to: decide_dispute(**asked, lead_code=to, by=by)
            for by, to in zip(officers, ["roads", "fire", "roads", "fire"], strict=True)
        ]
    )

    decided = [answer for answer in answers if isinstance(answer, Dispute)]
    case.refresh_from_db()
    assert (len(decided), sum(isinstance(answer, StaleCaseError) for answer in answers)) == (1, 3)
    assert Dispute.objects.get().decided_unit_id == decided[0].decided_unit_id == case.lead_unit_id
    assert case.timeline.filter(kind=EntryKind.MOVE).count() == 1


def test_a_report_sent_four_times_at_once_is_one_case():
    make_district()
    report = ReportedCase(id=new_id(), text="路灯不亮", x=120.605, y=27.905, link_secret=str(new_id()))

    answers = together(
        [lambda: report_case(report=report, channel=Channel.PORTAL, by=None, at=MORNING) for _ in range(4)]
    )

    assert len({answer.receipt.number for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_a_request_for_time_is_granted_once():
    district = make_district()
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    handler = with_duty(Role.HANDLER, unit=district.units.roads)
    make_request(district, case.pk, by=handler)
    leads = [with_duty(Role.SHIFT_LEAD, unit=district.units.chashan_centre) for _ in range(2)]
    seen = {"case_id": case.pk, "version": 1, "is_granted": True, "note": "属实", "at": MORNING}

    answers = together([lambda by=by: decide_time(by=by, **seen) for by in leads])

    assert [type(answer) for answer in sorted(answers, key=lambda each: isinstance(each, Exception))] == [
        Case, StaleCaseError,
    ]  # fmt: skip
    case.refresh_from_db()
    assert case.marks[-1][-1] == 6
    assert [mark[0] for mark in case.marks].count("e") == 1
    assert case.timeline.filter(kind=EntryKind.EXTENSION).count() == 1


def test_an_appeal_has_one_first_review():
    district = make_district()
    people = make_people(district)
    case = closed_case(district, people)
    appeal(case, people)
    case.refresh_from_db()
    leads = [people.shift_lead, people.district_lead]
    seen = {"case_id": case.pk, "version": case.version, "note": "属实", "at": case.ended_at + timedelta(hours=2)}

    answers = together(
        [
            lambda by=by, yes=yes: review_appeal(by=by, is_yes=yes, **seen)
            for by, yes in zip(leads, (True, False), strict=True)
        ]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["Case", "StaleCaseError"]
    made = LatenessAppeal.objects.get()
    assert (made.first_by in leads, made.second_by) == (True, None)
    assert case.timeline.filter(kind=EntryKind.APPEAL).count() == 2


def test_an_order_has_one_answer():
    district = make_district()
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp")
    leader = with_duty(Role.LEADER, unit=district.units.centre)
    said = {"case_id": case.pk, "at": MORNING}
    order = order_supervision(version=1, kind=OrderKind.LEADER, text="为何还没修好？", by=leader, **said)
    hands = [with_duty(role, unit=district.units.roads) for role in (Role.HANDLER, Role.UNIT_HEAD)]

    answers = together(
        [lambda by=by: answer_supervision(order_id=order.pk, version=2, answer="明天装", by=by, **said) for by in hands]
    )

    assert sorted(type(answer).__name__ for answer in answers) == ["StaleCaseError", "SupervisionOrder"]
    assert case.timeline.filter(kind=EntryKind.SUPERVISION).count() == 2


def test_two_nudges_of_one_report_at_once_are_one():
    case, link = make_case(make_district()), "the link of a reporter"
    Report.objects.filter(case=case).update(link_hash=link_hash(link))

    answers = together([lambda: nudge_case(secret=link, at=MORNING) for _ in range(4)])

    assert sum(isinstance(answer, NudgedAlreadyError) for answer in answers) == 3
    assert case.timeline.filter(kind=EntryKind.NUDGE).count() == 1
