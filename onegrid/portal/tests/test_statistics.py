"""The public statistics: a stated cohort, numbers that open to their cases, and nothing that gives a matter away."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import MORNING, make_case

URL = reverse("portal:statistics")
MONTH = {"month": "2026-11"}
OVER = {"status": Status.CLOSED, "outcome": Outcome.FIXED}


@pytest.fixture
def month(district):
    """A month's cases of every kind that the page tells apart, in two townships and of two units."""
    due = MORNING + timedelta(days=1)
    make_case(district, **OVER, due_at=due)
    make_case(district, **OVER, due_at=due, ended_at=due + timedelta(hours=1), reopen_count=1)
    make_case(district, **OVER)
    make_case(district, status=Status.CLOSED, outcome=Outcome.NOTHING_FOUND, due_at=due)
    make_case(district, status=Status.REFUSED)
    make_case(district, status=Status.IN_PROGRESS, due_at=MORNING)
    make_case(district, status=Status.IN_PROGRESS, due_at=MORNING.replace(year=2099))
    make_case(district, status=Status.IN_PROGRESS, grid=district.areas.elsewhere, lead_unit=district.units.fire)
    make_case(district, status=Status.DISPUTED, lead_unit=district.units.roads)
    make_case(district, status=Status.IN_PROGRESS, category="passage")
    make_case(district, at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))  # the last minute of October in Wenzhou
    make_case(district, at=datetime(2026, 10, 31, 16, 1, tzinfo=UTC))  # the first of November
    return district


def numbers(text):
    """Return what every number of the page says and where it leads."""
    found = re.findall(r'href="(/nearby/[^"]*)"><b class="og-num">([\d,]+)</b>', text)
    found += re.findall(r'<a class="og-num" href="(/nearby/[^"]*)">([\d,]+)</a>', text)
    return [(unescape(url), int(count)) for url, count in found]


@pytest.mark.queries(30)
def test_every_number_opens_to_exactly_so_many_cases(client, month):
    found = numbers(client.get(URL, MONTH).text)

    assert len(found) > 30
    for url, count in found:
        page = client.get(url)
        assert len(page.context["rows"]) == count, url


def test_the_cohort_is_stated_and_ends_with_the_month(client, month):
    page = client.get(URL, MONTH)

    assert "2026年11月1日" in page.text
    assert page.context["found"].whole.reported == 11
    assert client.get(URL, {"month": "2026-10"}).context["found"].whole.reported == 1


def test_each_count_is_what_it_says(client, month):
    whole = client.get(URL, MONTH).context["found"].whole

    assert (whole.ended, whole.due, whole.in_time, whole.fixed) == (5, 3, 2, 3)
    assert (whole.running, whole.late_now, whole.again) == (6, 1, 1)


def test_townships_and_units_add_up_to_the_whole(client, month):
    found = client.get(URL, MONTH).context["found"]
    by_unit = sum(line.counts.reported for line in found.units) + found.without_unit.reported

    assert sum(line.counts.reported for line in found.townships) == by_unit == found.whole.reported


def test_matters_kept_from_the_public_are_in_no_number(client, month):
    before = client.get(URL, MONTH).text
    make_case(month, category="dispute", status=Status.IN_PROGRESS)
    make_case(month, is_public=False, status=Status.IN_PROGRESS)

    assert [count for _, count in numbers(client.get(f"{URL}?month=2026-11&again").text)] == [
        count for _, count in numbers(before)
    ]


def test_while_it_is_disputed_whose_it_is_it_counts_for_no_unit(client, month):
    found = client.get(URL, MONTH).context["found"]
    disputed = client.get(reverse("portal:nearby"), {"unit": "roads", "state": "all"}).context["rows"]

    assert found.without_unit.reported >= 1
    assert all(row.unit for row in disputed)
    assert {line.code for line in found.units} == {"roads", "fire"}


def test_few_cases_make_no_percentage(client, month):
    assert "% " not in re.sub(r"(?s)<head>.*?</head>", "", client.get(URL, {"month": "2026-10"}).text)
    page = client.get(URL, MONTH)
    reported = page.context["whole"].cells[1]

    assert (reported.of, reported.percent) == (11, 45)
    assert page.context["whole"].cells[2].percent is None


@pytest.mark.parametrize("wanted", ["", "2026-13", "x", "0001-01", "2999-01", "2026-11-01' or 1=1"])
def test_a_month_that_cannot_be_is_the_one_that_has_begun(client, month, wanted):
    assert client.get(URL, {"month": wanted}).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_it_asks_the_same_of_the_database_however_many_there_are(
    client, month, django_assert_max_num_queries, language
):
    client.get(URL)
    with django_assert_max_num_queries(9):
        page = client.get(URL, MONTH, headers={"Accept-Language": language})

    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_lines_stand_by_name_and_nobody_is_ranked(client, month):
    names = [line.name for line in client.get(URL, MONTH).context["found"].units]

    assert names == sorted(names)
