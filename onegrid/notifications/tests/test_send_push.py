"""Web push, to a real endpoint that opens what arrives with an implementation that is not ours."""

import json
from base64 import urlsafe_b64decode

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from onegrid.accounts.tests.factories import person
from onegrid.notifications.models import Browser, Outgoing
from onegrid.notifications.public import BrowserRefusedError, add_browser, remove_browser, send_messages, tell
from onegrid.notifications.rules.push import (
    encrypted,
    from_url_text,
    is_push_service,
    public_bytes,
    server_key,
    topic_of,
    url_text,
)
from onegrid.notifications.states import Channel, Delivery
from onegrid.notifications.tests.factories import NOON, clock, notice
from onegrid.notifications.tests.gateway import Gateway

pytestmark = pytest.mark.django_db(transaction=True)
SERVICES = ["push.example.org", ".below.example.org", "http://127.0.0.1:9000"]


class Device:
    """A browser with keys of its own, which reads what was posted for it."""

    def __init__(self, origin, name="one"):
        self.endpoint, self.auth = f"{origin}/push/{name}", b"0123456789abcdef"
        self.key = ec.generate_private_key(ec.SECP256R1())

    def turn_on(self, by, at=NOON, **also):
        said = {"endpoint": self.endpoint, "key": url_text(public_bytes(self.key)), "auth": url_text(self.auth)}
        return add_browser(**{**said, **also}, by=by, at=at)

    def opens(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm"))


@pytest.fixture
def service(settings):
    with Gateway() as server:
        settings.PUSH_CONTACT, settings.PUSH_HOSTS = "mailto:grid@example.org", [server.origin]
        yield server


def send(at=NOON):
    return send_messages(channel=Channel.PUSH, clock=clock(at))


def told(reader, count=1, **also):
    tell([notice(reader, is_urgent=True, **also) for _ in range(count)], at=NOON)


def test_is_the_example_of_the_standard():
    once = ec.derive_private_key(
        int.from_bytes(from_url_text("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1()
    )
    browser = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"

    sealed = encrypted(
        b"When I grow up, I want to be a watermelon",
        browser=from_url_text(browser),
        auth=from_url_text("BTBZMqHH6r4Tts7J_aSIgg"),
        once=once,
        salt=from_url_text("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert url_text(sealed) == (  # RFC 8291, appendix A
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_arrives_so_that_only_the_browser_reads_it(reader, service):
    device = Device(service.origin)
    device.turn_on(reader)
    told(reader, data={"number": "OG-7", "share": 80})

    assert send() == 1

    ((path, headers, body),) = service.posts
    shown = device.opens(body)
    assert path == "/push/one"
    assert shown["title"] == "OG-7: 80 % in en"
    assert shown["text"] == "The case OG-7 has used 80 % of its time."
    assert shown["path"] == f"/notices/{Outgoing.objects.get().entry_id}/"
    assert headers["Topic"] == topic_of(shown["tag"])
    assert (headers["Content-Encoding"], headers["Urgency"]) == ("aes128gcm", "high")
    assert b"OG-7" not in body


def test_proves_who_sends(reader, service, settings):
    Device(service.origin).turn_on(reader)
    told(reader)
    send()

    scheme, token, key = service.posts[0][1]["Authorization"].split(" ")
    signed, _, signature = token.removeprefix("t=").removesuffix(",").rpartition(".")
    claims = json.loads(urlsafe_b64decode(signed.partition(".")[2] + "=="))
    half = len(from_url_text(signature)) // 2
    numbers = [int.from_bytes(part) for part in (from_url_text(signature)[:half], from_url_text(signature)[half:])]
    server_key(settings.SECRET_KEY).public_key().verify(
        encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(SHA256())
    )
    assert (scheme, key) == ("vapid", f"k={url_text(public_bytes(server_key(settings.SECRET_KEY)))}")
    assert (claims["aud"], claims["sub"]) == (service.origin, "mailto:grid@example.org")
    assert 0 < claims["exp"] - NOON.timestamp() <= 24 * 3600


def test_many_are_one_message_on_every_device(reader, service):
    devices = [Device(service.origin, name) for name in ("one", "two")]
    for device in devices:
        device.turn_on(reader)
    told(reader, count=300)

    assert send() == 1
    shown = [device.opens(post[2]) for device, post in zip(devices, sorted(service.posts), strict=True)]
    assert {(each["title"], each["path"]) for each in shown} == {("300 cases near their limit", "/notices/")}


def test_a_browser_that_is_gone_is_forgotten(reader, service):
    Device(service.origin).turn_on(reader)
    service.answers = [410]
    told(reader)

    assert send() == 0
    assert not Browser.objects.exists()
    assert Outgoing.objects.get().state == Delivery.GIVEN_UP


def test_a_service_that_says_later_is_asked_later(reader, service):
    Device(service.origin).turn_on(reader)
    service.answers = [503]
    told(reader)

    assert send() == 0
    assert send(Outgoing.objects.get().next_try_at) == 1


def test_one_device_that_is_reached_is_enough(reader, service):
    for name in ("one", "two"):
        Device(service.origin, name).turn_on(reader)
    service.answers = [404]
    told(reader)

    assert send() == 1
    assert Browser.objects.count() == 1


def test_nothing_is_kept_for_who_has_no_browser(reader, service):
    told(reader)

    assert not Outgoing.objects.exists()


def test_whoever_turned_it_on_last_has_a_shared_browser(reader, service):
    device, other = Device(service.origin), person()
    device.turn_on(reader)
    device.turn_on(other)

    assert Browser.objects.get().user == other
    assert not remove_browser(endpoint=device.endpoint, by=reader)
    assert remove_browser(endpoint=device.endpoint, by=other)


def test_nobody_collects_browsers_without_end(reader, service):
    for number in range(12):
        Device(service.origin, str(number)).turn_on(reader, at=NOON.replace(minute=number))

    assert not Browser.objects.filter(endpoint__endswith="/1").exists()
    assert Browser.objects.count() == 10


@pytest.mark.parametrize(
    "said",
    [
        {"endpoint": "http://169.254.169.254/latest"},
        {"endpoint": "https://elsewhere.example.org/"},
        {"key": ""},
        {"key": "not a key"},
        {"auth": url_text(b"short")},
        {"key": url_text(b"\4" + b"\1" * 64)},
    ],
)
def test_posts_to_push_services_alone_and_takes_keys_that_are_some(reader, service, said):
    with pytest.raises(BrowserRefusedError):
        Device(service.origin).turn_on(reader, **said)


@pytest.mark.parametrize(
    ("endpoint", "is_one"),
    [
        ("https://push.example.org/x", True),
        ("https://a.below.example.org/x", True),
        ("http://127.0.0.1:9000/x", True),
        ("http://push.example.org/x", False),
        ("https://push.example.org:8443/x", False),
        ("https://me@push.example.org/x", False),
        ("https://push.example.org.evil.example/x", False),
        ("https://evilbelow.example.org/x", False),
        ("http://127.0.0.1:9001/x", False),
        ("https://push.example.org/\r\nx", False),
        ("https://[broken/x", False),
        ("", False),
    ],
)
def test_knows_a_push_service_by_its_whole_name(endpoint, is_one):
    assert is_push_service(endpoint, SERVICES) is is_one
