"""Following by e-mail: asked first, told once per public step, ended by one press, and then forgotten."""

import logging
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Visibility
from onegrid.cases.states import Status
from onegrid.cases.tests.factories import make_case
from onegrid.following.models import Follow
from onegrid.following.public import Kind, ask_to_follow, end_follows, over, say_yes
from onegrid.notifications.models import Letter, Subscriber

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "ye.xiaoman@example.net"
WORDS = "雨水井盖断裂，行人易踩空"


def ask(client, kind, code):
    return client.post(reverse("portal:follow", args=[kind, code]), {"email": ADDRESS})


def link(mail, page):
    return re.search(rf"https://grid\.example\.org(/follow/{page}/[^\s]+)", mail.get_content())[1]


@pytest.fixture
def following(client, told):
    """Somebody who has asked for something by mail and said yes."""

    def begin(kind, code):
        ask(client, kind, code)
        (mail,) = told(after=timedelta(0))
        client.post(link(mail, "yes"))
        return Follow.objects.get(kind=kind, code="" if code == "everything" else code)

    return begin


def test_nothing_is_told_before_its_owner_has_said_yes(client, district, told, step):
    case = make_case(district, status=Status.IN_PROGRESS)
    answer = ask(client, "case", case.number)
    (question,) = told(after=timedelta(0))
    step(case)

    assert answer.status_code == 302
    assert question["To"] == ADDRESS
    assert client.get(link(question, "yes")).status_code == 200  # looking is no yes: mail scanners look
    assert told() == []


def test_each_public_step_is_told_once_in_the_words_of_the_page(client, district, told, step, following):
    case = make_case(district, status=Status.IN_PROGRESS)
    following("case", case.number)
    step(case)
    step(case, visibility=Visibility.INTERNAL)
    (mail,) = told()

    assert mail["Subject"].endswith(f"{WORDS}：已受理")
    assert f"https://grid.example.org/c/{case.number}/" in mail.get_content()
    assert told() == []


def test_one_press_in_the_mail_program_ends_it_and_the_address_goes(client, district, told, step, following):
    case = make_case(district, status=Status.IN_PROGRESS)
    following("case", case.number)
    step(case)
    (mail,) = told()
    address = mail["List-Unsubscribe"].strip(" <>").removeprefix("https://grid.example.org")

    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert client.get(address).status_code == 200
    assert Follow.objects.exists()
    program = type(client)(enforce_csrf_checks=True)
    assert program.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Follow.objects.exists()
    assert not Subscriber.objects.exists()
    assert program.post(address).status_code == 200  # twice does no harm


def test_an_address_stays_while_it_follows_something_else(client, district, told, following):
    one, other = make_case(district), make_case(district)
    following("case", one.number)
    kept = following("case", other.number)
    end_follows(at=now(), over=[Follow.objects.get(code=one.number).pk])

    assert Subscriber.objects.get().pk == kept.reader_id


def test_a_place_is_told_in_one_mail_an_hour(district, told, step, following):
    cases = [make_case(district, status=Status.IN_PROGRESS) for _ in range(3)]
    following("place", district.areas.boyuan.code)
    for case in cases:
        step(case)
    (mail,) = told()
    step(cases[0], move="file", at=now() + timedelta(minutes=10))

    assert all(case.number in mail.get_content() for case in cases)
    assert "3" in mail["Subject"]
    assert told(after=timedelta(minutes=30)) == []
    assert len(told(after=timedelta(minutes=63))) == 1


@pytest.mark.parametrize(
    ("kind", "code"), [("category", "roads"), ("category", "roads.manhole"), ("all", "everything")]
)
def test_a_kind_and_everything_are_told(district, told, step, following, kind, code):
    case = make_case(district, status=Status.IN_PROGRESS)
    following(kind, code)
    step(case)

    assert len(told()) == 1


def test_a_discreet_matter_is_told_by_community_and_not_by_grid_or_point(district, told, step, following):
    case = make_case(district, status=Status.IN_PROGRESS, category="passage")
    following("place", case.grid_code)
    following("around", f"{case.place[0]:.5f},{case.place[1]:.5f},500")
    following("place", case.community_code)
    step(case)
    (mail,) = told()

    assert WORDS not in mail.get_content()
    assert "第1网格" not in mail.get_content()


