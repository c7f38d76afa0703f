"""The overview of a head: every number is as many rows as its link opens."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.timezone import localdate, localtime, now

from onegrid.cases.models import EntryKind, TimelineEntry, Visibility
from onegrid.cases.public import queue_page
from onegrid.cases.states import Move, Outcome, Status
from onegrid.cases.tests.factories import make_case
from onegrid.workspace.rules.filters import read

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)


def left_late(case, stage, *, after):
    return TimelineEntry.objects.create(
        case=case, kind=EntryKind.MOVE, move=Move.REPORT_BACK, visibility=Visibility.PUBLIC, channel="desk",
        happened_at=case.reported_at + after, received_at=case.reported_at + after,
        data={"stage": stage, "late": True, "held_by": "fire"},
    )  # fmt: skip


@pytest.fixture
def month(district):
    """Some cases of every kind, in both townships, of today and of the days before."""
    at, areas = now(), district.areas
    day = timedelta(days=1)
    for age, grid in ((0, areas.grid), (1, areas.beside), (3, areas.elsewhere), (40, areas.grid)):
        since = at - age * day
        make_case(district, at=since, grid=grid, category=None, stage_due_at=at + day)
        make_case(
            district, at=since, grid=grid, status=Status.IN_PROGRESS, return_count=1, stage_due_at=at - day / 2,
            is_simulated=True,
        )  # fmt: skip
        make_case(district, at=since, grid=grid, status=Status.HANDLED, category="lamp", stage_due_at=at + day)
        for late in (True, False):
            case = make_case(
                district, at=since, grid=grid, status=Status.CLOSED, outcome=Outcome.FIXED, ended_at=at - day / 24,
                due_at=at + (-day if late else day), return_count=int(late), category="passage",
                lead_unit=district.units.fire,
            )  # fmt: skip
            if late:
                left_late(case, "dispatch", after=timedelta(hours=3))
                left_late(case, "handle", after=timedelta(hours=9))


def rows(url, by):
    """How many rows the list of an address has."""
    filters = read(parse_qs(urlsplit(url).query))
    return len(queue_page(filters.selection(now=localtime()), order=filters.sort, by=by, at=now(), limit=1000).rows)


def numbers(page):
    tiles = [page.came, page.went, page.missed, page.open, page.late, page.returned, page.simulated]
    tables = [page.steps, page.stages, page.waiting, page.spent, page.handled, page.units, page.categories, page.areas]
    return tiles + [number for lines in tables for line in lines for number in line.numbers]


ADDRESSES = (
    "", "?period=days_90", "?period=week", "?area=330304010", "?area=330304010001", "?category=roads", "?unit=roads",
    "?area=330304002&unit=fire",
)  # fmt: skip


@pytest.mark.parametrize("who", ["leader", "shift_lead", "head"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_every_number_is_as_many_rows_as_its_link_opens(as_, people, month, who, address):
    person = getattr(people, who)

    page = as_(person).get(f"/overview/{address}").context["page"]

    opened = {number.url: number.value for number in numbers(page)}
    assert {url: rows(url, person) for url in opened} == opened


def test_the_queue_shows_those_rows_and_says_which_they_are(as_, people, month):
    client = as_(people.leader)
    page = client.get("/overview/").context["page"]

    response = client.get(page.missed.url)

    assert len(response.context["queue"].lines) == page.missed.value == 4
    assert {chip.name for chip in response.context["queue"].chips} == {"Ended from", "Ended until", "Ended"}


def test_counts_what_came_went_and_stands(as_, people, month):
    page = as_(people.leader).get("/overview/").context["page"]

    shown = {
        name: getattr(page, name).value for name in ("came", "went", "missed", "open", "late", "returned", "simulated")
    }
    assert shown == {"came": 15, "went": 8, "missed": 4, "open": 12, "late": 4, "returned": 4, "simulated": 3}


def test_says_in_which_stage_the_time_went(as_, people, month):
    page = as_(people.leader).get("/overview/").context["page"]

    shown = {line.label: (line.percent, line.note, line.numbers[0].value) for line in page.spent}
    assert shown == {"Dispatch": (33, "3 h", 4), "Handling": (67, "6 h", 4)}


def test_compares_the_areas_below(as_, people, month):
    client = as_(people.leader)

    def labels(address):
        return {line.label for line in client.get(address).context["page"].areas}

    assert labels("/overview/") == {"茶山街道", "梧田街道"}
    assert labels("/overview/?area=330304010") == {"博园社区"}
    assert labels("/overview/?area=330304010001") == {"博园社区第1网格", "博园社区第2网格"}


def test_counts_by_day_or_by_week(as_, people, month):
    client = as_(people.leader)

    by_day = client.get("/overview/?period=days_30").context["page"].steps
    by_week = client.get("/overview/?period=days_90").context["page"].steps

    assert (len(by_day), sum(line.numbers[0].value for line in by_day)) == (30, 15)
    assert (len(by_week) in {13, 14}, sum(line.numbers[0].value for line in by_week)) == (True, 20)


def test_names_no_person(as_, people, month):
    text = as_(people.leader).get("/overview/").text

    assert [person.display_name for person in vars(people).values() if person.display_name in text] == ["分管领导"]


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_holds_no_behavior_of_its_own(as_, people, month, language):
    assert INLINE.findall(as_(people.leader, language).get("/overview/").text) == []


@pytest.mark.queries(15)
@pytest.mark.parametrize("who", ["leader", "shift_lead", "head"])
def test_takes_five_statements_besides_those_of_the_frame(as_, people, month, django_assert_num_queries, who):
    client = as_(getattr(people, who))
    client.get("/overview/")

    with django_assert_num_queries(9):
        client.get("/overview/?period=days_90")


@pytest.mark.parametrize("role", ["handler", "grid_worker", "auditor"])
def test_is_for_heads_alone(as_, people, role):
    assert as_(getattr(people, role)).get("/overview/").status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "period=year",
        "from=2026-11-01",
        "from=2026-01-01&to=2026-12-31",
        "from=x&to=y",
        "from=2026-11-02&to=2026-11-01",
        "from=9999-12-01&to=9999-12-31",
        "from=2199-12-01&to=2200-01-01",
        "from=0001-01-01&to=0001-01-02",
    ],
)
def test_refuses_a_period_that_is_none_and_shows_the_usual(as_, people, month, query):
    response = as_(people.leader).get(f"/overview/?{query}")

    assert response.status_code == 422
    assert response.context["page"].came.value == 15


def test_takes_any_two_days(as_, people, month):
    today = localdate()

    page = as_(people.leader).get("/overview/", {"from": today.isoformat(), "to": today.isoformat()}).context["page"]

    assert page.came.value == 5


@pytest.mark.parametrize("word", ["area", "category", "unit"])
@pytest.mark.parametrize("code", ["<script>", "nope", "\x00"])
def test_refuses_what_there_never_was_and_shows_everything(as_, people, month, word, code):
    response = as_(people.leader).get("/overview/", {word: code})

    assert response.status_code == 422
    assert response.context["page"].came.value == 15
    assert "<script>" not in response.context["page"].focus
    assert "Everything is shown instead." in response.text
