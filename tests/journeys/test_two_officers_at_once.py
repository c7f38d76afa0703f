"""Two officers have the same case open: one is first, the other is told by whom and loses no word."""

import pytest
from playwright.sync_api import expect

from onegrid.cases.models import Case, EntryKind
from onegrid.cases.public import Status
from tests.journeys.matters import reported

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_the_second_is_told_who_was_first_and_keeps_the_note(people):
    case, _link = reported()
    first = people.officer("chashan.acceptor", at=case.number)
    second = people.officer("chashan.shift-lead", at=case.number)
    for officer in (first, second):
        officer.chooses("受理")
    second.page.fill("#f_note", "已电话核实")

    first.sends()
    first.has_done("受理")
    with second.page.expect_response(f"**/cases/{case.number}/do/accept/") as answer:
        second.sends()

    assert answer.value.status == 409
    expect(second.page.locator("[role=alert]")).to_contain_text(people.ouhai.user("chashan.acceptor").display_name)
    expect(second.page.locator("[role=alert]")).to_contain_text("已电话核实")
    now = Case.objects.get()
    assert (now.status, now.version) == (Status.ACCEPTED, 2)
    assert now.timeline.filter(kind=EntryKind.MOVE).count() == 1


def test_where_the_step_is_still_open_the_form_comes_back_filled_in(people):
    case, _link = reported()
    first = people.officer("chashan.acceptor", at=case.number)
    second = people.officer("chashan.shift-lead", at=case.number)
    second.chooses("不予受理")
    second.page.locator("#step").get_by_label("未发现问题").check()
    second.page.fill("#f_note", "现场没有发现")
    first.chooses("受理")
    first.sends()
    first.has_done("受理")

    second.sends()

    expect(second.page.locator("[role=alert]")).to_contain_text("受理")
    assert second.page.input_value("#f_note") == "现场没有发现"
    second.sends()
    second.page.wait_for_url(f"**/cases/{case.number}/")
    expect(second.page.locator(".og-messages")).to_contain_text("不予受理")
    assert Case.objects.get().status == Status.REFUSED