def test_what_is_hidden_meanwhile_is_not_told(district, told, step, following):
    case = make_case(district, status=Status.IN_PROGRESS)
    following("case", case.number)
    step(case)
    type(case).objects.update(is_public=False)

    assert told() == []
    assert [each.code for each in over(at=now())] == [case.number]


def test_what_is_hidden_meanwhile_can_still_be_stopped(client, district, told, step, following):
    case = make_case(district, status=Status.IN_PROGRESS)
    following("case", case.number)
    step(case)
    (mail,) = told()
    type(case).objects.update(is_public=False)
    page = client.get(link(mail, "stop"))

    assert (page.status_code, WORDS in page.text) == (200, False)
    client.post(link(mail, "stop"))
    assert not Subscriber.objects.exists()


def test_who_asks_too_often_fills_no_mailbox(client, district, told):
    case = make_case(district)
    for _ in range(3):
        ask(client, "case", case.number)

    assert len(told(after=timedelta(0))) == 1


def test_what_nobody_said_yes_to_is_forgotten_after_three_days(client, district, told):
    ask(client, "case", make_case(district).number)
    end_follows(at=now() + timedelta(days=3, minutes=1))

    assert (Follow.objects.count(), Subscriber.objects.count(), Letter.objects.count()) == (0, 0, 0)


def test_it_ends_by_itself_after_a_year(district, following):
    following("all", "everything")
    end_follows(at=now() + timedelta(days=366))

    assert not Subscriber.objects.exists()


@pytest.mark.parametrize("token", ["nonsense", "a.b.c", "0" * 300])
@pytest.mark.parametrize("page", ["follow_yes", "follow_stop"])
def test_a_link_that_is_none_is_kindly_refused(client, district, page, token):
    answer = client.get(reverse(f"portal:{page}", args=[token]))

    assert answer.status_code == 404
    assert "失效" in answer.text


@pytest.mark.parametrize("email", ["", "x", "a@b", f"{'a' * 300}@example.net"])
def test_what_is_no_address_is_refused_in_place(client, district, mailbox, email):
    case = make_case(district)
    answer = client.post(reverse("portal:follow", args=["case", case.number]), {"email": email})

    assert answer.status_code == 422
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(("kind", "code"), [("case", "OG-261124-999999"), ("place", "x"), ("nothing", "x")])
def test_what_is_not_there_cannot_be_followed(client, district, kind, code):
    assert client.get(reverse("portal:follow", args=[kind, code])).status_code == 404


def test_the_address_stands_in_no_log(client, district, told, mailbox, caplog):
    mailbox.refuses[ADDRESS] = "550 no such mailbox ye.xiaoman@example.net"
    with caplog.at_level(logging.DEBUG):
        ask(client, "case", make_case(district).number)
        told(after=timedelta(0))

    assert "letter_not_sent" in caplog.text
    assert "xiaoman" not in "".join(
        f"{record.getMessage()} {record.__dict__}" for record in caplog.records if record.name != "mail.log"
    )


def test_a_letter_is_tried_again_under_the_same_id(district, told, mailbox):
    mailbox.refuses[ADDRESS] = "451 later"
    ask_to_follow(kind=Kind.ALL, code="", address=ADDRESS, language="en", at=now())
    assert told(after=timedelta(0)) == []
    name = Letter.objects.get().pk
    mailbox.refuses.clear()
    (mail,) = told(after=timedelta(minutes=10))

    assert name.hex in mail["Message-ID"]
    assert not Letter.objects.exists()


def test_saying_yes_twice_changes_nothing(client, district, told):
    ask(client, "all", "everything")
    token = link(told(after=timedelta(0))[0], "yes").rstrip("/").rpartition("/")[2]
    first = say_yes(token=token, at=now())

    assert say_yes(token=token, at=now() + timedelta(days=1)).ends_at == first.ends_at
