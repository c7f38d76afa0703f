"""Cases over the API: read, list and map them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.accounts.tests.callers import Program
from onegrid.cases.models import LinkKind
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id

PROBLEM = "application/problem+json"
WHOLE = "120.5,27.8,120.8,28.0"


@pytest.fixture
def program(people):
    return Program(people.leader)


@pytest.mark.parametrize("name", ["number", "pk"])
def test_shows_a_case_by_its_number_or_id(program, case, name):
    response = program.show(f"cases/{getattr(case, name)}")

    assert (response.status_code, response["ETag"]) == (200, '"1"')
    assert response.json()["number"] == case.number
    assert response.json()["category"]["code"] == "roads.manhole"
    assert "accept" in response.json()["moves"]


def test_hides_a_case_from_who_may_not_see_it(people, case):
    response = Program(people.stranger).show(f"cases/{case.number}")

    assert (response.status_code, response["Content-Type"]) == (404, PROBLEM)


@pytest.mark.parametrize("name", ["OG-1", "x%00y", "%F0%9F", "a" * 3000, "..", "1e400"])
def test_finds_no_case_under_a_strange_name(program, name):
    assert program.get(f"/api/v1/cases/{name}").status_code in {400, 404}


def test_lists_page_by_page(program, district):
    expected = [make_case(district).number for _ in range(5)]

    first = program.show("cases", limit=3)
    address = first["Link"].partition(">")[0].strip("<")
    second = program.get(address)

    numbers = [row["number"] for page in (first, second) for row in page.json()["cases"]]
    assert sorted(numbers) == expected
    assert second.json()["next_after"] == ""
    assert "Link" not in second


def test_lists_with_the_same_few_statements_however_many(program, district, people):
    for _ in range(12):
        make_case(district, status=Status.IN_PROGRESS, assignee=people.handler)
    program.show("cases")

    with CaptureQueriesContext(connection) as asked:
        response = program.show("cases", area="330304010", category="roads", status="in_progress", order="due")

    assert len(response.json()["cases"]) == 12
    assert len(asked) <= 6, [query["sql"][:90] for query in asked]


def test_finds_by_text(program, district):
    make_case(district, search="'井盖'")

    assert len(program.show("cases", text="井盖").json()["cases"]) == 1
    assert program.show("cases", text="路灯").json()["cases"] == []


@pytest.mark.parametrize(
    "query",
    [
        {"status": "open"},
        {"limit": "0"},
        {"limit": "x"},
        {"limit": str(10**30)},
        {"after": "x"},
        {"after": "W10"},
        {"order": "random"},
        {"changed_since": "yesterday"},
        {"changed_since": "2026-11-24T09:00:00"},
        {"is_open": "perhaps"},
        {"area": "x" * 200},
        {"area": "nope"},
        {"category": "nope"},
        {"category": "road"},
        {"surprise": "1"},
    ],
)
def test_names_the_parameter_that_is_wrong(program, query):
    response = program.show("cases", **query)

    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM)
    assert response.json()["errors"][0]["field"] in query


@pytest.mark.parametrize(
    ("path", "query"), [("map", {"bbox": WHOLE, "zoom": 9}), ("map", {"bbox": WHOLE, "zoom": 18}), ("cases/export", {})]
)
@pytest.mark.parametrize("name", ["area", "category"])
def test_names_a_code_that_never_was_on_the_map_and_in_an_export(program, path, query, name):
    response = program.show(path, **query, **{name: "nope"})

    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (422, [name])


@pytest.mark.parametrize("name", ["text", "area", "category", "unit", "after"])
def test_refuses_characters_that_no_text_can_hold(program, name):
    assert program.show("cases", **{name: "a\x00b"}).status_code == 400


@pytest.mark.parametrize("text", ["%ED%A0%80", "<script>", "井盖'; --", "a & !b:*"])
def test_searches_for_anything_without_harm(program, case, text):
    assert program.show("cases", text=text).status_code == 200


@pytest.mark.parametrize("text", ["'", "\\", "& | !", "🙂", "\ufffe", ":*", "﷽"])
def test_says_that_there_is_nothing_to_search_for(program, case, text):
    """Signs alone would find everything, which is not what was asked for."""
    response = program.show("cases", text=text)

    assert (response.status_code, [error["field"] for error in response.json()["errors"]]) == (422, ["text"])


def test_shows_the_map_from_far_and_near(program, case):
    far = program.show("map", bbox=WHOLE, zoom=9).json()
    near = program.show("map", bbox=WHOLE, zoom=18).json()

    assert [(area["code"], area["cases"]) for area in far["counts"]] == [("330304010", 1)]
    assert (near["level"], near["pins"][0][0]) == (None, case.number)


@pytest.mark.parametrize("bbox", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "2,0,1,1", "inf,0,1,1", "1,2,3,4,5"])
def test_refuses_a_box_that_is_none(program, bbox):
    assert program.show("map", bbox=bbox, zoom=9).status_code == 422


def test_keeps_a_full_map_small(program, district):
    title = "".join(chr(0x4E00 + 37 * place) for place in range(30))
    for number in range(40):
        make_case(district, title=title[number % 20 :] + title[: number % 20])

    response = program.get("/api/v1/map", {"bbox": WHOLE, "zoom": 18}, headers={"Accept-Encoding": "gzip"})

    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) / 40 * 1500 <= 150_000


def test_shows_the_timeline_page_by_page(people, case):
    program = Program(people.acceptor)
    for text in ("一", "二", "三"):
        program.send(f"cases/{case.number}/notes", {"id": str(new_id()), "text": text})

    first = program.show(f"cases/{case.number}/timeline", limit=2).json()
    second = program.show(f"cases/{case.number}/timeline", limit=2, after=first["next_after"]).json()

    assert [entry["text"] for entry in first["entries"] + second["entries"]] == ["一", "二", "三"]
    assert second["next_after"] == ""


def test_shows_what_belongs_to_a_case(people, district, case):
    other = make_case(district)
    program = Program(people.acceptor)
    sent = {"to": other.number, "kind": LinkKind.SAME_CAUSE, "version": 1}

    made = program.send(f"cases/{case.number}/links", sent)

    assert made.status_code == 201
    shown = program.show(f"cases/{other.number}/connections").json()
    assert [(link["one"], link["other"]) for link in shown["links"]] == [(case.number, other.number)]


@pytest.mark.parametrize(
    ("path", "status"), [("nothing", 404), ("cases/x/nothing", 404), ("", 404), ("cases/", 404), ("../v2/cases", 404)]
)
def test_answers_in_one_shape_where_nothing_is(program, path, status):
    response = program.get(f"/api/v1/{path}")

    assert (response.status_code, response["Content-Type"]) == (status, PROBLEM)


def test_answers_in_one_shape_for_another_method(program, case):
    response = program.delete(f"/api/v1/cases/{case.number}")

    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert "GET" in response["Allow"]


def test_gives_each_request_an_id_to_quote(program):
    own = program.get("/api/v1/nothing")
    given = program.get("/api/v1/nothing", headers={"X-Request-Id": "abcd-1234"})

    assert own.json()["instance"] == f"urn:onegrid:request:{own['X-Request-Id']}"
    assert given["X-Request-Id"] == "abcd-1234"
