"""A resident follows a matter by e-mail, is told once what is new, and stops with one press."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from onegrid.following.public import tell_followers
from onegrid.notifications.models import Subscriber
from onegrid.notifications.public import send_letters
from onegrid.notifications.tests.conftest import mailbox
from tests.journeys.matters import dispatched

__all__ = ["mailbox"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def post(mailbox, settings, live_server):
    """Let followers be told after so many minutes; return the mails that have come."""
    settings.SITE_URL = live_server.url

    def arrives(minutes=0):
        at = now() + timedelta(minutes=minutes)
        tell_followers(at=at)
        send_letters(clock=lambda: at)
        mails, mailbox.mails = mailbox.mails, []
        return mails

    return arrives


def link(mail, page):
    [found] = re.findall(rf"http://\S+/follow/{page}/\S+", mail.get_content())
    return found


def test_a_matter_is_followed_by_mail_from_its_page_to_the_last_press(people, post):
    case, _link = dispatched(people.ouhai)
    resident = people.resident()
    page = resident.page
    page.goto(f"/c/{case.number}/")
    page.get_by_role("link", name="关注这件事").click()

    page.get_by_label("邮箱地址").fill("没有邮箱")
    page.get_by_role("button", name="用邮件关注").click()
    expect(page.locator(".po-sum")).to_contain_text("不是有效的电子邮箱")
    page.get_by_label("邮箱地址").fill("ye.xiaoman@example.net")
    page.get_by_role("button", name="用邮件关注").click()
    resident.reads("请查看您的邮箱")

    [question] = post()
    page.goto(link(question, "yes"))
    page.get_by_role("button", name="是的").click()
    resident.reads("已关注", case.title)

    handler = people.officer("chashan.roads.handler", at=case.number)
    handler.chooses("接收", because="在您名下")
    handler.sends()
    handler.has_done("接收")
    [news] = post(minutes=2)
    assert "单位已经动手" in news["Subject"]
    assert post(minutes=4) == []

    page.goto(link(news, "stop"))
    page.get_by_role("button", name="不再告诉我").click()
    resident.reads("不会再告诉您了")
    assert not Subscriber.objects.exists()
