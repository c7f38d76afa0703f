"""Every move at every status over the API: out of turn, on an old version, or under an id that was used before."""

import pytest

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case
from onegrid.cases.states import TRANSITIONS, Move, Status
from onegrid.cases.tests.factories import make_case
from onegrid.cases.tests.moves import MAKE
from onegrid.core.ids import new_id

PROBLEM = "application/problem+json"
ADDRESSES = {
    Move.ACCEPT: ("acceptance", {}),
    Move.REFUSE: ("refusal", {"outcome": "not_ours", "note": "归水务"}),
    Move.ASK_CHECK: ("check", {"question": "属实吗"}),
    Move.ANSWER_CHECK: ("check-answer", {"is_true": True, "finding": "属实"}),
    Move.FILE: ("filing", {"category": "roads.lamp"}),
    Move.DISPATCH: ("assignments", {"lead": "roads"}),
    Move.RECALL: ("recall", {"reason": "派错了"}),
    Move.TAKE: ("taking", {}),
    Move.RETURN: ("returns", {"reason": "归水务", "code": "not_our_field"}),
    Move.DISPUTE: ("disputes", {"reason": "not_our_task", "words": "归消防", "claimed": "fire"}),
    Move.SETTLE: ("decisions", {"lead": "roads", "ruling": "养护范围内"}),
    Move.SUSPEND: ("time-decisions", {"is_granted": True, "note": "配件停产"}),
    Move.RESUME: ("resumption", {"note": "材料到了"}),
    Move.REPORT_BACK: ("results", {"result": "换了灯泡"}),
    Move.PASS: ("verifications", {"is_done": True, "finding": "亮了"}),
    Move.FAIL: ("verifications", {"is_done": False, "finding": "没亮"}),
    Move.CLOSE: ("closing", {"outcome": "fixed", "note": "好了"}),
    Move.REOPEN: ("reopening", {"reason": "又坏了"}),
    Move.MERGE: ("merging", {}),
    Move.WITHDRAW: ("withdrawal", {"note": "来电撤回"}),
    Move.SOLVE_ON_THE_SPOT: ("solution", {"category": "roads.lamp", "result": "换了灯泡"}),
    Move.SOLVE_TO_VERIFY: ("solution", {"category": "fire.passage", "result": "清开了"}),
}


def body_of(move, district):
    address, body = ADDRESSES[move]
    return address, body | ({"into": make_case(district).number} if move == Move.MERGE else {})


def case_at(status, district, *, by, **also):
    """A case that its unit still leads, so that nothing but its status speaks against a move."""
    merged_into = make_case(district) if status == Status.MERGED else None
    also |= {"lead_unit": district.units.roads, "category": "lamp", "merged_into": merged_into, "reported_by": by}
    return make_case(district, status=status, **also)


def out_of_turn(move):
    return sorted(set(Status) - TRANSITIONS[move].sources)


def test_knows_every_move():
    assert set(ADDRESSES) == set(MAKE)


@pytest.mark.parametrize("move", MAKE)
def test_a_move_out_of_turn_conflicts_and_changes_nothing(everyone, district, rows, move):
    address, body = body_of(move, district)
    cases = {status: case_at(status, district, by=everyone) for status in out_of_turn(move)}
    program = Program(everyone)
    before = rows()

    answers = {
        status: program.send(f"cases/{case.number}/{address}", {"version": 1, **body}) for status, case in cases.items()
    }

    assert {status: (each.status_code, each["Content-Type"]) for status, each in answers.items()} == dict.fromkeys(
        cases, (409, PROBLEM)
    ), {status: each.json() for status, each in answers.items() if each.status_code != 409}
    assert (rows(), set(Case.objects.values_list("version", flat=True))) == (before, {1})


@pytest.mark.parametrize("move", MAKE)
def test_a_move_on_an_old_version_conflicts_and_tells_the_new_one(program, everyone, district, rows, move):
    address, body = body_of(move, district)
    status = min(TRANSITIONS[move].sources)
    case = case_at(status, district, by=everyone, version=7)
    before = rows()

    response = program.send(f"cases/{case.number}/{address}", {"version": 6, **body})

    assert (response.status_code, response.json()["type"]) == (409, "urn:onegrid:StaleCase")
    assert response.json()["current_version"] == 7
    assert rows() == before


@pytest.mark.parametrize("tag", ['"0"', '"6"', '"8"', '"999999999"'])
def test_a_tag_of_another_version_conflicts(program, district, tag):
    case = make_case(district, version=7)

    response = program.send(f"cases/{case.number}/acceptance", {}, **{"If-Match": tag})

    assert response.status_code == 409


@pytest.mark.parametrize(
    "changed", [{"text": "另一件事"}, {"x": 120.606}, {"title": "另一件事"}, {"reporter_name": "李四"}]
)
def test_a_report_is_not_changed_by_sending_it_with_another_body(program, district, rows, changed):
    sent = {"id": str(new_id()), "text": "路灯不亮", "x": 120.605, "y": 27.905}
    program.send("cases", sent)
    before = rows()

    response = program.send("cases", {**sent, **changed})

    assert (response.status_code, response["Content-Type"]) == (409, PROBLEM)
    assert rows() == before


@pytest.mark.parametrize("changed", [{"text": "另一件事"}, {"visibility": "public"}])
def test_a_note_is_not_changed_by_sending_it_with_another_body(program, case, rows, changed):
    sent = {"id": str(new_id()), "text": "问过了"}
    program.send(f"cases/{case.number}/notes", sent)
    before = rows()

    response = program.send(f"cases/{case.number}/notes", {**sent, **changed})

    assert response.status_code == 409
    assert rows() == before
