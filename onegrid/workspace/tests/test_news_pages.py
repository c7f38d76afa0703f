"""What open pages ask when they have heard of a change, and how they come to hear."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from onegrid.cases.actions.triage_case import accept_case
from onegrid.cases.models import Channel
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.core.ids import new_id
from onegrid.dispatch.public import ReportedCase, report_case
from onegrid.live.rules.tickets import admit

pytestmark = pytest.mark.django_db


def drawn(client, query=""):
    """Draw the queue and return its mark."""
    return re.search(r'data-mark="([\d:,]+)"', client.get(f"/queue/{query}").text)[1]


def report():
    sent = ReportedCase(id=new_id(), text="路灯不亮", x=120.605, y=27.905)
    return report_case(report=sent, channel=Channel.PORTAL, by=None, at=timezone.now()).receipt.number


@pytest.mark.django_db(transaction=True)
@pytest.mark.queries(12)  # of the page that is drawn; the news take fewer
def test_a_list_is_told_what_is_new_and_what_has_changed(as_, people, district):
    client, case = as_(people.acceptor), make_case(district)
    since = drawn(client)
    number = report()
    accept_case(case_id=case.pk, version=1, by=people.shift_lead, at=timezone.now())

    news = client.get(reverse("workspace:queue_news"), {"scope": "mine", "since": since}).json()

    waiting = {"queue": "1", "tasks": "", "time": "", "orders": "", "appeals": ""}
    assert news == {"new": [number], "changed": {case.number: 2, number: 1}, "waiting": waiting}


@pytest.mark.parametrize(
    "query", ["since=yesterday", "since=", "", "since=1:1:&colour=red", "since=1:1:&status=lost", "since=1:1:&area=no"]
)
def test_a_question_that_makes_no_sense_is_refused(as_, people, query):
    assert as_(people.acceptor).get(f"{reverse('workspace:queue_news')}?{query}").status_code == 422


@pytest.mark.queries(8)
def test_the_new_lines_are_drawn_as_far_as_they_are_in_the_list(as_, people, district):
    mine, elsewhere = make_case(district), make_case(district, grid=district.areas.elsewhere)
    ended = make_case(district, status=Status.CLOSED)
    numbers = [case.number for case in (mine, elsewhere, ended)]

    text = as_(people.acceptor).get(f"/queue/lines/?{urlencode({'scope': 'all', 'number': numbers}, doseq=True)}").text

    assert re.findall(r'data-number="([^"]+)"', text) == [mine.number]
    assert "New</span>" in text


@pytest.mark.queries(6)
def test_a_case_says_who_has_changed_it_and_keeps_an_open_form(as_, people, case):
    client = as_(people.acceptor)
    accept_case(case_id=case.pk, version=1, by=people.shift_lead, at=timezone.now())

    text = client.get(reverse("workspace:case_news", args=[case.number]), {"last": "", "writing": "1"}).text

    assert people.shift_lead.display_name in text
    assert "#step" not in text


def test_a_case_says_nothing_where_the_page_has_shown_it_all(as_, people, case):
    client = as_(people.acceptor)
    accept_case(case_id=case.pk, version=1, by=people.shift_lead, at=timezone.now())
    page = client.get(reverse("workspace:case", args=[case.number])).text
    last = re.search(r'data-last="([^"]*)"', page)[1]

    response = client.get(reverse("workspace:case_news", args=[case.number]), {"last": last})

    assert (response.status_code, response.content) == (204, b"")


def test_a_case_that_is_somebody_elses_now_says_nothing_of_itself(as_, people, district):
    case = make_case(district, title="家庭纠纷", grid=district.areas.elsewhere)

    response = as_(people.acceptor).get(reverse("workspace:case_news", args=[case.number]))

    assert response.status_code == 200
    assert "no longer yours to see" in response.text
    assert case.title not in response.text


def directives(response):
    """The policy with a semicolon after each part: the order of the parts is nobody's promise."""
    return f"{response['Content-Security-Policy']};"


def test_a_page_may_connect_to_the_relay_beside_the_site(as_, people, settings):
    settings.LIVE_PORT = 8001

    response = as_(people.acceptor).get("/queue/")

    assert 'data-relay="http://testserver:8001/"' in response.text
    assert "connect-src 'self' http://testserver:8001;" in directives(response)


def test_a_page_may_connect_to_the_address_that_was_set(as_, people, settings):
    settings.LIVE_PORT, settings.LIVE_URL = 8001, "https://live.example.org/district"

    response = as_(people.acceptor).get("/queue/", secure=True)

    assert 'data-relay="https://live.example.org/district/"' in response.text
    assert "connect-src 'self' https://live.example.org;" in directives(response)


@pytest.mark.parametrize(("port", "secure"), [(0, False), (8001, True)])
def test_a_page_that_cannot_reach_a_relay_is_given_none(as_, people, settings, port, secure):
    settings.LIVE_PORT = port

    response = as_(people.acceptor).get("/queue/", secure=secure)

    assert 'data-relay="" data-ticket=""' in response.text
    assert "connect-src 'self';" in directives(response)


def test_no_other_page_may_connect_anywhere_else(client, settings):
    settings.LIVE_PORT = 8001

    assert "8001" not in client.get("/account/login/")["Content-Security-Policy"]


def test_a_page_that_stays_open_is_given_another_ticket(as_, people, settings):
    settings.LIVE_PORT = 8001

    line = as_(people.acceptor).get(reverse("workspace:ticket")).json()

    ticket = admit(line["ticket"], at=timezone.now())
    assert (line["url"], ticket.origin) == ("http://testserver:8001/", "http://testserver")
    assert ticket.audience.areas == {"330304010"}


def test_a_stranger_is_given_no_ticket(client):
    assert client.get(reverse("workspace:ticket")).status_code == 302
