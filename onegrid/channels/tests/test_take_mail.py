"""What people write by e-mail becomes a report, or more on one, and is answered once in its thread."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from django.utils import timezone

from onegrid.cases.models import Case, Evidence, Report, TimelineEntry
from onegrid.channels.actions.answer_mail import answer_mail
from onegrid.channels.actions.bring_file import bring_file
from onegrid.channels.actions.take_mail import take_mail
from onegrid.channels.models import Correspondent, FileState, Filing, Message, SentFile
from onegrid.channels.rules.mails import DEEPEST, LARGEST, UnreadableMailError
from onegrid.channels.rules.threads import id_for
from onegrid.core.tests import samples
from onegrid.notifications.tests.conftest import mailbox

__all__ = ["mailbox"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account")]
LI = "Li.Si@Example.org"


def mail(
    text="博园社区门口的路灯三天不亮了",
    *,
    sender=LI,
    subject="路灯不亮",
    message_id="<1@example.org>",
    files=(),
    **headers,
):
    """Return a mail as a mail program writes it."""
    made = EmailMessage(policy=SMTP)
    made["From"], made["To"], made["Subject"] = f"李四 <{sender}>", "report@grid.example.org", subject
    if message_id:
        made["Message-ID"] = message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    for name, content in files:
        made.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    return made.as_bytes()


def take(*arguments, **more):
    return take_mail(mail(*arguments, **more), at=timezone.now())


def answer(mailbox):
    """Send the newest answer; return it as it arrived."""
    answer_mail(message_id=Message.objects.latest("taken_at").pk, at=timezone.now())
    return mailbox.mails[-1]


def test_becomes_a_case_where_it_says_the_place():
    assert take() is True

    case = Case.objects.get()
    assert (case.channel, case.title, case.community_name) == ("email", "路灯不亮", "博园社区")
    assert "三天不亮" in case.description


def test_is_answered_once_in_its_thread_with_number_and_link(mailbox):
    take()

    said = answer(mailbox)
    answer(mailbox)

    assert len(mailbox.mails) == 1
    assert (said["To"], said["In-Reply-To"], said["Auto-Submitted"]) == (LI.lower(), "<1@example.org>", "auto-replied")
    text = said.get_content()
    assert Case.objects.get().number in text
    assert "https://grid.example.org/t/" in text


def test_changes_nothing_when_it_comes_twice():
    assert [take(), take()] == [True, False]

    assert Case.objects.count() == 1


def test_is_asked_for_the_place_and_the_answer_completes_it(mailbox):
    take("路灯三天不亮了")
    asked = answer(mailbox)
    assert not Case.objects.exists()

    take(
        "博园社区\n\n> 在哪里？", message_id="<2@example.org>", subject="Re: 路灯不亮", In_Reply_To=asked["Message-ID"]
    )

    assert Case.objects.get().description == "路灯不亮\n路灯三天不亮了"


def test_keeps_who_wrote_apart_from_the_case():
    take()

    report = Report.objects.get()
    assert (report.is_anonymous, report.reporter_name, report.reporter_contact) == (True, "", "")
    assert Filing.objects.get().correspondent.address == LI.lower()


def test_adds_what_is_answered_to_the_case(mailbox):
    take()
    number = Case.objects.get().number
    sent = answer(mailbox)

    take(
        "现在两盏都不亮了。\n\nOn Monday OneGrid wrote:\n> 谢谢",
        message_id="<3@example.org>",
        References=f"<1@example.org> {sent['Message-ID']}",
    )

    note = TimelineEntry.objects.get(kind="note")
    assert (note.text, note.visibility, note.channel) == ("现在两盏都不亮了。", "internal", "email")
    assert number in answer(mailbox).get_content()


def test_adds_nothing_from_another_address():
    take()
    ours = id_for(Message.objects.get().pk, domain="grid.example.org")

    take("把它关了吧", sender="mallory@example.org", message_id="<4@example.org>", In_Reply_To=ours)

    assert not TimelineEntry.objects.filter(kind="note").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.example.org>"},
        {"Return_Path": "<>"},
        {"X_Loop": "report@grid.example.org"},
    ],
)
def test_answers_no_program(headers):
    assert take(**headers) is False
    assert not Correspondent.objects.exists()


@pytest.mark.parametrize("sender", ["MAILER-DAEMON@example.org", "no-reply@example.org", "postmaster@example.org"])
def test_answers_no_mail_server(sender):
    assert take(sender=sender) is False


def test_answers_not_itself(settings):
    settings.MAIL_ADDRESS = LI

    assert take() is False


def test_makes_attachments_evidence():
    take(files=[("lamp.jpg", samples.photo())])

    assert bring_file(file_id=SentFile.objects.get().pk, at=timezone.now()) is True
    assert Evidence.objects.get().kind == "photo"
    assert SentFile.objects.get().content is None


def test_refuses_an_attachment_that_lies_about_its_type():
    take(files=[("lamp.jpg", b"MZ\x90\x00" + bytes(300))])

    assert bring_file(file_id=SentFile.objects.get().pk, at=timezone.now()) is False
    assert SentFile.objects.get().state == FileState.REFUSED


def nested(depth):
    return b"From: li@example.org\nContent-Type: multipart/mixed; boundary=b0\n\n" + b"".join(
        b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (i, i + 1) for i in range(depth)
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nothing",
        b"From: a@example.org, b@example.org\n\nx",
        b"From: <script>\n\nx",
        nested(DEEPEST + 3),
        b"From: li@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 200 + b"--b--",
        b"From: li@example.org\n\n" + b"x" * LARGEST,
    ],
)
def test_refuses_what_is_no_mail(raw):
    with pytest.raises(UnreadableMailError):
        take_mail(raw, at=timezone.now())

    assert not Correspondent.objects.exists()


@pytest.mark.parametrize(
    "raw",
    [
        b"From: li@example.org\nSubject: =?utf-8?b?////?=\nContent-Type: text/plain; charset=nonsense\n\n\xff\xfe",
        b"From: li@example.org\nMessage-ID: <a\nReferences: " + b"<x@y> " * 3000 + b"\n\nhello",
        b"From: li@example.org\nContent-Type: text/html\n\n<style>p{}</style><p>lamp<script>alert(1)</script>",
        "From: li@example.org\nContent-Type: text/plain; charset=gb2312\n\n路灯不亮".encode("gb18030"),
    ],
)
def test_takes_what_is_merely_odd(raw):
    assert take_mail(raw, at=timezone.now()) is True
    assert "<" not in Correspondent.objects.get().draft["text"]
