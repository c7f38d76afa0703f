"""The map page: what it counts, for whom, and how much it asks and sends."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from onegrid.cases.states import Status
from onegrid.cases.tests import factories

MOST_STATEMENTS = 10
CHASHAN, WUTIAN, BOYUAN, GRID = "330304010", "330304002", "330304010001", "330304010001001"

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


def make_case(district, **also):
    """Make a case that is late by any clock, so that no test depends on today's."""
    times = {"stage_started_at": LONG_AGO, "stage_due_at": None if "status" in also else LONG_AGO.replace(hour=9)}
    return factories.make_case(district, **(times | also))


def counts_of(response):
    held = re.search(r'<script id="map-counts" type="application/json">(.*?)</script>', response.content.decode())
    return json.loads(held[1])


def rows_of(response, group=0):
    rows = response.context["map"].groups[group].rows
    return [(row.code, row.sums.cases, row.sums.late) for row in rows]


def test_counts_every_township_most_cases_first(district, people, as_):
    make_case(district, grid=district.areas.elsewhere)
    make_case(district, grid=district.areas.elsewhere)
    make_case(district)
    make_case(district, status=Status.CLOSED)

    page = as_(people.leader).get("/map/")

    assert [(code, cases) for code, cases, _late in rows_of(page)] == [(WUTIAN, 2), (CHASHAN, 1)]
    assert counts_of(page)["grid"] == {GRID: [1, 1], "330304002001001": [2, 2]}


def test_counts_only_what_an_officer_of_a_township_may_see(district, people, as_):
    make_case(district)
    make_case(district, grid=district.areas.elsewhere)

    page = as_(people.stranger).get("/map/")

    assert [code for code, _cases, _late in rows_of(page)] == [WUTIAN]
    assert list(counts_of(page)["township"]) == [WUTIAN]
    assert "Only the cases that your duties let you see" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "asked", "home"),
    [
        ("leader", {}, []),
        ("stranger", {}, [WUTIAN]),
        ("leader", {"area": BOYUAN}, [BOYUAN]),
        ("stranger", {"area": BOYUAN}, [BOYUAN]),
        ("stranger", {"place": CHASHAN}, [WUTIAN]),
    ],
)
def test_opens_on_what_is_asked_for_or_on_what_one_is_there_for(district, people, as_, role, asked, home):
    page = as_(getattr(people, role)).get("/map/", asked)

    assert f'data-home="{" ".join(home)}"' in page.content.decode()


def test_opens_the_chosen_area(district, people, as_):
    case = make_case(district)
    make_case(district, grid=district.areas.beside)
    make_case(district, grid=district.areas.elsewhere)

    page = as_(people.leader).get("/map/", {"place": BOYUAN})

    assert rows_of(page, 1) == [(GRID, 1, 1), ("330304010001002", 1, 1)]
    assert {first.number for first in page.context["map"].first} >= {case.number}
    assert len(page.context["map"].first) == 2
    assert page.context["map"].chosen.list_url == f"/queue/?scope=all&area={BOYUAN}"


def test_keeps_the_filters_of_the_list(district, people, as_):
    make_case(district, is_urgent=True)
    make_case(district, grid=district.areas.elsewhere)

    page = as_(people.leader).get("/map/", {"scope": "all", "urgent": "1"})

    assert [(code, cases) for code, cases, _late in rows_of(page)] == [(CHASHAN, 1), (WUTIAN, 0)]
    assert page.context["map"].groups[0].rows[0].list_url == f"/queue/?scope=all&urgent=1&area={CHASHAN}"
    assert 'href="/queue/?scope=all&amp;urgent=1"' in page.content.decode()


def test_the_list_leads_to_the_same_map(district, people, as_):
    page = as_(people.leader).get("/queue/", {"scope": "all", "urgent": "1"})

    assert 'href="/map/?scope=all&amp;urgent=1"' in page.content.decode()


@pytest.mark.parametrize("asked", [{"place": "nowhere"}, {"due": "someday"}, {"colour": "red"}])
def test_refuses_what_it_does_not_know_in_words(asked, district, people, as_):
    page = as_(people.leader).get("/map/", asked)

    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_is_drawn_without_script(district, people, as_):
    make_case(district)

    page = as_(people.leader).get("/map/").content.decode()

    assert page.count('class="m-label"') == 2
    assert 'class="m-q1"' in page
    assert f'href="?scope=all&amp;place={CHASHAN}"' in page


def test_swaps_only_the_side_and_the_info_box(district, people, as_):
    part = as_(people.leader).get("/map/", {"place": CHASHAN}, headers={"hx-target": "map-side"}).content.decode()

    assert '<svg class="m"' not in part
    assert 'id="map-side"' in part
    assert 'id="map-info" hx-swap-oob="true"' in part


def test_lists_cases_of_former_grids_beside_those_that_stand(district, people, as_):
    make_case(district, grid_code="330304010001009", grid_name="博园社区老网格")
    make_case(district)

    page = as_(people.leader).get("/map/", {"place": BOYUAN})

    assert rows_of(page)[0] == (BOYUAN, 2, 2)
    assert [row.is_former for row in page.context["map"].groups[1].rows] == [False, True, False]
    assert page.context["map"].chosen.inside == "2 grids · 1 in former grids"


def test_asks_the_same_few_statements_however_many_cases(district, people, as_):
    client = as_(people.leader)
    client.get("/map/")
    for _ in range(12):
        make_case(district)

    with CaptureQueriesContext(connection) as asked:
        client.get("/map/", {"place": GRID})

    assert len(asked) <= MOST_STATEMENTS


def test_shows_single_cases_in_a_box(district, people, as_):
    case = make_case(district)
    make_case(district, grid=district.areas.elsewhere)

    told = as_(people.leader).get("/map/cases.json", {"scope": "all", "box": "120.60,27.90,120.61,27.91"}).json()

    assert [(pin["number"], pin["light"], pin["url"]) for pin in told["pins"]] == [
        (case.number, "r", f"/cases/{case.number}/")
    ]
    assert told["has_more"] is False


def test_shows_no_single_case_of_another_township(district, people, as_):
    make_case(district)

    told = as_(people.stranger).get("/map/cases.json", {"box": "120.5,27.8,120.7,28.0"}).json()

    assert told["pins"] == []


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "nan,nan,nan,nan", "121,27,120,28", "-200,0,0,1"])
def test_refuses_a_box_that_is_none(box, district, people, as_):
    answer = as_(people.leader).get("/map/cases.json", {"box": box})

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == ["box"]


@pytest.mark.parametrize("name", ["area", "category"])
def test_names_a_code_that_never_was(name, district, people, as_):
    answer = as_(people.leader).get("/map/cases.json", {"box": "120,27,121,28", name: "nope"})

    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, [name])


def test_refuses_as_the_api_does(district, people, as_):
    answer = as_(people.leader).get("/map/cases.json", {"box": "120,27,121,28", "status": "foo"})

    told = answer.json()
    assert (answer.status_code, told["type"]) == (422, "urn:onegrid:NoSuchFilter")
    assert told["instance"] == f"urn:onegrid:request:{answer['X-Request-ID']}"
    assert [error["field"] for error in told["errors"]] == ["status"]


@pytest.mark.parametrize("url", ["/map/", "/map/cases.json?box=120,27,121,28"])
def test_is_closed_to_strangers(url, client, db):
    assert client.get(url).status_code == 302


def test_tells_people_without_cases_so(district, people, as_):
    assert "map-side" not in as_(people.auditor).get("/map/").content.decode()
