"""Saved filters and steps on many cases for programs."""

import pytest
from django.utils.timezone import now

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id
from onegrid.workspace.models import Batch, SavedFilter

pytestmark = [pytest.mark.django_db, pytest.mark.queries(60)]


@pytest.fixture
def dispatcher(people):
    return Program(people.dispatcher)


def new(**also):
    return {"id": str(new_id()), "name": "Filed", "query": "scope=all&status=filed", **also}


def asked(*cases, **also):
    picks = [{"case": case.number, "version": case.version} for case in cases]
    return {"id": str(new_id()), "action": "dispatch", "cases": picks, **also}


def test_saves_a_filter_lists_it_and_gives_it_up(dispatcher):
    saved = dispatcher.send("filters", new(unit="chashan-centre", is_start=True))
    listed = dispatcher.show("filters").json()["filters"]
    changed = dispatcher.send(f"filters/{saved.json()['id']}", {"name": "F", "query": "scope=all"}, method="put")
    gone = dispatcher.delete(f"/api/v1/filters/{saved.json()['id']}")

    assert saved.status_code == 201
    assert listed == [saved.json()]
    assert (listed[0]["unit"], listed[0]["is_start"], listed[0]["is_mine"]) == ("chashan-centre", True, True)
    assert (changed.json()["name"], changed.json()["unit"], changed.json()["query"]) == ("F", "", "scope=all")
    assert gone.status_code == 204
    assert not SavedFilter.objects.exists()


def test_saving_the_same_filter_twice_changes_nothing(dispatcher):
    body = new()
    first, second = dispatcher.send("filters", body), dispatcher.send("filters", body)

    assert first.json() == second.json()
    assert SavedFilter.objects.count() == 1


def test_chooses_with_what_the_queue_opens(dispatcher):
    saved = dispatcher.send("filters", new()).json()["id"]

    chosen = dispatcher.send("filters/start", {"filter": saved}, method="put")
    is_start = dispatcher.show("filters").json()["filters"][0]["is_start"]
    dropped = dispatcher.send("filters/start", {"filter": None}, method="put")

    assert (chosen.status_code, is_start, dropped.status_code) == (204, True, 204)


def test_finds_of_a_shared_filter_what_the_callers_duties_show(people, district, dispatcher):
    case = make_case(district, status=Status.FILED)
    make_case(district, status=Status.FILED, grid=district.areas.elsewhere)
    saved = dispatcher.send("filters", new(unit="chashan-centre")).json()["id"]

    found = Program(people.acceptor).show(f"filters/{saved}/cases").json()
    stranger = Program(people.stranger).show(f"filters/{saved}/cases")

    assert [(one["number"], one["version"]) for one in found["cases"]] == [(case.number, 1)]
    assert stranger.status_code == 404


def test_names_the_query_that_no_list_understands(dispatcher):
    answer = dispatcher.send("filters", new(query="colour=red"))

    assert [error["field"] for error in answer.json()["errors"]] == ["query"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (new(query="colour=red"), 422),
        (new(name=""), 422),
        (new(id="7"), 422),
        (new(unit="wutian-centre"), 403),
        (new(unit="nowhere"), 422),
        (new(more=1), 422),
        ({}, 422),
    ],
)
def test_refuses_a_filter_that_cannot_be_saved(dispatcher, body, status):
    response = dispatcher.send("filters", body)

    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert not SavedFilter.objects.exists()


def test_plans_then_dispatches_and_keeps_the_report(dispatcher, district):
    goes, stays = make_case(district, status=Status.FILED), make_case(district)
    body = asked(goes, stays, note="请尽快")

    planned = dispatcher.send("batches/plans", {key: value for key, value in body.items() if key != "id"}).json()
    run = dispatcher.send("batches", body)
    listed = dispatcher.show("batches").json()["batches"]

    assert [(one["case"], one["choice"]) for one in planned["moved"]] == [(goes.number, "roads")]
    assert planned["untouched"][0]["why_not"]
    assert run.status_code == 201
    assert [item["result"] for item in run.json()["items"]] == ["done", "refused"]
    assert dispatcher.show(f"batches/{body['id']}").json() == run.json()
    assert (listed[0]["done"], listed[0]["refused"]) == (1, 1)
    assert Case.objects.get(pk=goes.pk).lead_unit == district.units.roads


def test_asking_twice_dispatches_once(dispatcher, district):
    body = asked(make_case(district, status=Status.FILED))
    first, second = dispatcher.send("batches", body), dispatcher.send("batches", body)

    assert first.json() == second.json()
    assert Batch.objects.count() == 1
    assert Case.objects.get().version == 2


def test_names_the_cases_that_there_are_not(dispatcher, district):
    body = asked(make_case(district, status=Status.FILED))
    body["cases"] += [{"case": "OG-000000-000000", "version": 1}, {"case": str(new_id()), "version": 1}]

    items = dispatcher.send("batches", body).json()["items"]

    assert [item["result"] for item in items] == ["done", "refused", "refused"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"cases": []}, 422),
        ({"cases": [{"case": f"OG-{number}", "version": 1} for number in range(201)]}, 422),
        ({"cases": [{"case": "OG-1"}]}, 422),
        ({"cases": [{"case": "OG-1", "version": 0}]}, 422),
        ({"action": "explode"}, 422),
        ({"action": "return", "note": ""}, 422),
        ({"id": "7"}, 422),
    ],
)
def test_refuses_what_cannot_be_a_step_on_many_cases(dispatcher, district, change, status):
    response = dispatcher.send("batches", {**asked(make_case(district, status=Status.FILED)), **change})

    assert response.status_code == status
    assert not Batch.objects.exists()


def test_an_id_used_for_something_else_is_a_conflict(dispatcher, district):
    body = asked(make_case(district, status=Status.FILED))
    dispatcher.send("batches", body)

    assert dispatcher.send("batches", {**body, "note": "另一句"}).status_code == 409


def test_a_report_of_others_is_not_there(people, dispatcher):
    batch = Batch.objects.create(action="accept", by=people.acceptor, asked_hash="", created_at=now(), begun_at=now())

    assert dispatcher.show(f"batches/{batch.pk}").status_code == 404
