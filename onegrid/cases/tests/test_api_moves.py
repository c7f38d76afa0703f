"""The moves over the API: decided on a version, answered once."""

import pytest
from django.test import Client

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id
from onegrid.oversight.models import Entry

PROBLEM = "application/problem+json"


@pytest.fixture
def acceptor(people):
    return Program(people.acceptor)


def test_takes_a_case_from_report_to_closed(people, district):
    case = make_case(district, category="lamp")
    steps = [
        (people.acceptor, "acceptance", {}),
        (people.shift_lead, "filing", {"category": "roads.lamp"}),
        (people.dispatcher, "assignments", {"lead": "roads"}),
        (people.handler, "taking", {}),
        (people.handler, "results", {"result": "换了灯泡"}),
        (people.verifier, "verifications", {"is_done": True, "finding": "亮了"}),
        (people.shift_lead, "closing", {"outcome": "fixed"}),
    ]

    tags = []
    for version, (person, move, body) in enumerate(steps, start=1):
        response = Program(person).send(f"cases/{case.number}/{move}", {**body, "version": version})
        assert response.status_code in {200, 201}, response.json()
        tags.append(response["ETag"])

    case.refresh_from_db()
    assert (case.status, case.outcome) == (Status.CLOSED, Outcome.FIXED)
    assert tags == [f'"{version}"' for version in range(2, 9)]


def test_takes_the_version_from_if_match(acceptor, case):
    response = acceptor.send(f"cases/{case.number}/acceptance", {}, **{"If-Match": '"1"'})

    assert (response.status_code, response.json()["status"]) == (200, Status.ACCEPTED)


def test_tells_the_version_that_stands_now(acceptor, case):
    acceptor.send(f"cases/{case.number}/acceptance", {"version": 1})

    response = acceptor.send(f"cases/{case.number}/refusal", {"version": 1, "outcome": "not_ours", "note": "x"})

    assert (response.status_code, response["Content-Type"]) == (409, PROBLEM)
    assert (response.json()["type"], response.json()["current_version"]) == ("urn:onegrid:StaleCase", 2)


def test_asks_for_the_version(acceptor, case):
    assert acceptor.send(f"cases/{case.number}/acceptance", {}).status_code == 428


@pytest.mark.parametrize("tag", ["7", "*", 'W/"1"', '"x"', '"1", "2"', '"2"'])
def test_refuses_a_tag_that_is_none_of_ours(acceptor, case, tag):
    response = acceptor.send(f"cases/{case.number}/acceptance", {"version": 1}, **{"If-Match": tag})

    assert response.status_code == 422


def test_refuses_a_move_out_of_turn(people, case):
    response = Program(people.shift_lead).send(
        f"cases/{case.number}/closing", {"version": 1, "outcome": "fixed", "note": "x"}
    )

    assert (response.status_code, response.json()["type"]) == (409, "urn:onegrid:IllegalMove")


def test_refuses_a_key_that_may_only_read(people, case):
    response = Program(people.acceptor, "cases:read").send(f"cases/{case.number}/acceptance", {"version": 1})

    assert response.status_code == 403


def test_gives_a_repeated_request_its_first_answer(acceptor, case):
    key = {"Idempotency-Key": str(new_id())}

    first = acceptor.send(f"cases/{case.number}/acceptance", {"version": 1}, **key)
    again = acceptor.send(f"cases/{case.number}/acceptance", {"version": 1}, **key)

    assert (again.status_code, again.content, again["ETag"]) == (200, first.content, '"2"')
    assert again["Idempotent-Replay"] == "true"
    assert Case.objects.get().version == 2


def test_refuses_a_key_used_for_another_request(acceptor, case):
    key = {"Idempotency-Key": "k1"}
    acceptor.send(f"cases/{case.number}/acceptance", {"version": 1}, **key)

    response = acceptor.send(f"cases/{case.number}/acceptance", {"version": 2}, **key)

    assert (response.status_code, response.json()["type"]) == (409, "urn:onegrid:KeyUsedBefore")


def test_lets_a_refused_request_be_tried_again(acceptor, case):
    key = {"Idempotency-Key": "k1"}
    acceptor.send(f"cases/{case.number}/acceptance", {"version": 9}, **key)
    Case.objects.update(version=9)

    assert acceptor.send(f"cases/{case.number}/acceptance", {"version": 9}, **key).status_code == 200


