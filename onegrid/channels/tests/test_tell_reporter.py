"""Reporters who follow the account are told of each step that the public page shows, once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.cases.models import Case, TimelineEntry
from onegrid.cases.public import accept_case
from onegrid.channels.actions.forget_correspondents import forget_correspondents
from onegrid.channels.actions.tell_reporter import look_after_notices, send_notice, tell_reporter
from onegrid.channels.actions.wechat_api import WechatError
from onegrid.channels.models import Correspondent, Filing, Message, Notice, NoticeState
from onegrid.channels.tests.wechat import OPENID

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted(wechat, server, people, settings):
    """Return the entry of an acceptance, of a case that a follower has reported."""
    settings.WECHAT_TEMPLATE = "template-1"
    wechat.send("event", Event="subscribe")
    wechat.report()
    case = Case.objects.get()
    accept_case(case_id=case.pk, version=case.version, by=people.acceptor, at=timezone.now())
    return TimelineEntry.objects.get(move="accept")


def tell(entry):
    return tell_reporter(entry_id=entry.pk, at=timezone.now())


def send(at=None):
    return send_notice(notice_id=Notice.objects.get().pk, at=at or timezone.now())


def test_has_the_telling_in_the_queue_with_the_step(accepted):
    jobs = ProcrastinateJob.objects.filter(task_name="onegrid.channels.tasks.tell")

    assert [job.args for job in jobs] == [{"entry_id": str(accepted.pk)}]


def test_is_told_what_the_page_shows(accepted, server):
    tell(accepted)
    send()

    [message] = server.templates
    assert (message["touser"], message["template_id"]) == (OPENID, "template-1")
    assert message["data"]["thing2"] == {"value": "已受理"}
    assert message["url"].endswith(f"/{Case.objects.get().number}/")


def test_is_told_once(accepted, server):
    assert [tell(accepted), tell(accepted)] == [1, 0]
    assert [send(), send()] == [True, False]

    assert len(server.templates) == 1


def test_is_told_nothing_who_does_not_follow(accepted, wechat, server):
    wechat.send("event", Event="unsubscribe")

    assert tell(accepted) == 0


def test_is_told_nothing_any_more_who_has_left_meanwhile(accepted, wechat, server):
    tell(accepted)
    wechat.send("event", Event="unsubscribe")

    assert send() is False
    assert server.templates == []


def test_is_told_nothing_that_is_internal(accepted):
    TimelineEntry.objects.filter(pk=accepted.pk)
    internal = TimelineEntry.objects.create(
        case=accepted.case,
        kind="note",
        visibility="internal",
        channel="desk",
        happened_at=timezone.now(),
        received_at=timezone.now(),
    )

    assert tell(internal) == 0


def test_tries_again_under_the_same_id_when_wechat_is_away(accepted, server):
    tell(accepted)
    server.refusals.append(-1)
    with pytest.raises(WechatError):
        send()

    assert send() is True
    assert server.templates[0]["client_msg_id"] == Notice.objects.get().pk.hex


def test_gives_up_where_wechat_says_that_nobody_follows(accepted, server):
    tell(accepted)
    server.refusals.append(43004)

    assert send() is False
    assert Notice.objects.get().state == NoticeState.GIVEN_UP


def test_tells_nobody_twice_when_a_worker_dies_after_wechat_took_it(accepted, server):
    tell(accepted)
    send()
    Notice.objects.update(state=NoticeState.SENDING, tried_at=timezone.now() - timedelta(hours=1))

    assert look_after_notices(at=timezone.now()) == 0
    assert send() is False
    assert len(server.templates) == 1
    assert Notice.objects.get().state == NoticeState.GIVEN_UP


def test_tells_nobody_twice_when_the_answer_is_lost(accepted, server):
    tell(accepted)
    server.loses_answers = True

    assert [send(), send()] == [False, False]
    assert len(server.templates) == 1
    assert Notice.objects.get().state == NoticeState.GIVEN_UP


def test_tries_again_when_nobody_answers_at_wechats_address(accepted, server, settings):
    tell(accepted)
    settings.WECHAT_API_URL, right = "http://127.0.0.1:1", settings.WECHAT_API_URL
    with pytest.raises(WechatError):
        send()
    settings.WECHAT_API_URL = right

    assert send() is True


def test_leaves_a_notice_to_the_worker_who_sends_it(accepted, server):
    tell(accepted)
    Notice.objects.update(state=NoticeState.SENDING, tried_at=timezone.now())

    assert send() is False


def test_tells_nobody_tomorrow_what_was_yesterday(accepted):
    tell(accepted)

    assert look_after_notices(at=timezone.now() + timedelta(days=2)) == 0
    assert Notice.objects.get().state == NoticeState.GIVEN_UP


def test_forgets_who_wrote_when_nothing_of_theirs_runs_any_more(accepted):
    Case.objects.update(status="refused", outcome="not_ours", ended_at=timezone.now() - timedelta(days=5))

    later = timezone.now() + timedelta(days=31)
    assert forget_correspondents(at=later) == 1

    assert not (Correspondent.objects.exists())
    assert not (Filing.objects.exists())
    assert not (Message.objects.exists())
    assert Case.objects.count() == 1


def test_keeps_who_wrote_while_their_case_runs(accepted):
    later = timezone.now() + timedelta(days=31)

    assert forget_correspondents(at=later) == 0
    assert Correspondent.objects.get().forget_on > later.date()
