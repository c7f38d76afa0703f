"""The desk of a township takes a report on, files it and gives it to the unit that the rules suggest."""

import pytest
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Status
from tests.journeys.matters import reported
from tests.journeys.people import MANHOLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_three_officers_bring_a_report_to_the_suggested_unit(people):
    case, link = reported()
    resident = people.resident()

    acceptor = people.officer("chashan.acceptor", at=case.number)
    acceptor.chooses("受理", because="受理时钟停下；立案时限")
    acceptor.sends()
    acceptor.has_done("受理")

    lead = people.officer("chashan.shift-lead", at=case.number)
    lead.chooses("立案", because="从现在起按事项的时限")
    lead.page.fill("#f_find", "井盖")
    lead.page.locator(f"#kinds input[value='{MANHOLE}']").check()
    lead.sends()
    lead.has_done("立案")
    resident.follows(link)
    resident.stands_at("派遣")

    dispatcher = people.officer("chashan.dispatcher", at=case.number)
    dispatcher.chooses("派遣", because="报告人看到在哪个单位手里")
    expect(dispatcher.page.locator("#f_lead label:has(input:checked)")).to_contain_text("建议")
    dispatcher.sends()
    dispatcher.has_done("派遣")

    dispatcher.reads_in_timeline("已受理", "井盖破损、缺失", "派遣到茶山市政环卫养护站")
    resident.follows(link)
    resident.stands_at("处置")
    resident.reads("茶山市政环卫养护站")
    assert Case.objects.get().status == Status.DISPATCHED


def test_a_case_is_found_and_accepted_without_the_mouse(people):
    case, _link = reported()
    page = people.officer("chashan.acceptor").page

    page.keyboard.press("j")
    expect(page.locator("#preview")).to_contain_text(case.number)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: f"/cases/{case.number}/" in url)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("t")
    expect(page.locator("#step h2")).to_be_focused()
    while not page.evaluate("document.activeElement.matches('#step .og-btn--main')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(".og-messages")).to_contain_text("受理")
    assert Case.objects.get().status == Status.ACCEPTED
