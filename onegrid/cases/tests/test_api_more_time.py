"""More time over the API: asked for, decided, taken back, and refused with the reason."""

import pytest

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Evidence, TimeRequest
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case, make_request

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]


@pytest.fixture
def handled(district):
    """A case in work whose limit lies far off."""
    return make_case(
        district, status=Status.IN_PROGRESS, category="lamp", marks=[], stage_started_at="2100-01-01T00:00:00Z"
    )


@pytest.fixture
def proof(handled):
    piece = Evidence.objects.create(
        case=handled, kind="photo", purpose="other", sha256="0" * 64, media_type="image/jpeg", size=1,
        added_at="2026-11-24T01:00:00Z",
    )  # fmt: skip
    return str(piece.pk)


def asked(proof):
    return {"version": 1, "kind": "extension", "hours": 12, "reason": "配件要调货", "proof": [proof]}


def test_a_unit_asks_and_another_post_grants(people, handled, proof):
    made = Program(people.handler).send(f"cases/{handled.number}/time-requests", asked(proof))
    decision = {"version": 2, "is_granted": True, "note": "属实"}
    answer = Program(people.shift_lead).send(f"cases/{handled.number}/time-decisions", decision)

    assert (made.status_code, made.json()["state"], made.json()["level"]) == (201, "pending", "township")
    assert (answer.status_code, answer.json()["version"]) == (200, 3)
    assert answer.json()["stage_due_at"] == "2100-01-02T12:00:00Z"


def test_what_was_asked_can_be_read(people, district, handled):
    make_request(district, handled.pk, by=people.handler)

    answer = Program(people.shift_lead).show(f"cases/{handled.number}/time-requests")

    assert [each["hours"] for each in answer.json()["requests"]] == [6.0]


def test_a_request_is_taken_back(people, district, handled):
    make_request(district, handled.pk, by=people.handler)

    answer = Program(people.handler).send(f"cases/{handled.number}/time-withdrawals", {"version": 1})

    assert answer.status_code == 200
    assert TimeRequest.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"proof": []}, "proof"),
        ({"proof": ["01a21441-002b-7268-842e-35fb01fa1a4e"]}, "proof"),
        ({"hours": 24.01}, "hours"),
        ({"kind": "suspension", "hours": None}, "until"),
        ({"kind": "suspension", "hours": None, "until": "2020-01-01"}, "until"),
    ],
)
def test_names_what_is_wrong(people, handled, proof, also, field):
    answer = Program(people.handler).send(f"cases/{handled.number}/time-requests", asked(proof) | also)

    assert answer.status_code == 422, answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert field in str(answer.json())
    assert not TimeRequest.objects.exists()


def test_after_the_limit_it_conflicts(people, district, proof, handled):
    type(handled).objects.filter(pk=handled.pk).update(stage_started_at="2020-01-01T00:00:00Z")

    answer = Program(people.handler).send(f"cases/{handled.number}/time-requests", asked(proof))

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:onegrid:NoMoreTime")


def test_who_asked_cannot_decide(people, district, handled):
    make_request(district, handled.pk, by=people.shift_lead)
    decision = {"version": 1, "is_granted": True, "note": "属实"}

    answer = Program(people.shift_lead).send(f"cases/{handled.number}/time-decisions", decision)

    assert (answer.status_code, answer.json()["type"]) == (403, "urn:onegrid:OwnRequest")


def test_a_suspended_case_says_so_and_until_when(people, district, handled):
    until = "2100-03-01T00:00:00Z"
    make_request(district, handled.pk, by=people.handler, until=until)
    decision = {"version": 1, "is_granted": False, "note": "不属实"}
    program = Program(people.leader)

    refused = program.send(f"cases/{handled.number}/time-decisions", decision)

    assert (refused.status_code, refused.json()["status"], refused.json()["suspended_until"]) == (
        200,
        "in_progress",
        None,
    )
