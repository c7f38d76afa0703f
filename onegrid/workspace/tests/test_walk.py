"""Going from case to case along the list one came from."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import MORNING, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(district):
    return [make_case(district, stage_due_at=MORNING + timedelta(hours=hours)) for hours in (1, 2, 3)]


def page_of(case, query=""):
    return reverse("workspace:case", args=[case.number]) + query


def test_keeps_the_list_in_every_row(as_, people, three):
    text = as_(people.acceptor).get("/queue/?scope=all&status=reported").text

    assert page_of(three[0], "?scope=all&amp;status=reported") in text
    assert reverse("workspace:preview", args=[three[0].number]) + "?scope=all&amp;status=reported" in text


def test_leads_to_the_case_before_and_after(as_, people, three):
    walk = as_(people.acceptor).get(page_of(three[1], "?scope=all&status=reported")).context["walk"]

    assert walk.place == "2 of 3"
    assert walk.previous_url == page_of(three[0], "?scope=all&status=reported")
    assert walk.next_url == page_of(three[2], "?scope=all&status=reported")
    assert walk.back_url == "/queue/?scope=all&status=reported"


def test_ends_with_the_list(as_, people, three):
    client = as_(people.acceptor)

    first, last = (client.get(page_of(case, "?scope=all")).context["walk"] for case in (three[0], three[-1]))

    assert (first.previous_url, last.next_url) == ("", "")


def test_goes_on_with_the_first_of_the_list_after_a_case_that_left_it(as_, people, three, district):
    gone = make_case(district, status=Status.CLOSED)

    walk = as_(people.acceptor).get(page_of(gone, "?scope=all&status=reported")).context["walk"]

    assert walk.place == "left the list; 3 there"
    assert walk.next_url == page_of(three[0], "?scope=all&status=reported")


@pytest.mark.parametrize("query", ["", "?show=public", "?scope=world", "?scope=all&status=lost"])
def test_is_not_offered_without_a_list(as_, people, three, query):
    response = as_(people.acceptor).get(page_of(three[0], query))

    assert response.status_code == 200
    assert response.context["walk"] is None


def test_stays_on_the_list_through_a_step(as_, people, three):
    client = as_(people.acceptor)
    step = reverse("workspace:step", args=[three[0].number, "accept"]) + "?scope=mine"

    form = client.get(step).text
    done = client.post(step, {"version": 1})

    assert f'action="{step}"' in form
    assert done.url == page_of(three[0], "?scope=mine")


@pytest.mark.queries(
    22
)  # the case's own seventeen; of the list its area, how common the words are, two parts, and the whole
def test_costs_five_statements_at_most(as_, people, three):
    response = as_(people.acceptor).get(page_of(three[1], "?scope=all&area=330304010&q=OG"))

    assert response.context["walk"] is not None
