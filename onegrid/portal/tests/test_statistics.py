"""The public statistics: a stated cohort, numbers that open to their cases, and nothing that gives a matter away."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.urls import reverse

from onegrid.cases.models import EntryKind, Rating, Report, TimelineEntry, Visibility
from onegrid.cases.states import Move, Outcome, Stage, Status
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.cases.tests.factories import MORNING, make_case

URL = reverse("portal:statistics")
MONTH = {"month": "2026-11"}
OVER = {"status": Status.CLOSED, "outcome": Outcome.FIXED}


def handled(case, *units, is_late=False, rated=()):
    """Let units have had a case; let so many of its reporters rate its last closing, and one the closing before."""
    for unit in units:
        TimelineEntry.objects.create(
            case=case, kind=EntryKind.MOVE, move=Move.REPORT_BACK, visibility=Visibility.PUBLIC, channel="desk",
            happened_at=MORNING, received_at=MORNING, data={"stage": "handle", "late": is_late, "held_by": unit},
        )  # fmt: skip
    for number, satisfaction in enumerate(rated):
        report = Report.objects.create(
            case=case, channel="portal", text="", link_hash=f"{case.pk}{number}", body_hash="", reported_at=MORNING,
            received_at=MORNING,
        )  # fmt: skip
        told = {"case": case, "report": report, "is_solved": satisfaction > 2, "satisfaction": satisfaction}
        Rating.objects.create(**told, closing=case.reopen_count, rated_at=MORNING)
        Rating.objects.create(**told, closing=case.reopen_count + 1, rated_at=MORNING)


@pytest.fixture
def late(district, people):
    """A case that its unit handled late, and that ended late."""
    return closed_case(district, people)


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
    handled(make_case(district, **OVER, due_at=due), "roads", rated=(2, 5))
    handled(make_case(district, **OVER, due_at=due), "roads", "fire", is_late=True, rated=(4,))
    handled(make_case(district, status=Status.DISPUTED, lead_unit=district.units.roads), "roads", is_late=True)
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
    assert page.context["found"].whole.reported == 14
    assert client.get(URL, {"month": "2026-10"}).context["found"].whole.reported == 1


def test_each_count_is_what_it_says(client, month):
    whole = client.get(URL, MONTH).context["found"].whole

    assert (whole.ended, whole.due, whole.in_time, whole.fixed) == (7, 5, 4, 5)
    assert (whole.running, whole.late_now, whole.again) == (7, 1, 1)
    assert (whole.rated, whole.solved, whole.satisfied) == (2, 1, 1)


def test_of_several_who_rated_a_case_the_least_content_counts(client, month):
    rows = client.get(reverse("portal:nearby"), {"said": "satisfied", "state": "all"}).context["rows"]
    rated = client.get(reverse("portal:nearby"), {"said": "rated", "state": "all"}).context["rows"]

    assert (len(rows), len(rated)) == (1, 2)


def test_handling_counts_for_every_unit_that_had_the_case_but_none_while_that_is_disputed(client, month):
    found = client.get(URL, MONTH).context["found"].handled

    assert {line.code: tuple(line.handling) for line in found} == {"roads": (2, 1, 0), "fire": (1, 1, 0)}


def test_both_numbers_stand_beside_each_other_after_an_appeal(client, late, people):
    appeal(late, people, stage=Stage.HANDLE)
    review(late, people.shift_lead)
    review(late, people.leader)

    page = client.get(URL, {"month": f"{late.reported_at:%Y-%m}"})

    shown = [(cell.count, cell.of) for cell in page.context["handled"][0].cells]
    assert shown == [(1, None), (1, 1), (1, 1), (0, 1)]
    assert {url: len(client.get(url).context["rows"]) for url, _ in numbers(page.text)} == dict(numbers(page.text))


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

    assert (reported.of, reported.percent) == (14, 50)
    assert page.context["whole"].cells[2].percent is None


@pytest.mark.parametrize("wanted", ["", "2026-13", "x", "0001-01", "2999-01", "2026-11-01' or 1=1"])
def test_a_month_that_cannot_be_is_the_one_that_has_begun(client, month, wanted):
    assert client.get(URL, {"month": wanted}).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_it_asks_the_same_of_the_database_however_many_there_are(
    client, month, django_assert_max_num_queries, language
):
    client.get(URL, MONTH)
    with django_assert_max_num_queries(10):
        page = client.get(URL, MONTH, headers={"Accept-Language": language})

    assert page["Cache-Control"] == "public, max-age=0, s-maxage=60"


def test_lines_stand_by_name_and_nobody_is_ranked(client, month):
    names = [line.name for line in client.get(URL, MONTH).context["found"].units]

    assert names == sorted(names)
