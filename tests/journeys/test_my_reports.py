"""A resident comes in by a code, finds every report in one list, is told of it, and goes again."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from onegrid.cases.models import Case
from onegrid.notifications.models import Subscriber
from onegrid.notifications.public import send_letters
from onegrid.notifications.tests.conftest import mailbox
from onegrid.residents.models import Account
from onegrid.residents.public import tell_residents
from tests.journeys.matters import dispatched
from tests.journeys.people import BROKEN, DESK, MANHOLE, PHONE
from tests.journeys.test_everybody_can_use_it import offences

__all__ = ["mailbox"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ADDRESS = "ye.xiaoman@example.net"


@pytest.fixture
def post(mailbox, settings, live_server):
    """Let so many minutes pass; return the mails that have come."""
    settings.SITE_URL = live_server.url

    def arrives(minutes=0):
        at = now() + timedelta(minutes=minutes)
        tell_residents(at=at)
        send_letters(clock=lambda: at)
        mails, mailbox.mails = mailbox.mails, []
        return mails

    return arrives


def comes_in(resident, post):
    """Ask for a code and type it, the first time wrong."""
    page = resident.page
    page.goto("/my/")
    page.get_by_label("邮箱地址").fill(ADDRESS)
    page.get_by_role("button", name="发送验证码").click()
    [mail] = post()
    [code] = re.findall(r"\b\d{6}\b", mail["Subject"])
    page.get_by_label("六位数字").fill(f"{(int(code) + 1) % 1_000_000:06d}")
    page.get_by_role("button", name="进入").click()
    expect(page.locator(".po-sum")).to_contain_text("还可以试 4 次")
    page.get_by_label("六位数字").fill(code)
    page.get_by_role("button", name="进入").click()
    page.wait_for_url("**/my/")


def test_every_report_is_found_in_one_list(people, post):
    _earlier, link = dispatched(people.ouhai)
    resident = people.resident()
    page = resident.page
    comes_in(resident, post)
    resident.reads("这里还没有内容")

    page.goto(link)
    resident.reads("列在“我的上报”里")
    resident.describes("路口的窨井盖也松了", kind=MANHOLE, place=("120.6940", "27.9310"))
    expect(page.get_by_label("放进“我的上报”")).to_be_checked()
    number, _link = resident.sends()
    page.goto("/my/")
    resident.reads(BROKEN[:8], "路口的窨井盖也松了", number)
    page.get_by_role("link", name=re.compile("路口的窨井盖也松了")).click()
    page.get_by_text("补充情况", exact=True).click()
    expect(page.locator("#id_more-text")).to_be_visible()


def test_what_is_new_comes_by_mail_until_the_account_is_deleted(people, post):
    earlier, link = dispatched(people.ouhai)
    resident = people.resident()
    page = resident.page
    comes_in(resident, post)
    page.goto(link)
    page.goto("/my/")

    page.get_by_label("邮箱地址").fill(ADDRESS)
    page.get_by_role("button", name="有新进展告诉我").click()
    resident.reads(ADDRESS)
    handler = people.officer("chashan.roads.handler", at=earlier.number)
    handler.chooses("接收", because="在您名下")
    handler.sends()
    handler.has_done("接收")
    [news] = post(minutes=2)
    assert earlier.number in news["Subject"]
    assert BROKEN not in news.get_content()

    page.goto("/my/")
    page.get_by_role("link", name="删除这个账号").click()
    resident.reads("您的上报会留下")
    page.get_by_role("button", name="删除账号").click()
    resident.reads("账号已删除")
    assert (Account.objects.count(), Subscriber.objects.count(), Case.objects.count()) == (0, 0, 1)
    page.goto(link)
    resident.reads(BROKEN)


def test_it_works_without_any_script(people, post, window):
    context = window.new_context(base_url=people.address, viewport=PHONE, locale="zh-CN", java_script_enabled=False)
    people.contexts.append(context)
    page = context.new_page()
    page.goto("/my/")
    page.get_by_label("邮箱地址").fill(ADDRESS)
    page.get_by_role("button", name="发送验证码").click()
    [mail] = post()
    page.get_by_label("六位数字").fill(re.findall(r"\b\d{6}\b", mail["Subject"])[0])
    page.get_by_role("button", name="进入").click()

    expect(page.locator("main")).to_contain_text("这里还没有内容")


@pytest.mark.parametrize("screen", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_nobody_is_kept_out(people, post, screen, language):
    _case, link = dispatched(people.ouhai)
    resident = people.resident(screen=screen)
    page, found = resident.page, []
    page.goto("/my/")
    comes_in(resident, post)
    page.goto(link)
    page.context.add_cookies([{"name": "language", "value": language, "url": people.address}])
    for address in ["/my/", "/my/delete/", "/report/"]:
        page.goto(address)
        found += offences(page)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.goto("/my/")
    page.get_by_role("button").filter(has_text=re.compile("^(退出登录|退出登入|登出|Sign out)$")).click()
    found += offences(page)
    page.locator("#id_address").fill("nobody@example.net")
    page.locator("main button[type=submit]").first.click()
    page.locator("#id_code").wait_for()
    found += offences(page)

    assert found == []
