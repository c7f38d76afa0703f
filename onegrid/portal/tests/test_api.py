"""The portal for programs: no more than its pages show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case, Rating
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.web import kept_pages
from onegrid.dispatch.public import dispatch_case
from onegrid.portal.tests.arranging import SECRET, with_link

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = f"reports/{SECRET}"
RATING = {"is_solved": False, "satisfaction": 2, "comment": "还是晃"}


@pytest.fixture
def program(people):
    return Program(people.acceptor)


def closed(district):
    return with_link(district, status=Status.CLOSED, ended_at=timezone.now() - timedelta(days=1))


def test_shows_a_case_as_strangers_see_it(program, district):
    case = with_link(district, status=Status.IN_PROGRESS)
    shown = program.show(f"public/cases/{case.number}").json()

    assert shown["number"] == case.number
    assert shown["title"] == case.title
    assert SECRET not in str(shown)


def test_shows_a_case_without_a_key_as_its_page_is_kept(client, district, django_assert_num_queries):
    case = with_link(district, status=Status.IN_PROGRESS)
    url = f"/api/v1/public/cases/{case.number}"

    first = client.get(url)
    with django_assert_num_queries(0):
        again = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=60")
    assert (again.status_code, again.content) == (304, b"")
    assert not first.cookies


def test_shows_a_change_of_a_case_with_the_next_second(client, district, monkeypatch):
    case = with_link(district, status=Status.IN_PROGRESS)
    client.get(f"/api/v1/public/cases/{case.number}")
    monkeypatch.setattr(kept_pages, "CHECKED_EVERY", 0.0)
    Case.objects.update(is_public=False, version=case.version + 1)

    assert client.get(f"/api/v1/public/cases/{case.number}").status_code == 404


def test_refuses_a_field_that_there_is_not_also_without_a_key(client, district):
    case = with_link(district, status=Status.IN_PROGRESS)

    assert client.get(f"/api/v1/public/cases/{case.number}?secret=1").status_code == 422


def test_explains_the_deadline_and_those_of_past_stages_without_naming_anybody(program, people, district):
    case = make_case(district, status=Status.FILED, category="lamp", at=MORNING)
    told = {"case_id": case.pk, "by": people.dispatcher}
    dispatch_case(version=1, lead_code="roads", note="请尽快", **told, at=MORNING + timedelta(hours=1))

    shown = program.show(f"public/cases/{case.number}").json()

    basis, began, *_others, due = shown["reasons"]
    assert basis["text"].startswith("By the catalogue: Roads › Lamp, version 1: 1 d")
    assert began["text"] == "The clock begins: dispatched to Roads\n请尽快\nChashan Centre"
    assert due["moment"] == "25 November 2026 10:00"
    assert len(shown["whole_reasons"]) >= 3
    (past,) = shown["past_stages"]
    assert past["heading"].startswith("Dispatch")
    assert [reason["amount"] for reason in past["reasons"]][-1] == "3 h early"
    assert "周知遥" not in str(shown)


def test_keeps_back_words_that_nobody_has_accepted(program, district):
    case = with_link(district, status=Status.REPORTED)

    assert case.title not in program.show(f"public/cases/{case.number}").text
    assert case.title in program.show(REPORT).text


def test_does_not_know_a_case_that_is_not_public(program, district):
    case = with_link(district, category="dispute", is_public=False)

    assert program.show(f"public/cases/{case.number}").status_code == 404
    assert program.show("public/cases/nonsense").status_code == 404


def test_shows_the_holder_what_they_may_do(program, district):
    closed(district)
    response = program.show(REPORT)

    assert response["Cache-Control"] == "no-store, private"
    assert (response.json()["may_rate"], response.json()["may_add"]) == (True, False)
    assert program.show("reports/nobodys").status_code == 404


def test_takes_a_rating_once(program, district):
    closed(district)

    assert program.send(f"{REPORT}/ratings", RATING).status_code == 201
    assert program.send(f"{REPORT}/ratings", RATING).status_code == 409
    assert Rating.objects.get().comment == "还是晃"


@pytest.mark.parametrize("said", [{}, {**RATING, "satisfaction": 6}, {**RATING, "extra": 1}])
def test_refuses_a_rating_that_is_not_whole(program, district, said):
    closed(district)

    assert program.send(f"{REPORT}/ratings", said).status_code == 422


def test_asks_who_is_calling(client, people, district):
    closed(district)

    assert client.get(f"/api/v1/{REPORT}").status_code == 401
    assert Program(people.acceptor, "cases:read").send(f"{REPORT}/ratings", RATING).status_code == 403


def test_takes_a_nudge_and_refuses_the_next_with_its_moment(program, district):
    with_link(district)

    taken = program.send(f"{REPORT}/nudges", {})
    again = program.send(f"{REPORT}/nudges", {})

    assert (taken.status_code, taken.json()["count"]) == (201, 1)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert (again.json()["type"], again.json()["possible_at"][:19]) == (
        "urn:onegrid:NudgedAlready", taken.json()["possible_at"][:19],
    )  # fmt: skip
    assert not program.show(REPORT).json()["may_nudge"]
