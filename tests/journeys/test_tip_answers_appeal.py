"""An appeal for information from its draft to its end, with a tip that answers it; and a case written from a tip."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from onegrid.calls.models import PublicCall
from onegrid.cases.models import Case
from onegrid.tips.models import Deed, Message
from tests.journeys.tipping import MATTER, PHONE, gives_tip, unlocks, writes_tip

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OWN_WORDS = "请检查某栋楼三层的疏散通道"
TITLE = "征集一起火灾的目击者"


def writes_appeal(page):
    """Write a call for witnesses and ask for its release."""
    today = timezone.localdate()
    page.goto("/call-desk/")
    page.get_by_role("link", name=re.compile("新建征集")).click()
    page.select_option("#id_kind", "witness")
    said = {
        "instrument": "受案回执",
        "instrument_number": "瓯公受〔2026〕0009号",
        "instrument_by": "区公安分局",
        "instrument_on": today.isoformat(),
        "title": TITLE,
        "text": "昨晚十点前后在现场附近的，请联系。",
        "telephone": "0577-12345",
        "tip_channel": "fire",
        "ends_on": (today + timedelta(days=7)).isoformat(),
    }
    for name, text in said.items():
        page.fill(f"#id_{name}", text)
    page.get_by_role("button", name="保存草稿").click()
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="提请发布").click()
    expect(page.get_by_text("待他人批准发布")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("批准发布"))).to_have_count(0)


def test_an_appeal_is_released_by_another_answered_in_confidence_and_ends_by_itself(people, tip_officer):
    writes_appeal(people.officer("public-security.head").page)
    leader = people.officer("leader").page
    leader.goto("/call-desk/")
    leader.get_by_role("link", name=TITLE).click()
    leader.get_by_role("button", name="批准发布：所有人可见").click()
    expect(leader.get_by_text("已发布").first).to_be_visible()

    call, resident = PublicCall.objects.get(), people.resident(screen=PHONE).page
    resident.goto("/calls/")
    resident.get_by_role("link", name=TITLE).click()
    expect(resident.get_by_text("瓯公受〔2026〕0009号")).to_be_visible()
    resident.get_by_role("link", name="保密提供线索").click()
    expect(resident.locator("[data-answers]")).to_contain_text(call.number)
    expect(resident.get_by_label("消防隐患")).to_be_checked()
    writes_tip(resident, MATTER)

    unlocks(tip_officer)
    tip_officer.page.locator(".tp-list a").click()
    expect(tip_officer.page.locator("#tip")).to_contain_text(f"回应征集 {call.number}")
    assert call.number.encode() not in bytes(Message.objects.get().sealed)

    PublicCall.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert resident.goto(f"/calls/{call.number}/").status == 410
    expect(resident.get_by_role("heading", name="这条征集已结束")).to_be_visible()
    expect(resident.locator("main")).not_to_contain_text(TITLE)


def test_a_case_is_written_from_a_tip_after_a_question(people, tip_officer):
    gives_tip(people.resident(screen=PHONE).page, MATTER)
    unlocks(tip_officer)
    page = tip_officer.page
    page.locator(".tp-list a").click()
    expect(page.locator("#tip")).to_contain_text(MATTER)

    page.get_by_text("据此写成案件").click()
    page.fill("#case-text", OWN_WORDS)
    page.select_option("#case-community", index=1)
    page.fill("#case-reason", "须当日消除隐患")
    page.get_by_role("button", name="提交案件").click()
    expect(page.get_by_role("dialog")).to_contain_text("只有提供人才知道")
    assert not Case.objects.exists()
    page.get_by_role("button", name="不会暴露，提交").click()

    expect(page.locator("#tip")).to_contain_text("已据此线索写成案件")
    case = Case.objects.get()
    expect(page.locator("#tip")).to_contain_text(case.number)
    assert (case.channel, case.description) == ("tip", OWN_WORDS)
    assert Deed.objects.filter(code="tips.write_case").count() == 1
