"""Text messages, to a real HTTP server."""

import hashlib
import hmac
import json

import pytest

from onegrid.notifications.models import Outgoing
from onegrid.notifications.public import send_messages, tell
from onegrid.notifications.states import Channel, Delivery
from onegrid.notifications.tests.factories import NOON, clock, notice, reachable
from onegrid.notifications.tests.gateway import Gateway
from onegrid.notifications.tests.wording import RETURNED

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "what we and the gateway know"  # noqa: S105


@pytest.fixture
def gateway(settings):
    with Gateway() as server:
        settings.SMS_URL, settings.SMS_SECRET = f"{server.origin}/sms?tenant=1", SECRET
        yield server


def told(reader, **also):
    reachable(reader, phone="13588880000")
    tell([notice(reader, kind=RETURNED.code, is_urgent=True, **also)], at=NOON)


def send(at=NOON):
    return send_messages(channel=Channel.SMS, clock=clock(at))


def test_posts_one_signed_document_of_at_most_seventy_characters(reader, gateway):
    told(reader, data={"number": "OG-" + "7" * 100})

    assert send() == 1

    ((path, headers, body),) = gateway.posts
    document = json.loads(body)
    moment, proof = (part.partition("=")[2] for part in headers["X-OneGrid-Signature"].split(","))
    assert path == "/sms?tenant=1"
    assert (document["to"], document["language"], len(document["text"])) == ("13588880000", "en", 70)
    assert document["id"] == headers["Idempotency-Key"]
    assert proof == hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("status", [429, 500, 503, 302])
def test_a_gateway_that_says_later_gets_the_same_again(reader, gateway, status):
    gateway.answers = [status]
    told(reader)

    assert send() == 0
    assert send(Outgoing.objects.get().next_try_at) == 1
    first, second = (json.loads(body) for _, _, body in gateway.posts)
    assert first == second


def test_what_a_gateway_refuses_is_given_up(reader, gateway, caplog):
    gateway.answers = [400]
    told(reader)

    assert send() == 0
    row = Outgoing.objects.get()
    assert (row.state, row.last_error) == (Delivery.GIVEN_UP, "HTTP 400")
    assert "1358888" not in str([vars(record) for record in caplog.records])
    assert SECRET not in str([vars(record) for record in caplog.records])


def test_a_gateway_that_is_away_is_tried_later(reader, settings):
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:1/", SECRET
    told(reader)

    assert send() == 0
    assert Outgoing.objects.get().state == Delivery.WAITING


def test_without_a_secret_no_text_message_is_kept_for_sending(reader, settings):
    settings.SMS_URL, settings.SMS_SECRET = "http://127.0.0.1:1/", ""

    told(reader)

    assert not Outgoing.objects.exists()
