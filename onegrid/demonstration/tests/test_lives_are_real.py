"""A life written at once is the one that the desk's own actions would have left, field by field and entry by entry."""

from datetime import timedelta

import pytest

from onegrid.cases.public import (
    Channel,
    Hand,
    Move,
    Moved,
    Outcome,
    Status,
    accept_case,
    answer_check,
    ask_check,
    close_case,
    file_case,
    refuse_case,
    reopen_case,
    report_back,
    return_case,
    solve_on_the_spot,
    take_case,
    verify_case,
)
from onegrid.catalogue.models import Category
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.ids import new_id
from onegrid.core.snapshots import bump
from onegrid.demonstration.tests.desks import START, assert_same, dispatch, file_and_dispatch, hand_of, prove
from onegrid.dispatch.public import ReportedCase, new_case, recall_case, report_case

pytestmark = pytest.mark.django_db


def test_refused(desk):
    note = "不属于本区职责，请联系相邻县区。"
    desk.move(
        Move.REFUSE, refuse_case, "chashan.acceptor", text=note, outcome=Outcome.NOT_OURS,
        also={"outcome": Outcome.NOT_OURS, "note": note},
    )  # fmt: skip

    assert_same(desk)


def test_checked_filed_and_dispatched(desk):
    desk.move(Move.ACCEPT, accept_case, "chashan.acceptor")
    desk.move(Move.ASK_CHECK, ask_check, "chashan.acceptor", text="去看一下", also={"question": "去看一下"})
    desk.move(
        Move.ANSWER_CHECK, answer_check, "chashan.grid001", text="属实", also={"is_true": True, "finding": "属实"}
    )
    desk.move(Move.FILE, file_case, "chashan.shift-lead", also={"category_code": desk.kind.code}, category=desk.kind)
    dispatch(desk)

    assert_same(desk)


def test_recalled_and_dispatched_again(desk):
    file_and_dispatch(desk)
    centre = "centre.dispatcher-1" if desk.case.level == "district" else "chashan.dispatcher"
    desk.move(Move.RECALL, recall_case, centre, text="派错了", also={"reason": "派错了"})
    dispatch(desk)

    assert_same(desk)


def test_returned_reworked_closed_and_reopened(desk):
    file_and_dispatch(desk)
    lead = desk.case.lead_unit.code
    handler = f"{lead}.handler"
    desk.move(Move.RETURN, return_case, handler, text="不归我们管", also={"reason": "不归我们管"})
    dispatch(desk)
    desk.move(Move.TAKE, take_case, handler)
    prove(desk, handler, "第一次")
    desk.move(Move.REPORT_BACK, report_back, handler, text="办好了", also={"result": "办好了"})

    verifier = "centre.verifier-1" if desk.case.level == "district" else "chashan.verifier"
    finding = {"is_done": False, "finding": "没有办好"}
    desk.move(Move.FAIL, verify_case, verifier, text="没有办好", also=finding)
    desk.move(Move.TAKE, take_case, handler)
    prove(desk, handler, "第二次")
    desk.move(Move.REPORT_BACK, report_back, handler, text="又办了", also={"result": "又办了"})
    desk.move(Move.PASS, verify_case, verifier, text="可以了", also={"is_done": True, "finding": "可以了"})
    lead_of_shift = "centre.shift-lead-1" if desk.case.level == "district" else "chashan.shift-lead"
    note = "问题已经解决了。"
    desk.move(
        Move.CLOSE, close_case, lead_of_shift, text=note, outcome=Outcome.FIXED,
        also={"outcome": Outcome.FIXED, "note": note},
    )  # fmt: skip
    assert desk.case.status == Status.CLOSED
    desk.move(Move.REOPEN, reopen_case, lead_of_shift, text="又坏了", also={"reason": "又坏了"})

    assert_same(desk)


def sampled(desk, *, percent):
    """Let so many of the desk's kind be verified."""
    procedure = {"verification": "sampled", "sampled_percent": percent, "on_the_spot_percent": percent}
    Category.objects.filter(code=desk.kind.code).update(procedure=procedure)
    bump(SNAPSHOT)


def test_reported_back_and_not_drawn(desk):
    sampled(desk, percent=0)
    file_and_dispatch(desk)
    handler = f"{desk.case.lead_unit.code}.handler"
    desk.move(Move.TAKE, take_case, handler)
    prove(desk, handler, "第一次")
    desk.move(Move.REPORT_BACK, report_back, handler, text="办好了", also={"result": "办好了"})
    verifier = "centre.verifier-1" if desk.case.level == "district" else "chashan.verifier"
    looked = Moved(id=new_id(), at=desk.at + timedelta(hours=2), by=hand_of(desk, verifier), move=Move.PASS)
    lead_of_shift = "centre.shift-lead-1" if desk.case.level == "district" else "chashan.shift-lead"
    desk.move(
        Move.CLOSE, close_case, lead_of_shift, text="好了", outcome=Outcome.FIXED,
        also={"outcome": Outcome.FIXED, "note": "好了"},
    )  # fmt: skip
    desk.steps[-1].at += timedelta(hours=2)  # as if somebody had looked
    desk.steps.insert(-1, looked)

    assert_same(desk)


@pytest.mark.parametrize("percent", [0, 100])
def test_solved_on_the_spot_and_perhaps_drawn(desk, percent):
    sampled(desk, percent=percent)
    worker = desk.ouhai.user("chashan.grid001")
    hand = Hand(id=worker.pk, name=worker.display_name, unit_name="")
    reports_it(desk, worker, hand)
    prove(desk, worker.username, "办好了")
    desk.move(
        Move.SOLVE_TO_VERIFY, solve_on_the_spot, worker.username, text="当场办好", category=desk.kind,
        also={"category_code": desk.kind.code, "result": "当场办好"},
    )  # fmt: skip

    assert desk.case.status == {0: Status.CLOSED, 100: Status.HANDLED}[percent]
    assert_same(desk)


def reports_it(desk, worker, hand):
    """Let a grid worker report both anew; what came in through the public site is not theirs to solve."""
    place, desk.by = desk.new.location, hand
    said = {"text": "怎么开发票", "title": "发票", "x": place.point.lon, "y": place.point.lat, "is_simulated": True}
    channel = Channel.GRID_WORKER
    desk.reported = report_case(report=ReportedCase(id=new_id(), **said), channel=channel, by=worker, at=START)
    again = ReportedCase(id=new_id(), **said)
    desk.new = new_case(again, location=place, category=None, channel=channel, at=START, secret="")
