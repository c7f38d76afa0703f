"""What people of the journeys do with confidential tips: make a key, give a tip, come back, unlock."""

import re
from datetime import UTC, datetime

from playwright.sync_api import expect

from onegrid.tips.actions.keep_channels import ChannelPlan, appoint_reader, confirm_key, open_channel

PHONE = {"width": 390, "height": 844}
AT = datetime(2026, 11, 24, 4, tzinfo=UTC)
MATTER = "三楼安全通道被电动车堵死了，房东叫王大力"
PLAN = ChannelPlan(
    code="fire",
    name="消防隐患",
    name_hant="",
    name_en="Fire hazards",
    about="堵塞通道、违规用电",
    about_hant="",
    about_en="",
    telephone="0577-12345",
    letters_to="瓯海区政法委",
    open_days=180,
    closed_days=30,
)


def reading_officer(people):
    """Return the officer of a new channel, with a key made in their browser and compared by a second person."""
    admin, deputy = people.ouhai.user("admin"), people.ouhai.user("admin.deputy")
    channel = open_channel(plan=PLAN, by=admin, at=AT)
    recipient = appoint_reader(channel_id=channel.pk, username="tips.officer", by=admin, at=AT)
    one = people.officer("tips.officer")
    one.page.goto("/tip-desk/")
    one.phrase = makes_key(one.page)
    confirm_key(recipient_id=recipient.pk, by=deputy, at=AT)
    return one


def shown_code(page):
    shown = page.locator("[data-code]")
    expect(shown).to_have_text(re.compile(r"^(\d{4} ?){6}$"))
    return shown.inner_text()


def makes_key(page):
    phrase = shown_code(page)
    page.get_by_role("button", name="我已妥善保存").click()
    page.fill("[data-typed]", phrase)
    page.get_by_role("button", name="生成密钥").click()
    expect(page.locator("[data-fingerprint]")).to_have_text(re.compile(r"^([0-9A-F]{4} ?){8}$"), timeout=60_000)
    return phrase


def gives_tip(page, text, *, attach=lambda page: None):
    """Write, attach, note the code, type it back, send; return the code."""
    page.goto("/tips/")
    page.get_by_label("消防隐患").check()
    return writes_tip(page, text, attach=attach)


def writes_tip(page, text, *, attach=lambda page: None):
    """Fill in the form that is open, whose channel is chosen; return the code."""
    page.fill("textarea", text)
    attach(page)
    page.get_by_role("button", name="下一步：收据码").click()
    code = shown_code(page)
    page.get_by_role("button", name="我已记下").click()
    page.fill("[data-typed]", code)
    page.get_by_role("button", name="加密并发送").click()
    expect(page.get_by_text("您的线索已加密送达")).to_be_visible(timeout=60_000)
    return code


def comes_back(page, code):
    page.goto("/tips/dialogue/")
    page.fill("[data-typed]", code)
    page.get_by_role("button", name="打开").click()
    expect(page.get_by_role("heading", name="您的对话")).to_be_visible(timeout=60_000)


def unlocks(officer):
    officer.page.goto("/tip-desk/")
    officer.page.fill("[data-phrase]", officer.phrase)
    officer.page.get_by_role("button", name="解锁").click()
    expect(officer.page.get_by_text("已在此浏览器中解锁")).to_be_visible(timeout=60_000)
