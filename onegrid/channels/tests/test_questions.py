"""A desk asks the reporter: the question goes out by the door they wrote through, the answer into the case."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from onegrid.cases.models import Case, Evidence, Report, TimelineEntry, Visibility
from onegrid.cases.public import ask_reporter, link_hash
from onegrid.cases.states import IllegalMoveError, Outcome, Status
from onegrid.channels.actions.bring_file import bring_file
from onegrid.channels.actions.tell_reporter import look_after_notices, send_notice, tell_reporter
from onegrid.channels.models import Filing, Notice, NoticeState, SentFile
from onegrid.channels.tests.test_take_mail import answer, mailbox, take
from onegrid.core.errors import InvalidInputError
from onegrid.core.tests import samples
from onegrid.notifications.public import TransportError
from onegrid.oversight.models import Entry

__all__ = ["mailbox"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]
QUESTION = "路灯杆上有编号吗？拍一张照片更好。"


@pytest.fixture
def ask(people):
    """A desk asks about the only case; the question goes out as far as it can."""

    def put(text=QUESTION):
        entry = ask_reporter(case_id=Case.objects.get().pk, text=text, by=people.acceptor, at=timezone.now())
        tell_reporter(entry_id=entry.pk, at=timezone.now())
        return [send_notice(notice_id=notice.pk, at=timezone.now()) for notice in Notice.objects.all()]

    return put


@pytest.fixture
def follower(wechat, server):
    """Somebody who follows the account and has reported a lamp."""
    wechat.send("event", Event="subscribe")
    wechat.report()
    return wechat


@pytest.fixture
def writer(mailbox):
    """Somebody who has reported a lamp by e-mail and got the answer."""
    take()
    answer(mailbox)
    mailbox.mails.clear()
    return mailbox


def notes():
    return list(TimelineEntry.objects.filter(kind="note", by_user=None).values_list("text", "visibility", "channel"))


def test_goes_out_on_wechat_in_full_and_the_answer_comes_into_the_case(follower, server, ask):
    assert ask() == [True]
    [message] = server.texts
    assert QUESTION in message["text"]["content"]
    said = follower.say("有，LD-0417")

    assert Case.objects.get().number in said
    assert notes() == [("有，LD-0417", "internal", "wechat")]


def test_a_photo_and_a_place_sent_as_answers_are_added_too(follower, server, ask):
    ask()
    server.media["photo-1"] = samples.photo()
    follower.send("image", MediaId="photo-1", PicUrl="x")
    follower.stand_at(label="博园路 9 号")
    bring_file(file_id=SentFile.objects.get().pk, at=timezone.now())

    assert Evidence.objects.get().case == Case.objects.get()
    assert notes()[0][0].startswith("博园路 9 号")
    assert Case.objects.count() == 1


def test_what_is_sent_within_the_hour_is_added_and_then_a_report_begins(follower, server, ask):
    ask()
    follower.say("有编号")
    follower.say("是 LD-0417")
    Filing.objects.update(answers_until=timezone.now())
    follower.say("另外一件事：井盖坏了")

    assert [text for text, *_ in notes()] == ["有编号", "是 LD-0417"]


@pytest.mark.parametrize("text", ["上报", "帮助", "English", "OG-000000-000001"])
def test_commands_and_numbers_are_no_answers(follower, server, ask, text):
    ask()
    follower.say(text)

    assert notes() == []


def test_a_report_that_was_begun_goes_on_while_a_question_waits(follower, server, ask):
    follower.say("上报")
    ask()
    follower.say("还有一盏灯也不亮了")

    assert notes() == []


def test_adds_to_ones_own_case_by_its_number_and_never_to_anothers(follower, server, wechat):
    number = Case.objects.get().number
    follower.say(f"{number} 今天又坏了一盏")
    wechat.openid = "somebody-else"
    wechat.say(f"{number} 我来捣乱")

    assert [text for text, *_ in notes()] == ["今天又坏了一盏"]


def test_who_has_not_written_for_two_days_hears_that_there_is_a_question(follower, server, ask, settings):
    settings.WECHAT_TEMPLATE = "template-1"
    server.refusals.append(45015)
    ask()

    [message] = server.templates
    assert message["data"]["thing2"] == {"value": "有一个问题想问您"}
    assert "/t/" in message["url"]
    assert QUESTION not in str(message)


def test_goes_out_by_mail_in_the_thread_and_the_reply_comes_into_the_case(writer, ask):
    assert ask() == [True]
    [asked] = writer.mails
    assert QUESTION in asked.get_content()
    assert "/t/" in asked.get_content()
    assert asked["In-Reply-To"] == "<1@example.org>"
    take("有，LD-0417\n\n> 路灯杆上有编号吗", message_id="<9@example.org>", In_Reply_To=asked["Message-ID"],
         files=[("pole.jpg", samples.photo())])  # fmt: skip
    bring_file(file_id=SentFile.objects.get().pk, at=timezone.now())

    assert notes() == [("有，LD-0417", "internal", "email")]
    assert Evidence.objects.get().case == Case.objects.get()
    assert Case.objects.get().number in answer(writer).get_content()


def test_the_reply_of_another_address_adds_nothing(writer, ask):
    ask()
    take("把它关了", sender="mallory@example.org", message_id="<9@x>", In_Reply_To=writer.mails[0]["Message-ID"])

    assert notes() == []


def test_a_mail_server_that_is_away_is_tried_again_under_the_same_id(writer, ask):
    writer.refuses["li.si@example.org"] = "451 later"
    with pytest.raises(TransportError):
        ask()
    writer.refuses.clear()
    assert look_after_notices(at=timezone.now()) == 1
    notice = Notice.objects.get()
    send_notice(notice_id=notice.pk, at=timezone.now())

    assert notice.pk.hex in writer.mails[0]["Message-ID"]
    assert Notice.objects.get().state == NoticeState.SENT


def test_an_address_that_is_refused_for_good_is_given_up(writer, ask):
    writer.refuses["li.si@example.org"] = "550 nobody here"

    assert ask() == [False]
    assert Notice.objects.get().state == NoticeState.GIVEN_UP


def test_steps_are_not_told_by_mail_as_before(writer, people):
    entry = TimelineEntry.objects.create(
        case=Case.objects.get(), kind="move", move="accept", visibility=Visibility.PUBLIC, channel="desk",
        happened_at=timezone.now(), received_at=timezone.now(),
    )  # fmt: skip

    assert tell_reporter(entry_id=entry.pk, at=timezone.now()) == 0


def test_stands_on_the_private_page_until_it_is_answered_and_on_no_public_one(client, writer, ask):
    ask()
    case = Case.objects.get()
    Report.objects.update(link_hash=link_hash("the-secret"))
    assert QUESTION in client.get("/t/the-secret/").text
    assert QUESTION not in client.get(reverse("portal:case", args=[case.number])).text
    client.post("/t/the-secret/add/", {"more-text": "有，LD-0417"})

    assert QUESTION not in client.get("/t/the-secret/").text


def test_the_desk_asks_by_a_note_for_the_reporter(client, writer, people):
    case = Case.objects.get()
    client.force_login(people.acceptor)
    client.post(f"/cases/{case.number}/do/note/", {"version": case.version, "text": QUESTION, "visibility": "question"})
    page = client.get(f"/cases/{case.number}/").text

    assert "问上报人" in page
    assert Entry.objects.filter(code="cases.ask_reporter").count() == 1


@pytest.mark.parametrize("text", ["", "  ", "问" * 601])
def test_nothing_or_too_much_is_not_asked(writer, ask, text):
    with pytest.raises(InvalidInputError):
        ask(text)

    assert not Notice.objects.exists()


def test_nobody_is_asked_about_what_is_over(writer, ask):
    Case.objects.update(status=Status.CLOSED, outcome=Outcome.FIXED, ended_at=timezone.now())
    with pytest.raises(IllegalMoveError):
        ask()


def test_an_answer_after_the_case_has_ended_begins_no_report_by_itself(follower, server, ask):
    ask()
    Case.objects.update(status=Status.CLOSED, outcome=Outcome.FIXED, ended_at=timezone.now() - timedelta(minutes=1))
    follower.say("有，LD-0417")

    assert notes() == []
    assert Case.objects.count() == 1
