"""Filters of the list: every combination shows what looking at each case by hand would."""

import random
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from django.utils.timezone import now

from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.fields import Point
from onegrid.geography.public import meters_between
from onegrid.open311.tests.asking import ROOT, numbers, show

CATEGORIES = ["manhole", "lamp", "passage", "dispute", None]
CODES = {"manhole": "roads.manhole", "lamp": "roads.lamp", "passage": "fire.passage"}


@pytest.fixture
def many(district):
    """Cases of every kind over 130 days, in two communities, some of them told of later."""
    chance = random.Random(311)  # noqa: S311  # the same every time
    at = now().replace(microsecond=0)
    made = []
    for _ in range(80):
        category, grid = chance.choice(CATEGORIES), chance.choice([district.areas.grid, district.areas.elsewhere])
        reported = at - timedelta(seconds=chance.randrange(130 * 86400))
        spot = Point(grid.label_at[0] + chance.uniform(-0.005, 0.005), grid.label_at[1] + chance.uniform(-0.005, 0.005))
        status = chance.choice([Status.REPORTED, Status.IN_PROGRESS if category else Status.ACCEPTED, Status.CLOSED])
        case = make_case(
            district, status=status, category=category, grid=grid, at=reported, place=spot,
            is_public=category != "dispute",
        )  # fmt: skip
        told = reported + timedelta(days=chance.randrange(10))
        seen = chance.choice([Visibility.PUBLIC, Visibility.INTERNAL])
        TimelineEntry.objects.create(
            case=case, kind=EntryKind.NOTE, visibility=seen, channel="desk", happened_at=told, received_at=told
        )
        made.append((case, category, Point(*grid.parent.label_at), told if seen == Visibility.PUBLIC else None))
    return made


def fits(made, asked, at):
    """Tell by hand whether a case is to be shown."""
    case, category, label, told = made
    spot = case.place if category in {"manhole", "lamp"} else label
    start, end = (datetime.fromisoformat(asked[name]) if name in asked else None for name in ("start_date", "end_date"))
    updated = datetime.fromisoformat(asked["updated_after"]) if "updated_after" in asked else None
    begin = start or (end or at) - timedelta(days=90)
    finish = end or (start + timedelta(days=90) if start else at)
    has_span = start or end or not updated
    return (
        category != "dispute"
        and ("service_code" not in asked or CODES.get(category) in asked["service_code"].split(","))
        and asked.get("status") in {None, "closed" if case.ended_at else "open"}
        and (not has_span or begin <= case.reported_at <= finish)
        and (not updated or (told is not None and told >= updated))
        and (
            "radius" not in asked
            or meters_between(spot, Point(asked["long"], asked["lat"])) <= asked["radius"]
        )
    )  # fmt: skip


def question(chance, at):
    asked = {}
    if chance.random() < 0.4:
        asked["service_code"] = ",".join(chance.sample(list(CODES.values()), 2))
    if chance.random() < 0.4:
        asked["status"] = chance.choice(["open", "closed"])
    if chance.random() < 0.4:
        asked |= {"lat": 27.905, "long": 120.605 + chance.uniform(0, 0.02), "radius": chance.choice([300, 800, 2500])}
    if chance.random() < 0.4:
        asked["start_date"] = (at - timedelta(days=chance.randrange(130))).isoformat()
    if chance.random() < 0.3 and "start_date" in asked:
        asked["end_date"] = (
            datetime.fromisoformat(asked["start_date"]) + timedelta(days=chance.randrange(90))
        ).isoformat()
    if chance.random() < 0.3:
        asked["updated_after"] = (at - timedelta(days=chance.randrange(120))).isoformat()
    return asked


def test_any_combination_shows_what_looking_at_each_case_would(client, many):
    chance = random.Random(20261124)  # noqa: S311  # the same every time
    at = now().replace(microsecond=0)
    for asked in (question(chance, at) for _ in range(60)):
        shown = show(client, "requests", **asked)

        expected = sorted(
            (one for one in many if fits(one, asked, at)), key=lambda one: one[0].reported_at, reverse=True
        )
        assert numbers(shown) == [one[0].number for one in expected], asked


def test_numbers_override_all_else(client, many):
    wanted = [case.number for case, category, *_ in many if category != "dispute"][:3]

    shown = show(
        client, "requests", service_request_id=",".join(wanted), status="open", start_date="2020-01-01T00:00:00Z"
    )

    assert set(numbers(shown)) == set(wanted)


def test_a_discreet_matter_is_found_around_its_community_and_never_around_its_place(client, district):
    case = make_case(district, category="passage", at=now(), place=Point(120.6001, 27.9001))

    around_place = show(client, "requests", lat=27.9001, long=120.6001, radius=50)
    around_label = show(client, "requests", lat=27.91, long=120.61, radius=50)

    assert (numbers(around_place), numbers(around_label)) == ([], [case.number])


