"""Photos, voices and films that are sent on WeChat become evidence of the case, through the checks of all files."""

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onegrid.cases.models import Evidence, TimelineEntry
from onegrid.channels.actions import wechat_api
from onegrid.channels.actions.bring_file import bring_file, look_after_files
from onegrid.channels.actions.wechat_api import WechatError
from onegrid.channels.models import FileState, SentFile
from onegrid.channels.rules.keeping import FILES_KEPT
from onegrid.channels.tests.wechat import OPENID
from onegrid.core.tests import samples

pytestmark = pytest.mark.django_db


def report_with(wechat, kind="image", media_id="m1"):
    """Report with one file, and return it."""
    wechat.send(kind, MediaId=media_id, PicUrl="http://example.org/", Format="amr")
    wechat.report()
    return SentFile.objects.get()


def bring(file, at=None):
    return bring_file(file_id=file.pk, at=at or timezone.now())


def test_asks_for_words_when_a_photo_comes_first(wechat):
    said = wechat.send("image", MediaId="m1")

    assert "1 个" in said
    assert "写下" in said


def test_makes_a_photo_evidence_once(wechat, server):
    server.media["m1"] = samples.photo()
    file = report_with(wechat)

    assert [bring(file), bring(file)] == [True, False]

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.is_public, evidence.added_by) == ("photo", False, None)
    assert evidence.case_id == file.case_id
    assert TimelineEntry.objects.get(kind="evidence").channel == "wechat"


def test_puts_the_fetching_into_the_queue_with_the_report(wechat, server):
    file = report_with(wechat)

    jobs = ProcrastinateJob.objects.filter(task_name="onegrid.channels.tasks.bring")
    assert [job.args for job in jobs] == [{"file_id": str(file.pk)}]


def test_fetches_nothing_of_a_report_that_was_cancelled(wechat):
    wechat.send("image", MediaId="m1")
    wechat.say("取消")

    assert not SentFile.objects.exists()


def test_follows_a_film_to_where_wechat_keeps_it(wechat, server):
    server.films["m1"] = samples.photo()  # a film that is a photo: what it is, its bytes say

    bring(report_with(wechat, "video"))

    assert Evidence.objects.get().kind == "photo"


def test_goes_nowhere_but_to_wechat_for_a_film(wechat, server, settings, monkeypatch):
    monkeypatch.setattr(
        server,
        "_json",
        lambda handler, _said: server._bytes(
            handler, b'{"video_url": "http://127.0.0.1:1/x"}', kind="application/json"
        ),
    )
    wechat_api.cache.set(wechat_api.TOKEN, "token-0")
    server.tokens.append("token-0")
    server.films["m1"] = b""

    with pytest.raises(WechatError):
        bring(report_with(wechat, "video"))


@pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"GIF89a/*<html>", b"MZ\x90\x00" + bytes(500), b""])
def test_refuses_a_file_that_lies_about_what_it_is_and_says_so_in_the_case(wechat, server, content):
    server.media["m1"] = content
    file = report_with(wechat)

    assert bring(file) is False

    file.refresh_from_db()
    assert file.state == FileState.REFUSED
    assert not Evidence.objects.exists()
    note = TimelineEntry.objects.get(kind="note")
    assert (note.visibility, note.channel) == ("internal", "wechat")


def test_says_in_the_case_that_a_file_is_not_to_be_had(wechat, server):
    file = report_with(wechat)

    assert bring(file) is False

    file.refresh_from_db()
    assert file.state == FileState.LOST


def test_waits_for_a_wechat_that_is_away(wechat, server):
    server.media["m1"] = samples.photo()
    file = report_with(wechat)
    server.refusals.append(-1)  # the system is busy

    with pytest.raises(WechatError):
        bring(file)

    assert bring(file) is True


def test_gives_up_a_file_when_wechat_no_longer_has_it(wechat, server):
    file = report_with(wechat)

    left = look_after_files(at=timezone.now() + FILES_KEPT * 2)

    file.refresh_from_db()
    assert (left, file.state) == (0, FileState.LOST)


def test_asks_for_one_token_and_for_another_when_it_has_ended(wechat, server):
    server.media.update(m1=samples.photo(), m2=samples.photo())
    bring(report_with(wechat))
    server.end_tokens()
    wechat_api.fetch_media("m2", most=10**6)
    wechat_api.fetch_media("m2", most=10**6)

    assert [token for token in server.tokens if token.startswith("token")] == ["token-0", "token-2"]


def test_takes_nothing_that_is_larger_than_it_may_be(wechat, server):
    server.media["m1"] = bytes(2000)

    with pytest.raises(WechatError, match="too large"):
        wechat_api.fetch_media("m1", most=1000)


def test_keeps_a_voice_and_what_wechat_understood_of_it(wechat, server):
    server.media["m1"] = b"#!AMR\n" + b"\x3c" + bytes(31)

    said = wechat.send("voice", MediaId="m1", Format="amr", Recognition="路灯不亮")

    assert "1 路灯不亮" in said
    assert SentFile.objects.get().correspondent.address == OPENID
