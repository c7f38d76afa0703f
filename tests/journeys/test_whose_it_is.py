"""A unit says "not ours", another argues, the district decides, a rule comes of it; a third return is one too many."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.cases.public import Status, return_case
from onegrid.dispatch.models import Dispute, RoutingRule
from onegrid.dispatch.public import dispatch_case
from tests.journeys.matters import dispatched
from tests.journeys.people import MANHOLE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROADS, HOUSING = "茶山市政环卫养护站", "茶山街道城市建设办公室"


def disputed(people, case):
    """Let the unit that has it say that it is the construction office's."""
    roads = people.officer("chashan.roads.handler", at=case.number)
    roads.chooses("提出权属争议", because="处置时钟照走")
    roads.page.locator("#step").get_by_label("不在本单位管养范围").check()
    roads.page.fill("#f_claimed", HOUSING)
    roads.page.fill("#f_grounds", "井在小区红线内")
    roads.sends()
    roads.has_done("提出权属争议")


def argued(people, case):
    """Let the construction office find the docket in its list and answer in it."""
    page = people.officer("chashan.housing.handler").page
    page.goto("/disputes/")
    page.locator("table a", has_text=case.title).click()
    expect(page.locator(".dk-sides")).to_contain_text("井在小区红线内")
    page.fill("#f_text", "红线图显示在小区外")
    page.get_by_role("button", name="记入争议单").click()
    expect(page.locator(".dk-sides section").last).to_contain_text("红线图显示在小区外")


def decided(people, case):
    """Let the district decide for the construction office; return who decided."""
    lead = people.officer("centre.shift-lead-1", at=case.number)
    lead.chooses("裁定归属", because="报告人看得到归哪个单位")
    lead.page.locator("#f_lead").get_by_label(HOUSING).check()
    lead.page.fill("#f_ruling", "红线以内由城建办督促产权单位")
    lead.sends()
    lead.has_done("裁定归属")
    return lead


def test_a_decision_becomes_a_rule_that_the_simulator_follows(people):
    case, link = dispatched(people.ouhai)
    resident = people.resident()

    disputed(people, case)
    resident.follows(link)
    resident.reads("正在裁定由哪个单位负责")
    expect(resident.page.locator("main")).not_to_contain_text("井在小区红线内")
    argued(people, case)
    page = decided(people, case).page
    resident.follows(link)
    resident.reads(f"已裁定：由{HOUSING}负责")

    page.locator("#dockets").get_by_role("link", name="争议单 1").click()
    page.get_by_role("link", name="形成派遣规则").click()
    page.fill("#f_reason", "小区红线以内的井盖由城建办督促产权单位。")
    page.get_by_role("button", name="会改变什么").click()
    expect(page.locator("#effect")).to_contain_text("近十二个月有 0 件会改派")
    expect(page.locator("#effect")).to_contain_text("1 件本来就归该单位")
    assert not RoutingRule.objects.filter(dispute__isnull=False).exists()
    page.get_by_role("button", name="形成规则").click()
    expect(page.locator(".og-messages")).to_be_visible()

    page.locator("main").get_by_role("link", name="派遣模拟").click()
    page.select_option("#f_category", MANHOLE)
    page.select_option("#f_area", "330304004")
    page.get_by_role("button", name="模拟").click()
    result = page.locator("section[aria-label='结果']")
    expect(result.locator("h2")).to_have_text(HOUSING)
    expect(result).to_contain_text("小区红线以内的井盖由城建办督促产权单位。")
    result.get_by_role("link", name=case.number).click()
    expect(page.locator(".dk-ruling")).to_contain_text("红线以内由城建办督促产权单位")


def returned_twice(ouhai, case):
    """Let the unit send a case back twice, and the dispatcher give it the same case again."""
    handler, dispatcher = ouhai.user("chashan.roads.handler"), ouhai.user("chashan.dispatcher")
    for version in (4, 6):
        return_case(case_id=case.pk, version=version, reason="不归我们", by=handler, at=timezone.now())
        dispatch_case(case_id=case.pk, version=version + 1, lead_code="chashan-roads", by=dispatcher, at=timezone.now())


def test_a_third_return_opens_a_docket_by_itself(people):
    case, _link = dispatched(people.ouhai)
    returned_twice(people.ouhai, case)

    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("回退")
    expect(handler.page.locator("#step").get_by_role("link", name="改为提出权属争议")).to_be_visible()
    handler.page.select_option("#f_code", "not_our_field")
    handler.page.fill("#f_reason", "还是不归我们")
    handler.sends()
    handler.has_done("回退")

    handler.reads_in_timeline("还是不归我们", "已退回 3 次，自动立起争议单")
    expect(handler.page.locator("#dockets")).to_contain_text("争议单 1")
    assert Case.objects.get().status == Status.DISPUTED
    assert Dispute.objects.get().unit is None
    lead = people.officer("centre.shift-lead-1")
    lead.page.goto("/disputes/")
    expect(lead.page.locator("main")).to_contain_text(case.number)
