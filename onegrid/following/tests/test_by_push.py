"""Following by push messages: one browser for one matter, read by an implementation that is not ours."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.following.models import Follow
from onegrid.following.public import tell_followers
from onegrid.notifications.models import Letter, Subscriber
from onegrid.notifications.public import Post, post_letters, send_letters
from onegrid.notifications.rules.push import public_bytes, url_text
from onegrid.notifications.tests.gateway import Gateway
from onegrid.notifications.tests.test_send_push import Device

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(settings):
    with Gateway() as server:
        settings.PUSH_CONTACT, settings.PUSH_HOSTS = "mailto:grid@example.org", [server.origin]
        yield server


@pytest.fixture
def device(service):
    return Device(service.origin)


def says(device, **also):
    return {
        "endpoint": device.endpoint, "key": url_text(public_bytes(device.key)), "auth": url_text(device.auth), **also
    }  # fmt: skip


def ask(client, what, case, said):
    return client.post(reverse(f"portal:follow_push_{what}", args=["case", case.number]), said).status_code


def test_a_browser_is_told_of_one_matter_and_not_of_another(client, district, service, device, step):
    case, other = (make_case(district, status=Status.IN_PROGRESS) for _ in range(2))
    assert ask(client, "on", case, says(device)) == 204
    assert ask(client, "on", case, says(device)) == 204  # twice is once
    step(case)
    step(other)
    at = now() + timedelta(minutes=2)
    tell_followers(at=at)
    send_letters(clock=lambda: at + timedelta(hours=12))
    ((_path, _headers, posted),) = service.posts

    assert device.opens(posted)["path"] == f"/c/{case.number}/"
    assert "已受理" in device.opens(posted)["title"]
    assert (ask(client, "asks", case, says(device)), ask(client, "asks", other, says(device))) == (204, 404)


def test_turned_off_the_address_of_the_browser_goes(client, district, device):
    case = make_case(district)
    ask(client, "on", case, says(device))

    assert ask(client, "off", case, says(device)) == 204
    assert (Follow.objects.count(), Subscriber.objects.count()) == (0, 0)


@pytest.mark.parametrize("also", [{"endpoint": "https://evil.example.net/x"}, {"key": "AAAA"}, {"auth": ""}])
def test_what_cannot_be_pushed_to_is_refused(client, district, device, also):
    assert ask(client, "on", make_case(district), says(device, **also)) == 422
    assert not Subscriber.objects.exists()


def test_at_night_it_waits_for_the_morning(client, district, device):
    ask(client, "on", make_case(district), says(device))
    zone = ZoneInfo("Asia/Shanghai")
    night = datetime(2026, 11, 27, 2, tzinfo=zone)
    post_letters([Post(subscriber=Subscriber.objects.get().pk, title="x", text="y", path="/")], at=night)

    assert Letter.objects.get().next_try_at == datetime(2026, 11, 27, 7, tzinfo=zone)


def test_a_browser_that_is_gone_is_forgotten(client, district, service, device, step):
    case = make_case(district, status=Status.IN_PROGRESS)
    ask(client, "on", case, says(device))
    service.answers.append(410)
    step(case)
    at = now() + timedelta(minutes=2)
    tell_followers(at=at)
    send_letters(clock=lambda: at + timedelta(hours=12))

    assert not Subscriber.objects.exists()
