"""Lateness appeals on the screens: the step of the head, the card, the list, the reviews, and both numbers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Evidence, LatenessAppeal
from onegrid.cases.tests.appeals import appeal, closed_case, review
from onegrid.core.tests.samples import photo as sample

pytestmark = [pytest.mark.django_db, pytest.mark.queries(40)]


@pytest.fixture
def late(district, people):
    """A case that ended late an hour ago."""
    return closed_case(district, people, at=now() - timedelta(hours=102))


def address(case, name):
    return reverse("workspace:step", args=[case.number, name])


def page_of(client, case):
    return client.get(reverse("workspace:case", args=[case.number])).text


def test_the_head_appeals_with_a_photo(as_, people, late):
    client, photo = as_(people.head), SimpleUploadedFile("洪水.jpg", sample(), "image/jpeg")

    shown = client.get(address(late, "appeal"))
    sent = {"version": late.version, "about": "handle", "reason": "道路被洪水封闭", "files_sent": [photo]}
    response = client.post(address(late, "appeal"), sent)

    assert "The whole case, late by" in shown.text
    assert response.status_code == 302, response.text
    made = LatenessAppeal.objects.get()
    assert (made.stage, made.proof) == ("handle", [Evidence.objects.latest("added_at").pk])


def test_what_is_missing_is_said_and_nothing_is_kept(as_, people, late):
    photo = SimpleUploadedFile("洪水.jpg", sample(), "image/jpeg")

    response = as_(people.head).post(
        address(late, "appeal"), {"version": late.version, "about": "whole", "reason": "", "files_sent": [photo]}
    )

    assert response.status_code == 422
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("who", ["handler", "shift_lead", "leader"])
def test_nobody_else_is_offered_it(as_, people, late, who):
    assert address(late, "appeal") not in page_of(as_(getattr(people, who)), late)


def test_a_case_in_time_offers_none(as_, people, district):
    case = closed_case(district, people, at=now() - timedelta(hours=5), hours=2)

    assert address(case, "appeal") not in page_of(as_(people.head), case)


def test_when_the_days_are_over_the_button_says_so(as_, people, district):
    case = closed_case(district, people, at=now() - timedelta(days=15))

    assert "An appeal is possible for 10 days after closing; they are over." in page_of(as_(people.head), case)


def test_after_an_appeal_the_button_says_that_it_was_the_only_one(as_, people, late):
    appeal(late, people)

    client = as_(people.head)

    assert "Your unit has appealed on this case; that is possible once." in page_of(client, late)
    again = client.get(address(late, "appeal"))
    assert again.status_code == 409
    assert "Your unit has appealed on this case; that is possible once." in again.content.decode()


def test_is_listed_reviewed_and_told_on_the_case(as_, people, late):
    appeal(late, people, at=now())
    client = as_(people.shift_lead)
    listed = client.get(reverse("workspace:appeals")).text
    assert late.number in listed
    assert late.number not in as_(people.leader).get(reverse("workspace:appeals")).text

    client = as_(people.shift_lead)
    late.refresh_from_db()
    response = client.post(
        address(late, "review-appeal"), {"version": late.version, "is_yes": "1", "note": "封路属实"}
    )  # fmt: skip

    assert response.status_code == 302, response.text
    page = page_of(as_(people.head), late)
    assert "Waiting for the second review" in page
    assert "Lateness appeal, first review: yes" in page
    assert "封路属实" in page
    assert late.number in as_(people.leader).get(reverse("workspace:appeals")).text


def test_a_review_without_words_is_refused_at_the_field(as_, people, late):
    appeal(late, people, at=now())
    late.refresh_from_db()

    response = as_(people.shift_lead).post(
        address(late, "review-appeal"), {"version": late.version, "is_yes": "0", "note": " "}
    )  # fmt: skip

    assert response.status_code == 422
    assert LatenessAppeal.objects.get().state == "asked"


def test_the_overview_shows_both_numbers_and_opens_their_rows(as_, people, late, district):
    closed_case(district, people, at=now() - timedelta(hours=102))
    appeal(late, people, at=now())
    review(late, people.shift_lead, at=now())
    review(late, people.leader, at=now())
    client = as_(people.leader)

    page = client.get("/overview/").context["page"]
    rows = client.get(page.exempt.url)

    assert (page.missed.value, page.exempt.value) == (2, 1)
    assert [line.number for line in rows.context["queue"].lines] == [late.number]
    assert "not counted after an appeal" in rows.text
    handling = next(line for line in page.spent if line.label == "Handling")
    assert [number.value for number in handling.numbers] == [2, 1]
