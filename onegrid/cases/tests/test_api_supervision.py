"""Supervision orders over the API: given, read, answered, withdrawn, and refused with the reason."""

import pytest

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import SupervisionOrder
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]


@pytest.fixture
def place(district):
    """The address of the orders of a case in work that is not late."""
    case = make_case(district, status=Status.IN_PROGRESS, category="lamp", stage_due_at="2100-01-01T00:00:00Z")
    return f"cases/{case.number}/supervision-orders"


def given(place, people, **also):
    asked = {"version": 1, "kind": "leader", "text": "为何还没修好？"}
    return Program(people.leader).send(place, asked | also)


def test_is_given_read_and_answered(people, place):
    made = given(place, people)
    answered = Program(people.handler).send(f"{place}/{made.json()['id']}/answer", {"version": 2, "answer": "明天装"})
    shown = Program(people.shift_lead).show(place)

    assert (made.status_code, made.json()["unit"]["code"], made.json()["answered_at"]) == (201, "roads", None)
    assert (answered.status_code, answered.json()["is_late"]) == (200, False)
    assert [each["answer"] for each in shown.json()["orders"]] == ["明天装"]


def test_is_withdrawn_with_a_reason(people, place):
    made = given(place, people)

    answer = Program(people.leader).send(f"{place}/{made.json()['id']}/withdrawal", {"version": 2, "reason": "已说明"})

    assert (answer.status_code, answer.json()["withdrawn_reason"]) == (200, "已说明")


@pytest.mark.parametrize(("also", "field"), [({"text": " "}, "text"), ({"kind": "overdue"}, "kind")])
def test_names_what_is_wrong(people, place, also, field):
    answer = given(place, people, **also)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert field in str(answer.json())
    assert not SupervisionOrder.objects.exists()


@pytest.mark.parametrize(("name", "said"), [("answer", "answer"), ("withdrawal", "reason")])
def test_what_ended_conflicts_and_what_never_was_is_not_found(people, place, name, said):
    made, lead = given(place, people), Program(people.shift_lead)
    who = {"answer": Program(people.handler), "withdrawal": lead}[name]
    lead.send(f"{place}/{made.json()['id']}/withdrawal", {"version": 2, "reason": "已说明"})

    again = who.send(f"{place}/{made.json()['id']}/{name}", {"version": 3, said: "明天装"})
    nowhere = who.send(f"{place}/{new_id()}/{name}", {"version": 3, said: "明天装"})

    assert (again.status_code, again.json()["type"]) == (409, "urn:onegrid:OrderEnded")
    assert (nowhere.status_code, nowhere.json()["type"]) == (404, "urn:onegrid:OrderNotFound")


def test_the_unit_gives_itself_none(people, place):
    answer = Program(people.head).send(place, {"version": 1, "kind": "leader", "text": "为何？"})

    assert answer.status_code == 403
