"""
The address that WeChat posts to, for an official account (公众号): messages come in, the answer goes back at once.

Closed while no account is set. What does not come from WeChat, or came before as something else, is refused without a
word on why; what fails on our side is answered as our fault, and WeChat sends it again.
"""

import hashlib
import secrets
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from onegrid.channels.actions.take_message import take_message
from onegrid.channels.readers.words import in_words
from onegrid.channels.rules import wechat_messages, wechat_seal
from onegrid.channels.rules.keeping import hash_of
from onegrid.channels.rules.plain_xml import UnreadableMessageError, document_of, fields_of
from onegrid.channels.rules.wechat_seal import Account, ForgedMessageError

LARGEST: Final = 64 * 1024  # bytes; a message has few, the bytes of a photo lie with WeChat
SEALED: Final = "aes"
NOTHING: Final = "success"  # what WeChat wants to hear where there is nothing to say


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def callback(request: HttpRequest) -> HttpResponse:
    """Answer WeChat: its question whether we are who it thinks (GET), and each message (POST)."""
    if not settings.WECHAT_TOKEN:
        return _said("", status=HTTPStatus.NOT_FOUND)
    account = Account(token=settings.WECHAT_TOKEN, app_id=settings.WECHAT_APP_ID, aes_key=settings.WECHAT_AES_KEY)
    try:
        asked = _checked(request, account)
        if request.method == "GET":
            return _said(request.GET.get("echostr", ""))
        return _said(_answer(request, account, asked=asked), kind="text/xml")
    except ForgedMessageError:
        return _said("", status=HTTPStatus.FORBIDDEN)
    except UnreadableMessageError:
        return _said("", status=HTTPStatus.BAD_REQUEST)


def _checked(request: HttpRequest, account: Account) -> str:
    """Return the signature of a request that WeChat has signed just now."""
    signature, timestamp, nonce = (request.GET.get(name, "") for name in ("signature", "timestamp", "nonce"))
    wechat_seal.require_signature(signature, account.token, timestamp, nonce)
    wechat_seal.require_fresh(timestamp, now=timezone.now().timestamp())
    return signature


def _answer(request: HttpRequest, account: Account, *, asked: str) -> str:
    body = _body(request)
    fields = fields_of(body)
    is_sealed = request.GET.get("encrypt_type") == SEALED
    if is_sealed != bool(account.aes_key):  # who has a key takes nothing in the open, which others could write
        raise ForgedMessageError
    if is_sealed:
        sealed, given = fields.get("Encrypt", ""), request.GET.get("msg_signature", "")
        moment, nonce = request.GET.get("timestamp", ""), request.GET.get("nonce", "")
        wechat_seal.require_signature(given, account.token, moment, nonce, sealed)
        body = wechat_seal.opened(sealed, account)
        fields = fields_of(body)
    # In the open the signature does not cover the body: it is good for one only.
    proof = "" if is_sealed else hash_of("wechat", asked)
    arrived = wechat_messages.arrived(fields, body_hash=hashlib.sha256(body).hexdigest(), proof=proof)
    now = timezone.now()
    reply, language = take_message(arrived, at=now)
    if reply is None:
        return NOTHING
    text = in_words(reply, language=language, at=now)
    document = wechat_messages.reply_document(text, fields, moment=int(now.timestamp()))
    return _sealed(document, account, moment=str(int(now.timestamp()))) if is_sealed else document


def _body(request: HttpRequest) -> bytes:
    body = request.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise UnreadableMessageError
    return body


def _sealed(document: str, account: Account, *, moment: str) -> str:
    nonce = secrets.token_hex(8)
    sealed = wechat_seal.sealed(document, account, random=secrets.token_bytes(wechat_seal.RANDOM))
    signature = wechat_seal.signature(account.token, moment, nonce, sealed)
    return document_of({"Encrypt": sealed, "MsgSignature": signature, "TimeStamp": moment, "Nonce": nonce})


def _said(text: str, *, status: int = HTTPStatus.OK, kind: str = "text/plain") -> HttpResponse:
    return HttpResponse(
        text, status=status, content_type=f"{kind}; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
