"""A life written at once is the one that the desk's own actions would have left, field by field and entry by entry."""

import io
from datetime import UTC, datetime, timedelta

import pytest

from onegrid.accounts.models import Duty
from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import (
    Channel,
    EvidencePurpose,
    Hand,
    Life,
    Move,
    Moved,
    Outcome,
    Proved,
    Status,
    accept_case,
    add_evidence,
    answer_check,
    ask_check,
    close_case,
    file_case,
    insert_lives,
    keep_file,
    refuse_case,
    reopen_case,
    report_back,
    return_case,
    solve_on_the_spot,
    take_case,
    verify_case,
)
from onegrid.catalogue.models import Category
from onegrid.catalogue.public import catalogue
from onegrid.catalogue.readers import SNAPSHOT
from onegrid.core.ids import new_id
from onegrid.core.media.upload import inspect_upload
from onegrid.core.snapshots import bump
from onegrid.dispatch.public import ReportedCase, dispatch_case, new_case, recall_case, report_case, route
from onegrid.geography.public import locate

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 10, 1, tzinfo=UTC)
OWN = {"id", "number", "search", "original_x", "original_y"}  # of each of the two


class Desk:
    """The people of one township, who make each move twice: by the actions, and as steps of a life."""

    def __init__(self, ouhai):
        self.ouhai, self.at, self.steps, self.by = ouhai, START, [], None
        self.kind = catalogue().by_code["daily.welfare.tax"]
        place = Duty.objects.get(user__username="chashan.grid001").area.label_at
        report = ReportedCase(id=new_id(), text="怎么开发票", title="发票", x=place.lon, y=place.lat, is_simulated=True)
        self.reported = report_case(report=report, channel=Channel.PORTAL, by=None, at=self.at)
        again = ReportedCase(id=new_id(), text="怎么开发票", title="发票", x=place.lon, y=place.lat, is_simulated=True)
        self.new = new_case(
            again, location=locate(*place), category=None, channel=Channel.PORTAL, at=self.at, secret=""
        )

    @property
    def case(self):
        return Case.objects.get(pk=self.reported.receipt.case_id)

    def move(self, move, action, username, *, text="", also=None, **settled):
        self.at += timedelta(hours=3)
        user = self.ouhai.user(username)
        case = self.case
        action(case_id=case.pk, version=case.version, by=user, at=self.at, **(also or {}))
        entry = TimelineEntry.objects.filter(case=case, received_at=self.at).earliest("id")
        hand = Hand(id=user.pk, name=user.display_name, unit_name=entry.unit_name)
        self.steps.append(Moved(id=new_id(), at=self.at, by=hand, move=move, text=text, **settled))

    def told(self):
        insert_lives([Life(new=self.new, number="OG-261110-999999", entry_id=new_id(), by=self.by, steps=self.steps)])
        return Case.objects.get(pk=self.new.id)


@pytest.fixture
def desk(ouhai):
    return Desk(ouhai)


def row_of(case):
    return {name: value for name, value in Case.objects.filter(pk=case.pk).values().get().items() if name not in OWN}


def timeline_of(case):
    entries = case.timeline.order_by("received_at", "id").values(
        "kind", "move", "visibility", "text", "by_user", "by_name", "unit_name", "channel", "happened_at", "data"
    )
    return [entry | {"data": comparable(entry["data"])} for entry in entries]


def comparable(data):
    own = dict.fromkeys({"evidence", "number"} & set(data), "its own")
    drawn = {"draw": comparable(data["draw"])} if "draw" in data else {}
    return data | own | drawn


def evidence_of(case):
    return list(case.evidence.order_by("added_at").values("kind", "purpose", "sha256", "size", "name", "is_public"))


def assert_same(desk):
    told, acted = desk.told(), desk.case
    assert row_of(told) == row_of(acted)
    assert timeline_of(told) == timeline_of(acted)
    assert evidence_of(told) == evidence_of(acted)


def file_and_dispatch(desk):
    desk.move(Move.ACCEPT, accept_case, "chashan.acceptor")
    desk.move(Move.FILE, file_case, "chashan.shift-lead", also={"category_code": desk.kind.code}, category=desk.kind)
    dispatch(desk)


def dispatch(desk):
    centre = "centre.dispatcher-1" if desk.case.level == "district" else "chashan.dispatcher"
    went = route(category=desk.kind, area_path=desk.case.area_path, level=desk.case.level, at=desk.at)
    desk.move(
        Move.DISPATCH, dispatch_case, centre, also={"lead_code": went.lead.code}, lead=went.lead,
        suggested=went.as_data(),
    )  # fmt: skip


def prove(desk, username, words):
    desk.at += timedelta(minutes=5)
    upload, user = inspect_upload(io.BytesIO(words.encode()), name="record.txt"), desk.ouhai.user(username)
    row = add_evidence(case_id=desk.case.pk, purpose=EvidencePurpose.AFTER, upload=upload, by=user, at=desk.at)
    hand = Hand(id=user.pk, name=user.display_name, unit_name=row.unit_name)
    file = keep_file(inspect_upload(io.BytesIO(words.encode()), name="record.txt"))
    desk.steps.append(Proved(id=new_id(), at=desk.at, by=hand, purpose="after", file=file))


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


def hand_of(desk, username):
    user = desk.ouhai.user(username)
    return Hand(id=user.pk, name=user.display_name, unit_name="")


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