def test_keeps_the_keys_of_two_callers_apart(people, acceptor, district):
    one, other = make_case(district), make_case(district)
    key = {"Idempotency-Key": "k1"}

    first = acceptor.send(f"cases/{one.number}/acceptance", {"version": 1}, **key)
    second = Program(people.shift_lead).send(f"cases/{other.number}/acceptance", {"version": 1}, **key)

    assert (first.status_code, second.status_code) == (200, 200)


def test_writes_a_note_once(acceptor, case):
    sent = {"id": str(new_id()), "text": "已电话联系"}

    first, again = (acceptor.send(f"cases/{case.number}/notes", sent) for _ in range(2))
    other = acceptor.send(f"cases/{case.number}/notes", {**sent, "text": "另一句"})

    assert (first.json(), first.status_code) == (again.json(), 201)
    assert other.status_code == 409
    assert TimelineEntry.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        {"id": "00000000-0000-4000-8000-000000000000", "text": "x"},
        {"id": 1, "text": "x"},
        {"text": "x"},
        {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "text": "\x00"},
        {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "text": 5},
        {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "text": "x" * 3000},
        {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "text": "x", "visibility": "secret"},
        {"id": "0192f0c1-2345-7abc-8def-0123456789ab", "text": "x", "surprise": True},
        [],
        None,
        '"x"',
    ],
)
def test_names_what_is_wrong_with_a_body(acceptor, case, body):
    response = acceptor.send(f"cases/{case.number}/notes", body)

    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM)
    assert response.json()["errors"]


@pytest.mark.parametrize("body", [b"{", b"\xff", b'{"text": NaN}', b"[" * 50_000])
def test_refuses_what_is_not_json(acceptor, case, body):
    assert acceptor.send(f"cases/{case.number}/notes", body).status_code == 400


def test_corrects_category_and_place(acceptor, case):
    lamp = {"version": 1, "category": "roads.lamp", "reason": "是路灯"}
    acceptor.send(f"cases/{case.number}/category", lamp, method="put")
    place = {"version": 2, "x": 120.615, "y": 27.905}

    response = acceptor.send(f"cases/{case.number}/place", place, method="put")

    assert response.json()["category"]["code"] == "roads.lamp"
    assert response.json()["place"]["grid_code"] == "330304010001002"


def test_gives_a_case_to_a_colleague(people, district):
    case = make_case(district, status=Status.DISPATCHED)
    head = Program(people.head)

    given = head.send(
        f"cases/{case.number}/assignee", {"version": 1, "username": people.handler.username}, method="put"
    )
    elsewhere = head.send(
        f"cases/{case.number}/assignee", {"version": 2, "username": people.fireman.username}, method="put"
    )

    assert (given.json()["assignee"], elsewhere.status_code) == ("韩予宁", 422)


def test_merges_and_splits(people, district):
    parent, child, same = (make_case(district) for _ in range(3))
    lead = Program(people.shift_lead)

    split = lead.send(f"cases/{parent.number}/children", {"child": child.number, "version": 1})
    merged = lead.send(f"cases/{same.number}/merging", {"into": child.number, "version": 1})

    assert (split.status_code, split.json()["parent"]) == (201, parent.number)
    assert merged.json()["merged_into"] == child.number


def test_serves_a_person_with_a_session_and_asks_for_the_token(people, case):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(people.acceptor)

    response = browser.post(f"/api/v1/cases/{case.number}/acceptance", {"version": 1}, content_type="application/json")

    assert (response.status_code, response.json()["type"]) == (403, "urn:onegrid:CrossSite")
    assert browser.get(f"/api/v1/cases/{case.number}").status_code == 200


def test_leaves_a_refusal_in_the_trail(people, case):
    response = Program(people.handler).send(f"cases/{case.number}/acceptance", {"version": 1})

    assert response.status_code in {403, 404}
    assert Program(people.leader).send(f"cases/{case.number}/acceptance", {"version": 1}).status_code == 403
    refused = Entry.objects.filter(code="api.acceptance.refused").latest("seq")
    assert (refused.by, refused.data) == (people.leader.username, {"why": "NotAllowed"})
