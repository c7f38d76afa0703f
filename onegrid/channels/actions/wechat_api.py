"""WeChat's interface for official accounts: the access token, the bytes of what somebody sent, a template message."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache

TIMEOUT = 10  # seconds, for each answer we wait for
TOKEN = "channels.wechat.token"  # noqa: S105 — the key in the cache, not the token
EARLIER = 300  # seconds before its end that a token is no longer used
_STALE = {40001, 40014, 42001}  # the token is not, or no longer, the one that counts
# No such person or file, they do not follow us, no such template; they have not written for two days, enough was said.
_FINAL = {40003, 40007, 43004, 43101, 40037, 45015, 45047}
_OF_WECHAT = ".qq.com"


class WechatError(Exception):
    """
    WeChat was not reached, or refused. `code` is its own; `is_final` says that asking again is of no use.

    `is_lost` says that nobody knows whether it has taken what we asked: the question left, no answer came.
    """

    def __init__(self, why: str, *, code: int = 0, is_lost: bool = False) -> None:
        super().__init__(why)
        self.code, self.is_final, self.is_lost = code, code in _FINAL, is_lost


def fetch_media(media_id: str, *, most: int) -> bytes:
    """
    Return the bytes of what somebody sent, at most so many.

    :raises WechatError: if it is not to be had, or larger.
    """
    kind, body = _with_token("GET", "/cgi-bin/media/get", {"media_id": media_id}, most=most)
    if "json" not in kind and "text/plain" not in kind:
        return body
    url = str(_said(body).get("video_url", ""))
    parts = urlsplit(url)
    # Films lie elsewhere. The address comes from WeChat, but we go only where WeChat is at home.
    if not _is_wechats(parts.scheme, parts.netloc):
        why = "no film"
        raise WechatError(why)
    return _ask("GET", f"{parts.scheme}://{parts.netloc}", f"{parts.path}?{parts.query}", most=most)[1]


def send_template(message: Mapping[str, object]) -> None:
    """
    Send a template message; one with the same `client_msg_id` is sent once by WeChat, for ten minutes.

    :raises WechatError: if it was not taken.
    """
    _with_token("POST", "/cgi-bin/message/template/send", {}, document=message)


def send_text(openid: str, text: str) -> None:
    """
    Send somebody words of ours (客服消息), which WeChat takes for two days after they last wrote.

    :raises WechatError: if it was not taken.
    """
    message = {"touser": openid, "msgtype": "text", "text": {"content": text}}
    _with_token("POST", "/cgi-bin/message/custom/send", {}, document=message)


def _is_wechats(scheme: str, host: str) -> bool:
    own = urlsplit(settings.WECHAT_API_URL)
    return (scheme, host) == (own.scheme, own.netloc) or (scheme == "https" and host.endswith(_OF_WECHAT))


def _with_token(
    method: str, path: str, query: Mapping[str, str], *, document: Mapping[str, object] | None = None, most: int = 65536
) -> tuple[str, bytes]:
    """Ask with the token; once more with a fresh one where WeChat says that ours no longer counts."""
    for is_last in (False, True):
        asked = urlencode({"access_token": _token(), **query})
        kind, body = _ask(method, settings.WECHAT_API_URL, f"{path}?{asked}", document=document, most=most)
        code = int(_said(body).get("errcode", 0)) if "json" in kind or "text/plain" in kind else 0
        if not code:
            return kind, body
        if is_last or code not in _STALE:
            why = f"errcode {code}"
            raise WechatError(why, code=code)
        cache.delete(TOKEN)
    raise AssertionError


def _token() -> str:
    """Return the token that all processes share; a new one is asked for before the old one ends."""
    if held := cache.get(TOKEN):
        return str(held)
    document = {
        "grant_type": "client_credential",
        "appid": settings.WECHAT_APP_ID,
        "secret": settings.WECHAT_SECRET,
    }
    try:
        said = _said(_ask("POST", settings.WECHAT_API_URL, "/cgi-bin/stable_token", document=document)[1])
    except WechatError as error:
        raise WechatError(str(error)) from None  # whatever became of it, what the token is for has not been asked yet
    if not said.get("access_token"):
        code = int(said.get("errcode", 0))
        why = f"no token, errcode {code}"
        raise WechatError(why)
    cache.set(TOKEN, said["access_token"], timeout=max(1, int(said.get("expires_in", 0)) - EARLIER))
    return str(said["access_token"])


def _said(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except ValueError as fault:
        why = "not JSON"
        raise WechatError(why, is_lost=True) from fault
    return said if isinstance(said, dict) else {}


def _ask(
    method: str, origin: str, path: str, *, document: Mapping[str, object] | None = None, most: int = 65536
) -> tuple[str, bytes]:
    """Return the type and the bytes of an answer. An error says nothing of what was asked: addresses hold tokens."""
    parts = urlsplit(origin)
    connect = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = connect(parts.hostname or "", parts.port, timeout=TIMEOUT)
    body = json.dumps(document, ensure_ascii=False).encode() if document is not None else None
    is_asked = False
    try:
        connection.connect()
        is_asked = True
        connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
        return _read(connection.getresponse(), most=most)
    except (OSError, HTTPException) as error:
        raise WechatError(type(error).__name__, is_lost=is_asked) from None
    finally:
        connection.close()


def _read(answer: HTTPResponse, *, most: int) -> tuple[str, bytes]:
    body = answer.read(most + 1)
    if answer.status != HTTPStatus.OK or len(body) > most:
        why = f"HTTP {answer.status}" if answer.status != HTTPStatus.OK else "too large"
        raise WechatError(why, is_lost=True)
    return answer.headers.get("Content-Type", ""), body
