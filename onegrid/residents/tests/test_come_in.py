"""Coming in by a code: without a password, once, for minutes, and without a word on who is known."""

import json
import logging
import re
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils.timezone import now

from onegrid.notifications.models import Letter, Subscriber
from onegrid.notifications.public import send_letters
from onegrid.notifications.tests.gateway import Gateway
from onegrid.oversight.models import Entry
from onegrid.residents.models import Account, Code, Visit
from onegrid.residents.public import ask_for_code, end_accounts, try_code
from onegrid.residents.tests.conftest import ADDRESS, code_in

pytestmark = pytest.mark.django_db(transaction=True)
MY, CODE = "/my/", "/my/code/"
BLNS = [
    "",
    " ",
    "０１２",
    "1e5",
    "<script>alert(1)</script>",
    "'; DROP TABLE",
    "\u202e123456",
    "٣٤٥٦٧٨",
    "\u202e",
    "1" * 21,
]


def type_code(client, said):
    return client.post(CODE, {"code": said})


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_a_code_opens_the_account_and_the_next_time_the_same_one(client, come_in):
    assert come_in().url == MY
    assert "我的上报" in client.get(MY).text
    first = Account.objects.get()
    client.cookies.clear()
    Code.objects.update(asked_at=now() - timedelta(minutes=2))
    come_in(" Ye.Xiaoman@Example.NET ")

    assert Account.objects.get() == first


def test_the_code_comes_in_the_language_of_the_page(ask, post):
    ask(headers={"Accept-Language": "en"})
    (mail,) = post()

    assert mail["To"] == ADDRESS
    assert "is your code, good for 10 minutes" in mail["Subject"]


def test_the_address_stays_nowhere_once_the_code_is_used(come_in, caplog):
    with caplog.at_level(logging.DEBUG):
        come_in()

    assert (Subscriber.objects.count(), Letter.objects.count()) == (0, 0)
    assert "xiaoman" not in "".join(str(record.__dict__) for record in caplog.records if record.name != "mail.log")
    assert "xiaoman" not in json.dumps(list(Entry.objects.values("code", "target", "by", "data")))
    assert "xiaoman" not in str(Account.objects.values().get())


def test_a_code_is_good_once(client, ask, post):
    ask()
    (mail,) = post()
    assert type_code(client, code_in(mail)).status_code == 302
    again = try_code(code_id=Code.objects.get().pk, said=code_in(mail), language="en", at=now())

    assert (again.token, Visit.objects.count()) == ("", 1)


def test_a_code_is_good_for_ten_minutes(ask, post):
    ask()
    (mail,) = post()
    late = now() + timedelta(minutes=10, seconds=1)

    assert not try_code(code_id=Code.objects.get().pk, said=code_in(mail), language="en", at=late).token


