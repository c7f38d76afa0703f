"""The queue page."""

import re

import pytest
from django.urls import reverse

from onegrid.cases.models import SupportTask
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.catalogue.public import catalogue
from onegrid.units.public import directory

pytestmark = pytest.mark.django_db
NAUGHTY = """<script>alert(1)</script>"><img src=x onerror=alert(2)> ' {{ 7|add:7 }} \u202e"""
INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE)
WITH_A_QUEUE = ["acceptor", "shift_lead", "dispatcher", "verifier", "handler", "head", "grid_worker", "leader"]


@pytest.mark.queries(10)
@pytest.mark.parametrize("role", WITH_A_QUEUE)
def test_takes_at_most_ten_statements(as_, people, district, role):
    for status in (Status.REPORTED, Status.FILED, Status.IN_PROGRESS, Status.HANDLED):
        make_case(district, status=status)
    catalogue(), directory()  # what every process has in memory

    response = as_(getattr(people, role)).get("/queue/?scope=all&days=365")

    assert response.status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_holds_no_behavior_of_its_own(as_, people, case, language):
    response = as_(people.acceptor, language).get("/queue/")

    assert case.number in response.text
    assert INLINE.findall(response.text) == []


def test_shows_naughty_titles_as_text(as_, people, district):
    make_case(district, title=NAUGHTY[:120])

    text = as_(people.acceptor).get("/queue/").text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "<img src=x" not in text


@pytest.mark.parametrize("query", ["colour=red", "scope=world", "after=zzz", "status=lost", "days=9%27--"])
def test_refuses_a_filter_that_is_not_in_the_list_and_shows_what_waits(as_, people, case, query):
    response = as_(people.acceptor).get(f"/queue/?{query}")

    assert response.status_code == 422
    assert case.number in response.text


NOWHERE = ["category=x'", "area=%3Cscript%3E", "scope=unit&category=no.such", "area=000"]


@pytest.mark.parametrize("query", NOWHERE)
@pytest.mark.parametrize("page", ["/queue/", "/filters/", "/map/"])
def test_refuses_a_category_or_an_area_that_never_was(as_, people, case, page, query):
    response = as_(people.acceptor).get(f"{page}?{query}")

    assert response.status_code == 422
    assert "There is no " in response.text
    assert "<script>" not in response.text


@pytest.mark.parametrize("query", NOWHERE)
def test_shows_a_case_from_a_list_of_what_never_was(as_, people, case, query):
    response = as_(people.acceptor).get(f"/cases/{case.number}/?{query}")

    assert response.status_code == 200
    assert "<script>" not in response.text


def test_searches_everything_one_may_see_from_the_top_bar(as_, people, district):
    number = make_case(district, status=Status.CLOSED, search="'井盖'").number

    assert number in as_(people.acceptor).get("/queue/", {"q": "井盖"}).text


def test_says_why_it_is_empty_and_where_to_look(as_, people, district):
    make_case(district, status=Status.IN_PROGRESS)

    response = as_(people.acceptor).get("/queue/")

    assert "Nothing waits here" in response.text
    assert "?scope=all" in response.text


def test_begins_with_everything_below_for_whom_no_step_waits(as_, people, case):
    text = as_(people.leader).get("/queue/").text

    assert case.number in text
    assert '<a href="?scope=all" aria-current="true"' in text


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_helps_those_whose_duty_holds_no_cases(as_, people, role, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "second_factor" not in name]

    response = as_(getattr(people, role)).get("/queue/")

    assert response.status_code == 200
    assert "Your duties hold no cases" in response.text


def test_asks_a_stranger_to_sign_in(client):
    response = client.get("/queue/")

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_lists_every_filter_with_those_in_force_chosen(as_, people):
    response = as_(people.acceptor).get("/filters/?status=filed&due=today")

    assert 'value="filed" checked' in response.text
    assert '<option value="today" selected>' in response.text


def test_filters_that_do_not_exist_are_named_where_one_chooses_others(as_, people):
    response = as_(people.acceptor).get("/filters/?status=nope")

    assert response.status_code == 422
    assert "status=nope" in response.text
    assert 'name="status"' in response.text


@pytest.mark.queries(16)
def test_previews_a_case_beside_the_list(as_, people, case):
    response = as_(people.acceptor).get(reverse("workspace:preview", args=[case.number]))

    assert case.title in response.text
    assert "<html" not in response.text


def test_counts_beside_the_navigation_what_waits_for_somebody(as_, people, district):
    for status in (Status.REPORTED, Status.REPORTED, Status.IN_PROGRESS):
        make_case(district, status=status)

    response = as_(people.acceptor).get("/queue/?scope=all")

    counts = {item.key: item.count for item in response.context["nav"]}
    assert counts["g q"] == "2"


def test_counts_supporting_tasks_of_units_that_have_some(as_, people, district):
    client, case = as_(people.handler), make_case(district, status=Status.IN_PROGRESS)
    before = {item.key: item.count for item in client.get("/queue/").context["nav"]}
    SupportTask.objects.create(case=case, unit=district.units.roads, what="围挡", created_at=MORNING)

    after = {item.key: item.count for item in client.get("/queue/").context["nav"]}

    assert (before["g t"], after["g t"]) == ("", "1")


@pytest.mark.queries(17)
def test_an_area_that_never_was_leaves_what_waits(as_, people, case):
    response = as_(people.acceptor).get("/queue/?scope=all&area=zzz")

    assert response.status_code == 422
    assert [line.number for line in response.context["queue"].lines] == [case.number]
