"""What is said on the telephone becomes a case, by the keyboard alone, and its number is there to read out."""

import re

import pytest
from playwright.sync_api import expect

from onegrid.cases.models import Case
from tests.journeys.people import BROKEN

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_call_becomes_a_case_and_its_number_is_read_out(people):
    page = people.officer("hotline").page
    keyboard = page.keyboard
    page.goto("/queue/")
    keyboard.press("g")
    keyboard.press("c")
    expect(page.locator("#f_text")).to_be_focused()
    keyboard.type(BROKEN)
    keyboard.press("Tab")
    keyboard.type("13800138000")
    page.locator("#f_community").focus()
    keyboard.type("茶山街道罗山村委会")
    page.get_by_role("button", name="登记来电").focus()

    keyboard.press("Enter")

    expect(page.locator(".og-messages")).to_contain_text(re.compile(r"OG-\d{6}-\d{6}"))
    expect(page.locator("#f_text")).to_have_value("")
    case = Case.objects.get()
    expect(page.locator(".og-messages")).to_contain_text(case.number)
    assert (case.channel, case.description) == ("phone", BROKEN)
    assert case.reports.get().reporter_contact == "13800138000"