def test_an_empty_parameter_is_as_good_as_none(client, district):
    case = make_case(district, at=now())

    names = ("service_request_id", "service_code", "status", "start_date", "end_date", "page", "page_size", "radius")

    assert numbers(show(client, "requests", **dict.fromkeys(names, ""))) == [case.number]


def test_what_is_not_known_is_ignored(client, district):
    case = make_case(district, at=now())

    assert numbers(show(client, "requests", lat=27.9, long=120.6, extensions="true", foo="bar")) == [case.number]


def test_what_was_published_as_a_moment_finds_the_request_again(client, district):
    case = make_case(district, at=now().replace(microsecond=987654))
    moment = show(client, f"requests/{case.number}")[0]["requested_datetime"]

    assert numbers(show(client, "requests", start_date=moment, end_date=moment)) == [case.number]


def test_a_plus_sign_written_by_hand_is_a_plus_sign(client, district):
    make_case(district, at=now())

    response = client.get(f"{ROOT}/requests.json?start_date=2026-11-24T09:00:00+08:00")

    assert response.status_code == 200


@pytest.mark.parametrize("said", ["ouhai", "testserver", "OUHAI", ""])
def test_our_own_jurisdiction_is_known(client, district, said):
    show(client, "services", jurisdiction_id=said)


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("requests", {"start_date": "yesterday"}, 400),
        ("requests", {"start_date": "2026-11-24T09:00:00"}, 400),
        ("requests", {"start_date": "2026-02-30T00:00:00Z"}, 400),
        ("requests", {"end_date": "0001-01-01T00:00:00+14:00"}, 400),
        ("requests", {"end_date": "9999-12-31T23:59:59-14:00"}, 400),
        ("requests", {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-04-02T00:00:00Z"}, 400),
        ("requests", {"start_date": "2026-01-02T00:00:00Z", "end_date": "2026-01-01T00:00:00Z"}, 400),
        ("requests", {"updated_after": "1"}, 400),
        ("requests", {"status": "fixed"}, 400),
        ("requests", {"page": "0"}, 400),
        ("requests", {"page": "-1"}, 400),
        ("requests", {"page": "1e3"}, 400),
        ("requests", {"page": "９"}, 400),
        ("requests", {"page": "9" * 40}, 400),
        ("requests", {"page": "100000"}, 400),
        ("requests", {"page_size": "1001"}, 400),
        ("requests", {"page_size": "0"}, 400),
        ("requests", {"after": "x"}, 400),
        ("requests", {"after": quote("W10")}, 400),
        ("requests", {"radius": "nan", "lat": "27.9", "long": "120.6"}, 400),
        ("requests", {"radius": "-1", "lat": "27.9", "long": "120.6"}, 400),
        ("requests", {"radius": "1e308", "lat": "27.9", "long": "120.6"}, 400),
        ("requests", {"radius": "100", "lat": "91", "long": "120.6"}, 400),
        ("requests", {"radius": "100", "lat": "27.9"}, 400),
        ("requests", {"service_code": "roads.moon"}, 404),
        ("requests", {"jurisdiction_id": "city.gov"}, 404),
        ("requests", {"service_request_id": ",".join(f"OG-261124-{n:06d}" for n in range(1001))}, 400),
        ("services", {"jurisdiction_id": "city.gov"}, 404),
        ("services/roads.moon", {}, 404),
        ("services/roads", {}, 404),
        ("requests/OG-261124-999999", {}, 404),
        ("tokens/12345", {}, 404),
        ("servicerequestupdates", {"start_date": "x"}, 400),
        ("nothing", {}, 404),
    ],
)  # fmt: skip
def test_refuses_what_makes_no_sense_in_both_formats(client, district, path, query, status):
    as_json, as_xml = (client.get(f"{ROOT}/{path}.{form}", query) for form in ("json", "xml"))

    assert (as_json.status_code, as_xml.status_code) == (status, status)
    assert [fault["code"] for fault in as_json.json()] == [status]
    assert f"<errors><error><code>{status}</code><description>" in as_xml.text


def test_the_poles_and_the_far_side_of_the_earth_are_places_too(client, district):
    make_case(district, at=now())
    for lat, lon in ((90, 0), (-90, 0), (0, 180), (0, -180), (27.905, -120.605)):
        assert show(client, "requests", lat=lat, long=lon, radius=100_000) == []


def test_refuses_another_method(client, district):
    response = client.delete(f"{ROOT}/requests.json")

    assert (response.status_code, response["Allow"]) == (405, "GET, POST")
