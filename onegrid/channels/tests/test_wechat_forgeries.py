"""What does not come from WeChat, or came before, or is built to do harm, is refused and leaves nothing."""

import time

import pytest

from onegrid.channels.models import Correspondent, Message
from onegrid.channels.tests.wechat import AES_KEY, Wechat, document, signed

pytestmark = pytest.mark.django_db
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><FromUserName>&c;</FromUserName></xml>'
)
OUTSIDE = '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><Content>&x;</Content></xml>'


@pytest.fixture
def sealing(wechat, client, settings):
    settings.WECHAT_AES_KEY = AES_KEY
    return Wechat(client, is_sealed=True)


@pytest.mark.parametrize(
    "parameters",
    [
        {"signature": "0" * 40},
        {"signature": "字"},
        {"timestamp": "１２３"},
        signed(token="another"),  # noqa: S106
        signed(at=time.time() - 3600),
        signed(at=time.time() + 3600),
    ],
)
def test_refuses_a_forged_or_old_signature(wechat, parameters):
    response = wechat.post(document("text", Content="路灯不亮"), **parameters)

    assert response.status_code == 403
    assert not Correspondent.objects.exists()


def test_refuses_another_body_under_a_signature_that_was_overheard(wechat):
    overheard = signed()
    wechat.post(document("text", Content="路灯不亮"), **overheard)

    response = wechat.post(document("text", Content="取消"), **overheard)

    assert response.status_code == 403
    assert Message.objects.count() == 1


def test_refuses_another_body_under_the_id_of_a_message(wechat):
    wechat.say("路灯不亮", message_id="778", created=1764000000)

    response = wechat.post(document("text", Content="取消", message_id="778", created=1764000000))

    assert response.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS,
        OUTSIDE,
        "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
        "<xml>" + "<a/>" * 5000 + "</xml>",
        "<xml><?php x ?></xml>",
        "<xml>",
        "",
        "{}",
        b"<xml>\xff\xfe</xml>",
        "<xml><Content>&#0;</Content></xml>",
        "<xml/>",
        document("location", Location_X="nan", Location_Y="1"),
        document("image"),
        document("text", openid="o" * 500, Content="x"),
        document("text", Content="x" * 70_000),
    ],
)
def test_refuses_hostile_documents(wechat, body):
    response = wechat.post(body)

    assert response.status_code == 400
    assert not Message.objects.exists()


def test_seals_and_opens_as_another_implementation_does(sealing):
    assert "1 路灯不亮" in sealing.say("路灯不亮 <&> ]]>")


def test_refuses_what_is_not_sealed_where_there_is_a_key(sealing):
    assert sealing.post(document("text", Content="路灯不亮")).status_code == 403


def test_refuses_a_sealed_body_that_was_changed(sealing):
    response = sealing.post_sealed(document("text", Content="路灯不亮"), msg_signature="0" * 40)

    assert response.status_code == 403


def test_refuses_what_was_sealed_for_another_account(sealing, settings):
    settings.WECHAT_APP_ID = "wx_another"

    assert sealing.post_sealed(document("text", Content="路灯不亮")).status_code == 403


def test_refuses_what_was_sealed_with_another_key(sealing, settings):
    settings.WECHAT_AES_KEY = AES_KEY[::-1]

    assert sealing.post_sealed(document("text", Content="路灯不亮")).status_code == 403


def test_refuses_hostile_documents_inside_the_seal(sealing):
    assert sealing.post_sealed(LAUGHS).status_code == 400
