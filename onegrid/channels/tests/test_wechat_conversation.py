"""A person on WeChat turns messages into a report."""

import re

import pytest
from django.urls import reverse

from onegrid.cases.models import Case, Report, TimelineEntry
from onegrid.channels.models import Correspondent, Filing
from onegrid.channels.tests.wechat import OPENID, Wechat, document, signed

pytestmark = pytest.mark.django_db


def test_becomes_a_case_by_four_messages(wechat):
    kinds = wechat.say("路灯不亮，三天了")
    place = wechat.say("1")
    summary = wechat.stand_at()
    receipt = wechat.say("1")

    case = Case.objects.get()
    assert "1 路灯不亮" in kinds
    assert "位置" in place
    assert "博园路 8 号" in summary
    assert case.number in receipt
    assert (case.channel, case.description, case.category.code) == ("wechat", "路灯不亮，三天了", "roads.lamp")
    assert (case.original_system, case.address, case.community_name) == ("gcj02", "博园路 8 号", "博园社区")


def test_is_told_whom_to_call_as_soon_as_the_words_are_of_danger(wechat):
    calm, danger = wechat.say("路灯不亮"), wechat.say("电线着火了")
    wechat.say("0")
    wechat.stand_at()
    receipt = wechat.say("1")

    call = "遇到危险请拨打：110 报警  119 火警  120 急救"
    assert "119" not in calm
    assert danger.startswith(call)
    assert receipt.startswith(call)
    assert Case.objects.get().number in receipt


def test_gets_a_private_link_that_opens(wechat, client):
    receipt = wechat.report()

    secret = re.search(r"/t/([\w-]+)/", receipt)[1]
    assert client.get(reverse("portal:private", args=[secret])).status_code == 200


def test_may_name_the_community_instead_of_sending_a_location(wechat):
    wechat.say("路灯不亮")
    wechat.say("0")
    wechat.say("博园社区")
    wechat.say("是")

    case = Case.objects.get()
    assert (case.community_name, case.category, case.accuracy_m is None) == ("博园社区", None, False)


def test_may_say_where_it_is_in_the_first_words(wechat):
    wechat.say("博园社区门口路灯不亮")

    assert "博园社区" in wechat.say("1")


def test_adds_words_until_it_is_confirmed(wechat):
    wechat.say("路灯不亮")
    wechat.say("1")
    wechat.stand_at()
    wechat.say("就在超市门口")
    wechat.say("1")

    assert Case.objects.get().description == "路灯不亮\n就在超市门口"


def test_forgets_what_is_cancelled(wechat):
    wechat.say("路灯不亮")
    wechat.say("取消")
    wechat.say("1")

    assert not Case.objects.exists()


def test_says_at_once_that_a_place_is_not_in_the_district(wechat):
    wechat.say("路灯不亮")
    wechat.say("1")

    said = wechat.stand_at(lon=116.39, lat=39.9)

    assert "不在" in said or "范围" in said
    assert not Case.objects.exists()


def test_is_asked_again_where_no_place_has_the_name(wechat):
    wechat.say("路灯不亮")
    wechat.say("1")

    assert "社区" in wechat.say("月球")


def test_is_answered_in_the_language_that_was_chosen(wechat):
    wechat.say("English")

    assert "Write what is wrong" in wechat.say("help")


def test_keeps_who_wrote_apart_from_the_case(wechat):
    wechat.report()

    report = Report.objects.get()
    assert (report.is_anonymous, report.reporter_name, report.reporter_contact) == (True, "", "")
    assert Filing.objects.get().correspondent.address == OPENID
    assert not [entry for entry in TimelineEntry.objects.values() if OPENID in str(entry)]
    assert Correspondent.objects.get().forget_on


def test_takes_one_message_sent_three_times_once_and_answers_it_the_same(wechat):
    wechat.say("路灯不亮")
    wechat.say("1")
    wechat.stand_at()
    again = {"message_id": "777", "created": 1764000000}

    answers = {wechat.say("1", **again) for _ in range(3)}

    assert len(answers) == 1
    assert Case.objects.count() == 1


def test_two_people_do_not_hear_each_other(wechat, client):
    wechat.say("路灯不亮")

    assert "路灯" not in Wechat(client, openid="another").say("是")


def test_is_told_how_a_case_stands_and_no_more_than_its_page_tells(wechat):
    wechat.report()
    number = Case.objects.get().number

    said = wechat.say(f"{number.lower()}")

    assert number in said
    assert "路灯不亮，三天了" not in said  # nobody has accepted the words yet
    assert "茶山街道指挥中心" in said


def test_is_told_nothing_of_a_case_that_is_not_public(wechat):
    wechat.report()
    Case.objects.update(is_public=False)

    assert "没有找到" in wechat.say(Case.objects.get().number)


def test_is_welcomed_who_subscribes_and_nothing_is_said_to_who_leaves(wechat):
    welcome = wechat.send("event", Event="subscribe", EventKey="")
    assert "欢迎" in welcome
    assert Correspondent.objects.get().subscribed_at

    assert wechat.send("event", Event="unsubscribe", EventKey="") == ""
    assert Correspondent.objects.get().subscribed_at is None


@pytest.mark.parametrize(("key", "answer"), [("REPORT", "写"), ("STATUS", "编号"), ("HELP", "取消")])
def test_is_led_by_the_buttons_of_the_menu(wechat, key, answer):
    assert answer in wechat.send("event", Event="CLICK", EventKey=key)


def test_passes_over_events_that_mean_nothing_here(wechat):
    assert wechat.send("event", Event="VIEW", EventKey="https://example.org") == ""


def test_reports_at_most_so_many_in_an_hour(wechat, monkeypatch):
    monkeypatch.setattr("onegrid.channels.actions.take_message.MOST_REPORTS", 1)
    wechat.report()

    assert "小时" in wechat.report()
    assert Case.objects.count() == 1


def test_proves_to_wechat_who_we_are(account, client):
    response = client.get("/channels/wechat/", {**signed(), "echostr": "5838479218127813673"})

    assert (response.status_code, response.content) == (200, b"5838479218127813673")


def test_is_closed_while_no_account_is_set(district, client):
    response = client.post("/channels/wechat/", document("text", Content="x"), content_type="text/xml")

    assert response.status_code == 404
