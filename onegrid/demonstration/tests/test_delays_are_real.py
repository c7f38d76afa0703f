"""More time and disputes, written at once, are what the desk's own actions would have left."""

from datetime import UTC, datetime, timedelta

import pytest

from onegrid.cases.models import Evidence, Hearing, TimeRequest
from onegrid.cases.public import (
    Argued,
    Move,
    Moved,
    Status,
    TimeAnswered,
    TimeAsked,
    ask_extension,
    ask_suspension,
    decide_time,
    resume_due_cases,
    take_case,
)
from onegrid.core.ids import new_id
from onegrid.demonstration.tests.desks import assert_same, file_and_dispatch, hand_of, prove
from onegrid.dispatch.models import Argument, Dispute, DisputeReason, Party
from onegrid.dispatch.public import Said, ToldDocket, argue_dispute, decide_dispute, insert_dockets, open_dispute
from onegrid.units.public import directory

pytestmark = pytest.mark.django_db
MONTH_LATER = datetime(2026, 12, 11, 16, tzinfo=UTC)  # midnight in the district
NOT_COMPARED = {"id", "case", "case_id", "proof", "dispute_id"}


def rows_of(model, **which):
    rows = model.objects.filter(**which).values()
    return sorted([{name: row[name] for name in row if name not in NOT_COMPARED} for row in rows], key=repr)


def hand(desk, username):
    return hand_of(desk, username, unit_name=desk.case.timeline.order_by("-received_at", "-id")[0].unit_name)


def work_begins(desk):
    file_and_dispatch(desk)
    handler = f"{desk.case.lead_unit.code}.handler"
    desk.move(Move.TAKE, take_case, handler)
    prove(desk, handler, "情况说明")
    return handler


def asks(desk, username, action, **wanted):
    """Let a unit ask for more time, by the action and as a step."""
    desk.at += timedelta(hours=1)
    proof, case, reason = Evidence.objects.get(case=desk.case), desk.case, "备件要定制。"
    request = action(
        case_id=case.pk, version=case.version, reason=reason, proof=[proof.pk], by=desk.ouhai.user(username),
        at=desk.at, **wanted,
    )  # fmt: skip
    asked = TimeAsked(
        id=new_id(), at=desk.at, by=hand(desk, username), text=reason, request_id=new_id(), level=request.level,
        proof=[desk.steps[-1].id], **wanted,
    )  # fmt: skip
    desk.steps.append(asked)


def decides(desk, username, *, is_granted):
    desk.at += timedelta(hours=1)
    case, note = desk.case, "看过了。"
    decide_time(
        case_id=case.pk, version=case.version, is_granted=is_granted, note=note, by=desk.ouhai.user(username),
        at=desk.at,
    )  # fmt: skip
    return {"id": new_id(), "at": desk.at, "by": hand(desk, username), "text": note}


def assert_same_requests(desk):
    assert rows_of(TimeRequest, case=desk.new.id) == rows_of(TimeRequest, case=desk.case)


@pytest.mark.parametrize("is_granted", [True, False])
def test_an_extension(desk, is_granted):
    handler = work_begins(desk)
    asks(desk, handler, ask_extension, hours=48.0)
    told = decides(desk, _above(desk), is_granted=is_granted)
    desk.steps.append(TimeAnswered(is_granted=is_granted, **told))

    assert_same(desk)
    assert_same_requests(desk)


def test_a_suspension_until_a_day(desk):
    handler = work_begins(desk)
    asks(desk, handler, ask_suspension, until=MONTH_LATER)
    desk.steps.append(Moved(move=Move.SUSPEND, **decides(desk, "centre.shift-lead-1", is_granted=True)))
    assert desk.case.status == Status.SUSPENDED
    desk.at = MONTH_LATER
    resume_due_cases(at=desk.at)
    desk.steps.append(Moved(id=new_id(), at=desk.at, move=Move.RESUME))

    assert_same(desk)
    assert_same_requests(desk)


