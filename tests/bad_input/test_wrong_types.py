"""What is of the wrong type, too large, nowhere or unheard of is refused by the name of its field."""

from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now

from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id

PROBLEM = "application/problem+json"
HERE = {"x": 120.605, "y": 27.905}
WRONG = [None, "", "1", "x", True, [], {}, -1, 0.5, 2**31, 10**30]  # none of them is a version


def fields_of(response):
    return {error["field"] for error in response.json().get("errors", [])}


@pytest.mark.parametrize("value", [each for each in WRONG if each is not None], ids=repr)
def test_takes_only_a_whole_number_for_a_version(program, case, rows, value):
    before = rows()

    response = program.send(f"cases/{case.number}/acceptance", {"version": value})

    assert (response.status_code, response["Content-Type"], fields_of(response)) == (422, PROBLEM, {"version"})
    assert rows() == before


@pytest.mark.parametrize("value", [None, "true", "yes", 1, 0, [], {}], ids=repr)
@pytest.mark.parametrize(("move", "field"), [("check-answer", "is_true"), ("verifications", "is_done")])
def test_takes_only_true_or_false_for_an_answer(program, case, move, field, value):
    response = program.send(f"cases/{case.number}/{move}", {"version": 1, "finding": "看过了", field: value})

    assert (response.status_code, fields_of(response)) == (422, {field})


@pytest.mark.parametrize("value", [None, "120.6", True, [120.6], {"lon": 120.6}], ids=repr)
@pytest.mark.parametrize("address", ["cases", "areas/locations", "routing/simulations", "place"])
def test_takes_only_numbers_for_a_point(program, case, rows, address, value):
    before = rows()
    body = {"cases": {"id": str(new_id()), "text": "x"}, "routing/simulations": {"category": "roads.lamp"}}
    method, path = ("put", f"cases/{case.number}/place") if address == "place" else ("post", address)

    response = program.send(path, {**body.get(address, {}), **HERE, "x": value}, method=method)

    assert (response.status_code, fields_of(response)) == (422, {"x"})
    assert rows() == before


POINTS = {
    "the island where receivers without a fix are": (0, 0),
    "outside the district": (121.5, 28.5),
    "swapped": (27.905, 120.605),
    "beyond the pole": (120.605, 95),
    "beyond the date line": (500, 27.905),
    "endless": (1e308, -1e308),
    "next to nothing": (5e-324, 5e-324),
}


@pytest.mark.parametrize("point", POINTS.values(), ids=POINTS)
@pytest.mark.parametrize("system", ["wgs84", "gcj02", "bd09"])
@pytest.mark.parametrize("address", ["cases", "areas/locations", "routing/simulations", "place"])
def test_refuses_a_point_that_is_not_in_the_district(program, case, rows, address, system, point):
    before = rows()
    bodies = {
        "cases": {"id": str(new_id()), "text": "x"},
        "routing/simulations": {"category": "roads.lamp"},
        "place": {"version": 1},
    }
    method, path = ("put", f"cases/{case.number}/place") if address == "place" else ("post", address)

    response = program.send(
        path, {**bodies.get(address, {}), "x": point[0], "y": point[1], "system": system}, method=method
    )

    assert (response.status_code, response["Content-Type"]) == (422, PROBLEM)
    assert rows() == before


@pytest.mark.parametrize("literal", ["NaN", "Infinity", "-Infinity", "1e999", "0x10", "01", "1_000", "+1"])
@pytest.mark.parametrize("address", ["cases", "areas/locations"])
def test_refuses_numbers_that_json_does_not_have(program, rows, address, literal):
    before = rows()

    response = program.send(address, f'{{"id": "{new_id()}", "text": "x", "x": {literal}, "y": 27.9}}'.encode())

    assert response.status_code in {400, 422}
    assert rows() == before


@pytest.mark.parametrize("moment", ["0", "0.5", "1700000000", "1e9", "yesterday", "2026-11-24", "2026-11-24T09:00:00"])
@pytest.mark.parametrize(
    ("path", "field"),
    [("cases", "due_before"), ("cases", "changed_since"), ("audit/entries", "since"), ("audit/entries", "until")],
)
def test_asks_for_moments_to_be_written_out_with_their_zone(program, path, field, moment):
    response = program.show(path, **{field: moment})

    assert (response.status_code, fields_of(response)) == (422, {field})


@pytest.mark.parametrize("moment", [0, 1_700_000_000, 0.5, True, "1700000000", "2026-11-24T09:00:00", []], ids=repr)
def test_asks_for_moments_in_a_body_as_well(program, district, moment):
    response = program.send("routing/simulations", {"category": "roads.lamp", **HERE, "at": moment})

    assert (response.status_code, fields_of(response)) == (422, {"at"})


@pytest.mark.parametrize("zone", ["-17:35", "+23:59", "Z"])
def test_takes_a_moment_in_whatever_zone(program, zone):
    an_hour_ago = (now() - timedelta(hours=1)).astimezone(datetime.fromisoformat(f"2026-01-01T00:00:00{zone}").tzinfo)

    response = program.send("cases", {"id": str(new_id()), "text": "x", **HERE, "reported_at": an_hour_ago.isoformat()})

    assert response.status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("filing", {"category": "no.such"}, "category"),
        ("filing", {"category": "roads"}, "category"),
        ("filing", {"category": "x" * 121}, "category"),
        ("filing", {"category": "roads.lamp", "title": "题" * 121}, "title"),
        ("filing", {"category": "roads.lamp", "note": "注" * 2001}, "note"),
        ("check", {"question": "问" * 2001}, "question"),
        ("refusal", {"outcome": "no_such", "note": "x"}, "outcome"),
        ("refusal", {"outcome": "not_ours", "note": "x", "surprise": 1}, "surprise"),
        ("refusal", {"note": "x"}, "outcome"),
        ("acceptance", {"note": "\x00"}, "note"),
        ("acceptance", {"note": 5}, "note"),
    ],
)
def test_names_the_field_of_a_move_that_cannot_be_taken(program, district, rows, path, body, field):
    case = make_case(district, status="accepted")
    before = rows()

    response = program.send(f"cases/{case.number}/{path}", {"version": 1, **body})

    assert (response.status_code, response["Content-Type"], fields_of(response)) == (422, PROBLEM, {field})
    assert rows() == before
