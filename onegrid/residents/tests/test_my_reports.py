"""“My reports”: what stands in an account, what is told of it, and what stays when the account goes."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from onegrid.cases.models import Case, Report, Visibility
from onegrid.cases.states import Outcome, Status
from onegrid.cases.tests.factories import make_case
from onegrid.notifications.models import Letter, Subscriber
from onegrid.oversight.models import Entry
from onegrid.portal.tests.arranging import SECRET, with_link
from onegrid.portal.tests.reporting import form_of, send
from onegrid.residents.models import Account, Holding, Visit
from onegrid.residents.public import held_by, tell_residents
from onegrid.residents.tests.conftest import ADDRESS

pytestmark = pytest.mark.django_db(transaction=True)
MY = "/my/"
MINE = {"mine": "1"}


def act(client, name, *arguments, **said):
    return client.post(reverse(f"portal:my_{name}", args=arguments), said)


def be_told(client, address=ADDRESS):
    return act(client, "tell", address=address)


def links(client):
    return re.findall(r'href="(/t/[\w-]+/)"', client.get(MY).text)


@pytest.fixture
def told(come_in, client, reportable):
    """Somebody with one report who wants to be told of it by mail."""
    come_in()
    send(client, **MINE)
    be_told(client)
    return Case.objects.get()


def test_what_is_reported_while_signed_in_stands_there_and_opens(client, come_in, reportable):
    come_in()
    send(client, **MINE)
    (link,) = links(client)

    assert "路灯不亮" in client.get(MY).text
    assert "补充" in client.get(link).text


def test_a_report_without_the_tick_does_not(client, come_in, reportable):
    come_in()
    send(client)

    assert not Holding.objects.exists()


def test_what_is_joined_while_signed_in_stands_there_with_ones_own_words(client, come_in, reportable):
    case = make_case(reportable, status=Status.IN_PROGRESS)
    come_in()
    client.post(reverse("portal:report"), {**form_of(client), "join": case.number, "text": "我也绊倒过", **MINE})

    assert "我也绊倒过" in client.get(MY).text
    assert Report.objects.count() == 2


def test_a_tick_of_who_is_not_signed_in_changes_nothing(client, reportable):
    assert send(client, **MINE).status_code == 303
    assert not Holding.objects.exists()


def test_a_private_link_that_is_opened_while_signed_in_comes_in_once(client, come_in, district):
    case = with_link(district)
    come_in()
    first, second = (client.get(f"/t/{SECRET}/").text for _ in range(2))

    assert ("列在“我的上报”里" in first, "列在“我的上报”里" in second) == (True, False)
    assert [held.report.pk for held in held_by(Account.objects.get())] == [case.pk]


def test_the_secret_of_a_link_is_kept_sealed_and_lost_with_the_key(client, come_in, reportable, settings):
    come_in()
    send(client, **MINE)
    holding, (link,) = Holding.objects.get(), links(client)
    assert link.split("/")[2].encode() not in bytes(holding.sealed_link)
    settings.SECRET_KEY = settings.SECRET_KEY[::-1]

    assert held_by(Account.objects.get())[0].secret == ""


def test_nobody_else_sees_it(client, come_in, reportable):
    come_in()
    send(client, **MINE)
    mine, other = Holding.objects.get().pk, Client()

    assert "路灯不亮" not in other.get(MY).text
    assert other.post(reverse("portal:my_take_out", args=[mine])).url == MY
    other.cookies["resident"] = "x" * 43
    assert "路灯不亮" not in other.get(MY).text
    assert Holding.objects.exists()


def test_one_resident_takes_nothing_out_of_anothers_list(client, come_in, post, reportable):
    come_in()
    send(client, **MINE)
    come_in("other@example.net")
    act(client, "take_out", Holding.objects.get().pk)

    assert Holding.objects.count() == 1


def test_a_report_is_taken_out_and_goes_on(client, come_in, reportable):
    come_in()
    send(client, **MINE)
    (link,) = links(client)
    act(client, "take_out", Holding.objects.get().pk)
    client.cookies.clear()

    assert not Holding.objects.exists()
    assert client.get(link).status_code == 200


def test_it_says_where_ones_word_is_waited_for(client, come_in, district):
    with_link(district, status=Status.CLOSED, outcome=Outcome.FIXED, ended_at=now())
    come_in()
    client.get(f"/t/{SECRET}/")

    assert "现在轮到您" in client.get(MY).text


def test_pages_are_kept_by_nobody_and_ask_the_same_of_the_database(client, come_in, reportable):
    come_in()
    for _ in range(4):
        send(client, **MINE)
    answer = client.get(MY)  # its query budget is that of every request

    assert "no-store" in answer["Cache-Control"]
    assert len(links(client)) == 4


def test_signing_out_ends_it_here_and_everywhere_else(client, come_in, reportable):
    come_in()
    token = client.cookies["resident"].value
    act(client, "leave")
    other = Client()
    other.cookies["resident"] = token

    assert not Visit.objects.exists()
    assert "发送验证码" in other.get(MY).text


def test_signing_out_everywhere_closes_every_browser(client, come_in):
    come_in()
    Visit.objects.create(account=Account.objects.get(), token_hash="0" * 64, begun_at=now(), ends_at=now())
    act(client, "leave", everywhere="1")

    assert not Visit.objects.exists()


def test_a_sign_in_ends_after_a_month(client, come_in):
    come_in()
    Visit.objects.update(ends_at=now())

    assert "发送验证码" in client.get(MY).text


def test_deleted_the_account_goes_and_the_reports_stay_without_the_person(client, told):
    assert "照常办理" in client.get(reverse("portal:my_delete")).text
    act(client, "delete")

    assert (Account.objects.count(), Holding.objects.count(), Subscriber.objects.count()) == (0, 0, 0)
    assert Report.objects.get().case == Case.objects.get()
    assert Entry.objects.filter(code="residents.deleted").count() == 1
    assert "发送验证码" in client.get(MY).text


def test_each_public_step_is_told_once_without_the_reporters_words(told, post, step):
    post(after=timedelta(minutes=2))
    step(told, at=now() + timedelta(minutes=3))
    step(told, at=now() + timedelta(minutes=3), visibility=Visibility.INTERNAL)
    (mail,) = post(after=timedelta(minutes=5))

    assert told.number in mail["Subject"]
    assert "路灯" not in mail.get_content() + mail["Subject"]
    assert post(after=timedelta(minutes=7)) == []


def test_a_report_that_is_not_public_is_told_to_its_reporter_all_the_same(told, post, step):
    Case.objects.update(is_public=False)
    post(after=timedelta(minutes=2))
    step(told, at=now() + timedelta(minutes=3))

    assert len(post(after=timedelta(minutes=5))) == 1


def test_many_steps_are_one_mail(told, post, step):
    for minutes in (3, 4, 5):
        step(told, at=now() + timedelta(minutes=minutes))
    (mail,) = post(after=timedelta(minutes=9))

    assert re.search(r"[34]", mail["Subject"])


def test_one_press_in_the_mail_program_ends_the_mails_and_the_address_goes(told, post, client, step):
    step(told)
    (mail,) = post(after=timedelta(minutes=2))
    address = mail["List-Unsubscribe"].strip(" <>").removeprefix("https://grid.example.org")
    program = Client(enforce_csrf_checks=True)
    assert program.get(address).status_code == 200
    assert Subscriber.objects.exists()
    program.post(address, {"List-Unsubscribe": "One-Click"})

    assert not Subscriber.objects.exists()
    assert Account.objects.exists()
    assert program.get(address).status_code == 404
    assert program.get("/my/stop/nonsense/").status_code == 404


def test_mails_go_only_to_the_address_one_came_in_with(client, come_in):
    come_in()
    answer = be_told(client, "somebody.else@example.net")

    assert (answer.status_code, "不是您登录时用的" in answer.text) == (422, True)
    assert not Subscriber.objects.exists()


def test_turned_off_the_address_is_deleted_with_what_is_on_its_way(client, told, step):
    step(told)
    tell_residents(at=now() + timedelta(minutes=2))
    assert Letter.objects.exists()
    act(client, "tell", off="1")

    assert (Subscriber.objects.count(), Letter.objects.count()) == (0, 0)


def test_following_with_the_same_address_is_another_matter(client, told, post):
    client.post(reverse("portal:follow", args=["all", "everything"]), {"email": ADDRESS})
    assert set(Subscriber.objects.values_list("purpose", flat=True)) == {"following", "reports"}
    act(client, "tell", off="1")

    assert set(Subscriber.objects.values_list("purpose", flat=True)) == {"following"}


def test_a_desk_learns_nothing_of_accounts(client, come_in, district, people):
    with_link(district)
    come_in()
    client.get(f"/t/{SECRET}/")
    account = Account.objects.get()
    client.force_login(people.acceptor)
    page = client.get(f"/cases/{Case.objects.get().number}/").text

    assert str(account.pk) not in page
    assert not Entry.objects.filter(target__startswith="residents.", data__icontains=str(Report.objects.get().pk))