def test_a_request_that_lapses_because_the_case_goes_away(desk):
    handler = work_begins(desk)
    asks(desk, handler, ask_extension, hours=24.0)
    _disputes(desk, handler, claimed=None)

    assert_same(desk)
    assert_same_requests(desk)


def test_what_nobody_could_ask_for_is_left_out_and_the_rest_comes_earlier(desk):
    work_begins(desk)
    at, short = desk.at, timedelta(hours=1)
    desk.steps += [
        Moved(id=new_id(), at=at + short, move=Move.SUSPEND),
        Moved(id=new_id(), at=at + timedelta(days=30), move=Move.RESUME),
        Moved(id=new_id(), at=at + timedelta(days=30) + short, move=Move.REPORT_BACK, text="办好了"),
    ]

    desk.told()

    done = desk.timeline(Move.REPORT_BACK)
    assert done.happened_at == at + 2 * short
    assert not TimeRequest.objects.exists()


def _disputes(desk, username, *, claimed):
    desk.at += timedelta(hours=1)
    case, said = desk.case, "职责清单中没有这一项。"
    user, lead = desk.ouhai.user(username), directory().by_id[desk.case.lead_unit_id]
    opened = open_dispute(
        case_id=case.pk, version=case.version, reason=DisputeReason.NOT_OUR_TASK, words=said,
        claimed_code=claimed.code if claimed else "", by=user, at=desk.at,
    )  # fmt: skip
    by = hand(desk, username)
    docket = ToldDocket(
        case_id=desk.new.id, category_code=desk.kind.code, reason=DisputeReason.NOT_OUR_TASK, due_at=opened.due_at,
        words=Said(unit_id=lead.id, by=by, at=desk.at, text=said), claimed_unit_id=claimed and claimed.id,
    )  # fmt: skip
    named, named_en = (claimed.name, claimed.name_en) if claimed else ("", "")
    told = {
        "reason": "not_our_task", "unit": lead.name, "unit_en": lead.name_en, "claimed": named,
        "claimed_en": named_en, "docket": 1, "until": opened.due_at.isoformat(),
    }  # fmt: skip
    heard = tuple(docket.parties)
    desk.steps.append(Moved(id=new_id(), at=desk.at, by=by, move=Move.DISPUTE, heard=heard, told=told))
    return docket


def test_a_dispute_that_the_named_unit_loses(desk):
    file_and_dispatch(desk)
    handler, other = f"{desk.case.lead_unit.code}.handler", directory().by_code["chashan-roads"]
    docket = _disputes(desk, handler, claimed=other)
    desk.at += timedelta(hours=1)
    argue_dispute(case_id=desk.case.pk, text="未移交。", by=desk.ouhai.user("chashan.roads.handler"), at=desk.at)
    by = hand(desk, "chashan.roads.handler")
    argued = {"docket": 1, "argued": other.name, "argued_en": other.name_en}
    docket.arguments.append(Said(unit_id=other.id, by=by, at=desk.at, text="未移交。"))
    desk.steps.append(Argued(id=new_id(), at=desk.at, by=by, told=argued))
    desk.at += timedelta(hours=1)
    case, ruling, above = desk.case, "依职责清单。", "centre.shift-lead-1"
    decide_dispute(
        case_id=case.pk, version=case.version, lead_code=other.code, ruling=ruling, by=desk.ouhai.user(above),
        at=desk.at,
    )  # fmt: skip
    by = hand(desk, above)
    docket.decided = Said(unit_id=other.id, by=by, at=desk.at, text=ruling)
    desk.steps.append(Moved(id=new_id(), at=desk.at, by=by, move=Move.SETTLE, lead=other, told={"docket": 1}))

    assert_same(desk)
    insert_dockets([docket])
    for model, which in ((Dispute, "case"), (Party, "dispute__case"), (Argument, "dispute__case"), (Hearing, "case")):
        assert rows_of(model, **{which: desk.new.id}) == rows_of(model, **{which: desk.case})


def _above(desk):
    level = TimeRequest.objects.get().level
    return {"unit": f"{desk.case.lead_unit.code}.head", "township": "chashan.shift-lead"}.get(
        level, "centre.shift-lead-1"
    )
