"""Lateness appeals over the API: made, reviewed twice, read, and refused with the reason."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import LatenessAppeal
from onegrid.cases.tests.appeals import closed_case, photo

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]


@pytest.fixture
def late(district, people):
    """A case that ended late a moment ago."""
    return closed_case(district, people, at=now() - timedelta(hours=102))


def asked(case, **also):
    return {"version": case.version, "reason": "道路被洪水封闭", "proof": [str(photo(case))], **also}


def test_a_unit_appeals_and_two_others_agree(late, people):
    made = Program(people.head).send(f"cases/{late.number}/appeals", asked(late, stage="handle"))
    review = {"is_yes": True, "note": "属实"}
    path = f"cases/{late.number}/appeal-reviews"
    first = Program(people.shift_lead).send(path, {"version": late.version + 1, **review})
    second = Program(people.leader).send(path, {"version": late.version + 2, **review})

    assert (made.status_code, made.json()["state"], made.json()["covers"]) == (201, "asked", ["handle"])
    assert (first.status_code, second.status_code) == (200, 200)
    [read] = Program(people.head).show(f"cases/{late.number}/appeals").json()["appeals"]
    assert (read["state"], [each["unit"]["code"] for each in read["reviews"]]) == (
        "second_yes",
        ["chashan-centre", "centre"],
    )


@pytest.mark.parametrize(
    ("also", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"proof": []}, "proof"),
        ({"proof": ["01a21441-002b-7268-842e-35fb01fa1a4e"]}, "proof"),
        ({"stage": "no_such"}, "stage"),
    ],
)
def test_names_what_is_wrong(late, people, also, field):
    answer = Program(people.head).send(f"cases/{late.number}/appeals", asked(late) | also)

    assert answer.status_code == 422, answer.json()
    assert field in str(answer.json())
    assert not LatenessAppeal.objects.exists()


def test_what_was_not_late_conflicts(late, people):
    answer = Program(people.head).send(f"cases/{late.number}/appeals", asked(late, stage="verify"))

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:onegrid:NotLate")


def test_who_is_not_the_head_is_refused(late, people):
    assert Program(people.handler).send(f"cases/{late.number}/appeals", asked(late)).status_code == 403
    assert Program(people.stranger).send(f"cases/{late.number}/appeals", asked(late)).status_code == 404
