"""A unit does the work and proves it, somebody else looks, the shift lead closes, the resident has the last word."""

import pytest
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Outcome, Status
from tests.journeys.matters import dispatched
from tests.journeys.people import photo

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def handled(people, case):
    """Let the unit report back: refused without the photo that is asked for, accepted with it."""
    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("接收", because="在您名下")
    handler.sends()
    handler.has_done("接收")
    handler.chooses("反馈处置结果", because="不能由您核查")
    handler.page.fill("#f_result", "换了新井盖")
    handler.sends()
    expect(handler.page.locator(".po-sum")).to_contain_text("处置后照片")
    assert handler.page.input_value("#f_result") == "换了新井盖"
    handler.page.set_input_files("#f_photos", photo("after.jpg", taken="2026:11:24 15:00:00"))
    handler.sends()
    handler.has_done("反馈处置结果")


def verified(people, case):
    """Let somebody else compare before and after, and confirm."""
    verifier = people.officer("chashan.verifier", at=case.number)
    verifier.chooses("核查通过", because="核查情况对报告人公开")
    expect(verifier.page.locator("#step figure img")).to_have_count(2)
    expect(verifier.page.locator("#step")).to_contain_text("处置前")
    expect(verifier.page.locator("#step")).to_contain_text("处置后")
    verifier.page.fill("#f_finding", "与路面平齐")
    verifier.sends()
    verifier.has_done("核查通过")


def closed(people, case):
    """Let the shift lead close it as fixed; return the shift lead."""
    lead = people.officer("chashan.shift-lead", at=case.number)
    lead.chooses("结案", because="报告人看得到并可评价")
    lead.page.locator("#step").get_by_label("已解决").check()
    lead.page.fill("#f_note", "井盖已更换")
    lead.sends()
    lead.has_done("结案")
    return lead


def test_from_the_unit_to_the_rating_and_back(people):
    case, link = dispatched(people.ouhai)

    handled(people, case)
    verified(people, case)
    lead = closed(people, case)

    lead.reads_in_timeline("换了新井盖", "与路面平齐", "结案：已解决")
    assert Case.objects.get().outcome == Outcome.FIXED

    resident = people.resident()
    resident.follows(link)
    resident.reads("井盖已更换", "与路面平齐", "办理前", "办理后")
    resident.rates(solved="解决了", grade="4")
    resident.reads("感谢您的评价")

    resident.says_it_is_not_solved("下雨又松了")
    resident.reads("已重新立案")
    resident.stands_at("派遣")
    assert Case.objects.get().status == Status.FILED
