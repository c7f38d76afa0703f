"""A resident without an account reports, and sees who has it and by when."""

import pytest
from playwright.sync_api import expect

from onegrid.cases.models import Case
from tests.journeys.people import BROKEN, DESK, MANHOLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_report_from_a_phone_can_be_tracked_by_its_number(people):
    resident = people.resident()
    resident.describes(BROKEN, kind=MANHOLE)

    number, link = resident.sends()
    resident.tracks(number)

    resident.stands_at("受理")
    resident.reads("茶山街道社会治理中心", "承诺的时限", "罗山村委会")
    expect(resident.page.locator("main")).not_to_contain_text(BROKEN)  # nobody has looked at it yet
    resident.follows(link)
    resident.reads(BROKEN, "撤回报告")
    assert Case.objects.get().evidence.count() == 1


def test_what_is_sent_again_after_a_lost_answer_is_one_case(people):
    resident = people.resident()
    resident.describes(BROKEN, kind=MANHOLE)

    resident.loses_the_answer()
    number, _link = resident.sends()

    assert Case.objects.get().number == number
    assert Case.objects.get().evidence.count() == 1


def test_the_same_works_in_english_at_a_desk(people):
    resident = people.resident(screen=DESK)
    resident.page.goto("/report/")
    resident.page.click("button[name=language][value=en]")
    resident.describes("The manhole cover in front of the school is broken", kind=MANHOLE)

    number, _link = resident.sends()
    resident.tracks(number)

    resident.stands_at("Accept")
    resident.reads("Chashan Governance Center", "The promised deadline")