def test_after_five_wrong_tries_the_right_code_opens_nothing(client, ask, post):
    ask()
    (mail,) = post()
    answers = [type_code(client, wrong(code_in(mail))) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [422] * 5
    assert "还可以试 4 次" in answers[0].text
    assert "已失效" in answers[4].text
    assert type_code(client, code_in(mail)).status_code == 422
    assert not Account.objects.exists()


def test_a_code_opens_nothing_in_another_browser(client, ask, post):
    ask()
    (mail,) = post()
    client.cookies.clear()

    assert type_code(client, code_in(mail)).url == MY
    assert not Visit.objects.exists()


def test_the_cookie_that_names_a_code_cannot_be_made(client, ask):
    ask()
    client.cookies["code"] = signing.get_cookie_signer(salt="another").sign(Code.objects.get().pk.hex)

    assert type_code(client, "123456").url == MY
    assert Code.objects.get().tries == 0


@pytest.mark.parametrize("said", ["{0} ", "{0:.3} {0:.3}", "wide"])
def test_a_code_may_be_typed_with_gaps_and_in_full_width(client, ask, post, said):
    ask()
    code = code_in(post()[0])
    typed = {
        "{0} ": f" {code} ",
        "{0:.3} {0:.3}": f"{code[:3]} {code[3:]}",
        "wide": "".join(chr(ord(digit) + 0xFEE0) for digit in code),
    }[said]

    assert type_code(client, typed).status_code == 302


@pytest.mark.parametrize("said", BLNS)
def test_what_is_no_code_is_refused_in_place(client, ask, said):
    ask()
    answer = type_code(client, said)

    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert not Visit.objects.exists()


@pytest.mark.parametrize("said", ["", "x", "a@b", f"{'a' * 300}@example.net", "a\nb@example.net", "13800138000", *BLNS])
def test_what_is_no_address_is_refused_in_place(ask, said):
    answer = ask(said)

    assert answer.status_code == 422
    assert (Code.objects.count(), Subscriber.objects.count()) == (0, 0)


def test_asking_looks_the_same_for_who_is_known_and_for_who_asks_too_often(client, ask, come_in, post):
    unknown = ask("nobody@example.net")
    post()
    come_in()
    client.cookies.clear()
    known, too_often = ask(), ask()

    assert (known.status_code, known.url) == (too_often.status_code, too_often.url) == (unknown.status_code, CODE)
    assert post() == []  # within a minute of the last one
    pages = [re.sub(r'value="\w+"|content="\w+"', "", client.get(CODE).text) for _ in range(2)]
    assert pages[0] == pages[1]
    assert type_code(client, "000000").status_code == 422


def test_an_address_gets_five_codes_an_hour_and_ten_a_day(mailbox):
    start = now()
    for minute in range(0, 24 * 60, 7):
        ask_for_code(address=ADDRESS, language="en", at=start + timedelta(minutes=minute))

    asked = sorted(Code.objects.filter(is_sent=True).values_list("asked_at", flat=True))
    assert len(asked) == 10
    assert sum(each < start + timedelta(hours=1) for each in asked) == 5


def test_a_code_that_was_not_sent_opens_nothing_even_if_it_is_guessed(mailbox, monkeypatch):
    monkeypatch.setattr("onegrid.residents.actions.ask_for_code.secrets.randbelow", lambda _below: 123456)
    ask_for_code(address=ADDRESS, language="en", at=now())
    second = ask_for_code(address=ADDRESS, language="en", at=now())

    assert not try_code(code_id=second, said="123456", language="en", at=now()).token


def test_one_source_cannot_ask_for_codes_without_end(ask):
    answers = [ask(f"a{number}@example.net").status_code for number in range(22)]

    assert answers == [302] * 20 + [429] * 2
    assert Code.objects.count() == 20


def test_without_any_way_to_send_there_are_no_codes(client, settings):
    settings.EMAIL_HOST = ""

    assert "不发邮件也不发短信" in client.get(MY).text
    assert client.post(reverse("portal:my_ask"), {"address": ADDRESS}).status_code == 422


def test_a_code_comes_by_text_message_where_there_is_a_gateway(client, settings):
    with Gateway() as server:
        settings.SMS_URL, settings.SMS_SECRET = f"{server.origin}/sms", "shared"
        settings.EMAIL_HOST = ""
        client.post(reverse("portal:my_ask"), {"address": "+86 138-0013-8000"})
        send_letters(clock=now)
        ((_path, _headers, body),) = server.posts
    sent = json.loads(body)

    assert sent["to"] == "13800138000"
    assert len(sent["text"]) <= 70
    assert type_code(client, re.search(r"\d{6}", sent["text"])[0]).status_code == 302
    assert Account.objects.get().channel == "sms"
    assert not Subscriber.objects.exists()


def test_codes_go_after_a_day_and_accounts_after_two_years(come_in):
    come_in()
    assert end_accounts(at=now() + timedelta(days=1, minutes=1)) == 0
    assert (Code.objects.count(), Account.objects.count()) == (0, 1)

    assert end_accounts(at=now() + timedelta(days=731)) == 1
    assert (Account.objects.count(), Visit.objects.count()) == (0, 0)


def test_signing_in_stands_in_the_trail_without_a_person(come_in):
    come_in()
    entry = Entry.objects.get(code="residents.opened")

    assert (entry.by, entry.data) == ("resident", {})
    assert entry.target == f"residents.Account:{Account.objects.get().pk}"
