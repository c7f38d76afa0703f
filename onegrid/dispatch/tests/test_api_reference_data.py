"""What a program reads before it reports: areas, categories, units, itself; where a case would go; the trail."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from onegrid.accounts.tests.callers import Program
from onegrid.core.ids import new_id

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def program(people):
    return Program(people.dispatcher)


def test_lists_areas_page_by_page(program):
    first = program.show("areas", limit=5).json()
    second = program.show("areas", limit=5, after=first["next_after"]).json()

    codes = [area["code"] for area in first["areas"] + second["areas"]]
    assert (len(codes), codes, second["next_after"]) == (8, sorted(codes), "")


def test_lists_the_grids_of_a_township(program):
    found = program.show("areas", level="grid", within="330304010").json()["areas"]

    assert [area["parent"] for area in found] == ["330304010001"] * 2


@pytest.mark.parametrize("query", [{"level": "street"}, {"limit": 0}, {"after": "x"}, {"after": "W10"}])
def test_refuses_a_list_of_areas_that_is_none(program, query):
    assert program.show("areas", **query).status_code == 422


def test_shows_an_area_with_its_outline(program):
    assert program.show("areas/330304").json()["outline"]["type"] == "Polygon"


@pytest.mark.parametrize("path", ["areas/1", "units/none", "categories/none"])
def test_finds_nothing_of_a_code_that_is_not_there(program, path):
    assert program.show(path).status_code == 404


def test_locates_a_place(program):
    response = program.send("areas/locations", {"x": 120.605, "y": 27.905})

    assert response.json()["grid"]["code"] == "330304010001001"


@pytest.mark.parametrize("place", [{"x": 0, "y": 0}, {"x": 100, "y": 27.9}, {"x": "a", "y": 1}, {"x": 1}])
def test_refuses_a_place_outside(program, place):
    assert program.send("areas/locations", place).status_code == 422


def test_lists_categories_and_shows_one(program):
    listed = program.show("categories").json()["categories"]

    assert "roads.manhole" in {category["code"] for category in listed}
    assert program.show("categories/roads.manhole").json()["proof"] == ["after:photo"]


def test_lists_units_of_a_field_of_work(program):
    found = program.show("units", function="fire").json()["units"]

    assert [unit["code"] for unit in found] == ["fire", "wutian-fire"]
    assert program.show("units/fire").json()["area"] == "330304010"


def test_says_who_is_calling(people, program):
    me = program.show("me").json()

    assert (me["username"], me["duties"][0]["role"]) == (people.dispatcher.username, "dispatcher")
    assert "dispatch.dispatch" in me["duties"][0]["permissions"]
    assert len(program.show("me/keys").json()["keys"]) == 1


def test_shows_where_a_case_would_go(program):
    response = program.send("routing/simulations", {"category": "roads.manhole", "x": 120.605, "y": 27.905})

    assert (response.json()["lead"]["code"], response.json()["rule"]) == ("roads", None)
    assert response.json()["reason"]


def test_shows_the_routing_only_to_those_who_may_try_it(people):
    sent = {"category": "roads.manhole", "x": 120.605, "y": 27.905}

    assert Program(people.handler).send("routing/simulations", sent).status_code == 403


def test_shows_the_trail_to_auditors_alone(people, program):
    shown = Program(people.auditor).show("audit/entries", code="accounts.", limit=1).json()

    assert shown["entries"][0]["code"] == "accounts.api_key_created"
    assert program.show("audit/entries").status_code == 403


def test_takes_the_trail_back_one_entry_at_a_time(people, program):
    auditor = Program(people.auditor)
    first = auditor.show("audit/entries", limit=1).json()
    second = auditor.show("audit/entries", limit=1, after=first["next_after"]).json()

    assert first["entries"][0]["seq"] > second["entries"][0]["seq"]


def test_takes_a_file_once(people, filed):
    worker, sent = Program(people.acceptor), {"id": str(new_id()), "purpose": "other"}
    address = f"/api/v1/cases/{filed.number}/evidence"

    first, again = (
        worker.post(address, {**sent, "file": SimpleUploadedFile("proof.pdf", PDF)}, format="multipart")
        for _ in range(2)
    )

    assert (first.status_code, again.status_code) == (201, 201), first.content
    assert first.json()["id"] == again.json()["id"] == sent["id"]
    assert len(worker.get(address).json()["evidence"]) == 1
    assert b"".join(worker.get(first.json()["address"]).streaming_content) == PDF


@pytest.mark.parametrize(
    ("changes", "content"),
    [
        ({}, b"MZ\x90\x00 not what it says"),
        ({}, b""),
        ({"purpose": "fun"}, PDF),
        ({"id": "00000000-0000-4000-8000-000000000000"}, PDF),
    ],
)
def test_refuses_a_file_that_is_not_what_it_says(people, filed, changes, content):
    sent = {"id": str(new_id()), "purpose": "other", "file": SimpleUploadedFile("photo.jpg", content), **changes}

    response = Program(people.acceptor).post(f"/api/v1/cases/{filed.number}/evidence", sent)

    assert (response.status_code, response["Content-Type"]) == (422, "application/problem+json")


def test_refuses_a_form_that_cannot_be_read(people, filed):
    response = Program(people.acceptor).post(
        f"/api/v1/cases/{filed.number}/evidence", b"junk", content_type="multipart/form-data"
    )

    assert response.status_code == 400


def test_shows_its_description_to_anybody(client, db):
    response = client.get("/api/v1/openapi.json")

    assert json.loads(response.content)["openapi"] == "3.1.0"
