"""Intake over the API: the hot path, and everything that may not come in through it."""

import json
import uuid
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import Case, Channel
from onegrid.core.ids import new_id

FIXTURES = Path(__file__).parents[4] / "shared" / "data" / "fixtures"
PROBLEM = "application/problem+json"


def report(**changes):
    return {"id": str(new_id()), "text": "雨水井盖断裂，行人易踩空", "x": 120.605, "y": 27.905, **changes}


@pytest.fixture
def program(people):
    return Program(people.acceptor)


def fixtures(folder, pattern):
    found = sorted((FIXTURES / folder).glob(pattern))
    return found or [pytest.param(None, marks=pytest.mark.skip(reason=f"{FIXTURES / folder} is absent"))]


def name_of(path):
    return path.name if path else "absent"


def test_takes_a_report_in(program):
    response = program.send("cases", report(category="roads.manhole"))

    case = Case.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "id": str(case.id),
        "number": case.number,
        "due_at": response.json()["due_at"],
        "grid_code": "330304010001001",
        "community": "博园社区",
        "township": "茶山街道",
    }
    assert response["Location"] == f"/api/v1/cases/{case.number}"
    assert case.channel == Channel.API


def test_asks_the_database_at_most_six_times(program):
    program.send("cases", report(category="roads.lamp"))  # reads what stays in memory

    with CaptureQueriesContext(connection) as asked:
        program.send("cases", report(category="roads.manhole"))

    assert len(asked) <= 6, [query["sql"][:100] for query in asked]


def test_gives_the_same_report_its_first_answer(program):
    sent = report()

    first, again = program.send("cases", sent), program.send("cases", sent)

    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert Case.objects.count() == 1


def test_refuses_another_report_under_the_same_id(program):
    sent = report()
    program.send("cases", sent)

    response = program.send("cases", {**sent, "text": "something else"})

    assert response.status_code == 409
    assert response.json()["type"] == "urn:onegrid:ReplayedWithAnotherBody"


@pytest.mark.usefixtures("people")
def test_refuses_without_a_key(client):
    response = client.post("/api/v1/cases", report(), content_type="application/json")

    assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)
    assert response["WWW-Authenticate"] == "Bearer"


def test_refuses_a_key_made_for_something_else(people):
    response = Program(people.acceptor, "cases:read").send("cases", report())

    assert (response.status_code, response.json()["scope"]) == (403, "cases:report")


def test_refuses_who_may_not_report(people):
    response = Program(people.auditor).send("cases", report())

    assert (response.status_code, response.json()["type"]) == (403, "urn:onegrid:NotAllowed")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": str(uuid.uuid4())}, "id"),
        ({"id": "x"}, "id"),
        ({"id": 5}, "id"),
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"title": ["x"]}, "title"),
        ({"x": "120"}, "x"),
        ({"x": 0, "y": 0}, "location"),
        ({"x": 1e300}, "location"),
        ({"x": 10**30}, "location"),
        ({"x": 121.5}, "location"),
        ({"system": "epsg:2056"}, "system"),
        ({"category": "no.such"}, "category"),
        ({"category": "roads"}, "category"),
        ({"reported_at": "yesterday"}, "reported_at"),
        ({"reported_at": "2026-11-24T09:00:00"}, "reported_at"),
        ({"reported_at": "9999-12-31T23:59:59Z"}, "reported_at"),
        ({"reported_at": "0001-01-01T00:00:00+14:00"}, "reported_at"),
        ({"accuracy_m": -1}, "accuracy_m"),
        ({"answers": {"n": 10**40}}, "answers.n"),
        ({"answers": {"t": "\x00"}}, "answers.t"),
        ({"answers": json.loads("[" * 30 + "]" * 30)}, "answers"),
        ({"answers": {"deep": json.loads("[" * 30 + "]" * 30)}}, "answers.deep"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_names_the_field_that_is_wrong(program, changes, field):
    response = program.send("cases", report(**changes))

    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM)
    assert field in {error["field"] for error in response.json()["errors"]}, response.json()
    assert Case.objects.count() == 0


@pytest.mark.parametrize("missing", ["id", "text", "x", "y"])
def test_names_the_field_that_is_missing(program, missing):
    sent = report()
    del sent[missing]

    response = program.send("cases", sent)

    assert response.json()["errors"] == [{"field": missing, "message": "This is missing."}]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400),
        (b"{", 400),
        (b'{"x": NaN}', 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b"[]", 422),
        (b"null", 422),
        (b'{"id": 1, "id": 2}', 422),
        (b'"' + b"a" * 2_000_000 + b'"', 413),
    ],
    ids=range(10),
)
def test_refuses_what_is_no_report(program, body, status):
    response = program.send("cases", body)

    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)


def test_refuses_a_form(program):
    response = program.post("/api/v1/cases", report())

    assert (response.status_code, response["Content-Type"]) == (415, PROBLEM)


@pytest.mark.parametrize("path", ["cases", "routing/simulations"])
def test_refuses_a_body_in_pieces_rather_than_take_it_for_empty(path, program):
    response = program.post(f"/api/v1/{path}", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")

    assert (response.status_code, response["Content-Type"]) == (411, PROBLEM)


def test_refuses_another_method(program):
    response = program.delete("/api/v1/cases")

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_refuses_in_the_language_of_the_caller(people, language):
    response = Program(people.acceptor, language=language).send("cases", report(text="\x00"))

    assert (response.json()["title"] == "Not acceptable as it is") == (language == "en")


@pytest.mark.parametrize("path", fixtures("json", "y_*.json"), ids=name_of)
def test_understands_json_that_is_no_case(program, path):
    assert program.send("cases", path.read_bytes()).status_code == 422


@pytest.mark.parametrize("path", fixtures("json", "n_*.json"), ids=name_of)
def test_refuses_what_is_not_json(program, path):
    assert program.send("cases", path.read_bytes()).status_code == 400


@pytest.mark.parametrize("path", fixtures("json", "i_*.json"), ids=name_of)
def test_decides_on_json_that_parsers_disagree_about(program, path):
    assert program.send("cases", path.read_bytes()).status_code in {400, 422}


@pytest.mark.skipif(not (FIXTURES / "naughty/blns.json").exists(), reason="the naughty strings are absent")
@pytest.mark.parametrize("field", ["title", "text", "address", "reporter_name", "category", "system", "id"])
def test_takes_or_refuses_naughty_strings_without_harm(program, field):
    naughty = json.loads((FIXTURES / "naughty/blns.json").read_text(encoding="utf8"))

    statuses = {string: program.send("cases", report(**{field: string})).status_code for string in naughty}

    assert set(statuses.values()) <= {201, 422}, statuses
    kept = set(Case.objects.values_list("description", flat=True))
    assert field != "text" or {string.strip() for string, status in statuses.items() if status == 201} <= kept
