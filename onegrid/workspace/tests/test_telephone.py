"""Whoever answers the telephone takes down what is said, on one screen."""

import re

import pytest

from onegrid.accounts.models import Duty, Role
from onegrid.accounts.tests.factories import person
from onegrid.cases.models import Case
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core.ids import new_id

pytestmark = pytest.mark.django_db
ADDRESS = "/telephone/"
PLACE = {"lon": "120.605", "lat": "27.905"}


@pytest.fixture
def call_taker(district):
    taker = person()
    Duty.objects.create(
        user=taker,
        role=Role.CALL_TAKER,
        area=district.areas.chashan,
        unit=district.units.chashan_centre,
        started_at=MORNING,
    )
    return taker


def said(**more):
    return {"id": new_id(), "opened_at": "2026-11-23T09:00:00+08:00", "text": "路灯不亮三天", **more}


def test_becomes_a_case_by_telephone_and_the_number_is_there_to_read_out(as_, call_taker):
    told = said(reporter_contact="13800138000", reporter_name="李四", **PLACE)

    response = as_(call_taker).post(ADDRESS, told, follow=True)

    case = Case.objects.get()
    assert (case.channel, case.reports.get().reporter_contact) == ("phone", "13800138000")
    assert case.number in response.text
    assert "13800138000" not in response.text
    assert "李四" not in response.text


@pytest.mark.parametrize(("text", "is_danger"), [("楼下着火了", True), ("路灯不亮三天", False)])
def test_words_of_danger_say_to_put_the_caller_through(as_, call_taker, text, is_danger):
    page = as_(call_taker).post(ADDRESS, said(text=text)).text  # without a place it comes back

    [note] = re.findall(r'<div class="[^"]*og-danger"[^>]*>', page)
    assert note.endswith(" hidden>") is not is_danger
    assert "put the caller through first" in page


def test_takes_the_name_of_a_community_where_there_is_no_pin(as_, call_taker):
    as_(call_taker).post(ADDRESS, said(community="茶山街道博园社区"))

    case = Case.objects.get()
    assert case.community_name == "博园社区"
    assert case.accuracy_m


def test_asks_for_a_place_where_none_was_said(as_, call_taker):
    response = as_(call_taker).post(ADDRESS, said(community="月球"))

    assert response.status_code == 422
    assert "whole name of the community" in response.text
    assert not Case.objects.exists()


@pytest.mark.parametrize("half", [{"lon": "120.605"}, {"lat": "27.905"}])
def test_asks_for_the_other_half_of_a_place(as_, call_taker, half):
    assert as_(call_taker).post(ADDRESS, said(**half)).status_code == 422


def test_shows_what_is_open_near_by(as_, call_taker, district):
    near = make_case(district)

    page = as_(call_taker).post(ADDRESS, said(_search="1", **PLACE)).text

    assert near.number in page


def test_sending_twice_is_one_case(as_, call_taker):
    told = said(**PLACE)

    as_(call_taker).post(ADDRESS, told)
    as_(call_taker).post(ADDRESS, told)

    assert Case.objects.count() == 1


def test_is_closed_to_who_does_not_take_calls(as_, people):
    assert as_(people.verifier).get(ADDRESS).status_code == 403


def test_takes_calls_only_for_its_own_area(as_, call_taker):
    response = as_(call_taker).post(ADDRESS, said(lon="120.625", lat="27.905"))

    assert response.status_code == 403
    assert not Case.objects.exists()


def test_is_for_acceptance_too(as_, people):
    assert as_(people.acceptor).get(ADDRESS).status_code == 200
