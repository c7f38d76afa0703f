"""
WeChat, by other hands: a person whose messages are signed and sealed with wechatpy, and its interface over HTTP.

What wechatpy cannot read back, WeChat could not either.
"""

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner, random_string

TOKEN, APP_ID, SECRET = "the-token", "wx0123456789abcdef", "the-secret"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ADDRESS = "/channels/wechat/"
OFFICIAL = "gh_onegrid"
OPENID = "oLVPpjqs9BhvzwPj5A-vTYAX3GLc"


def signed(*, at=None, nonce=None, token=TOKEN):
    """Return the parameters that WeChat adds to the address."""
    timestamp, nonce = str(int(at if at is not None else time.time())), nonce or random_string(10)
    signer = WeChatSigner()
    signer.add_data(token, timestamp, nonce)
    return {"signature": signer.signature, "timestamp": timestamp, "nonce": nonce}


def document(kind, *, openid=OPENID, message_id=None, created=None, **fields):
    """Return a message as WeChat writes it."""
    ids = {"MsgId": message_id or random_string(16)} if kind != "event" else {}
    named = {
        "ToUserName": OFFICIAL, "FromUserName": openid, "CreateTime": str(created or int(time.time())),
        "MsgType": kind, **fields, **ids,
    }  # fmt: skip
    return "<xml>" + "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in named.items()) + "</xml>"


class Wechat:
    """A person who writes to the official account; every answer is read with wechatpy."""

    def __init__(self, client, *, openid=OPENID, is_sealed=False):
        self.client, self.openid, self.is_sealed = client, openid, is_sealed
        self.crypto = WeChatCrypto(TOKEN, AES_KEY, APP_ID)

    def post(self, body, **parameters):
        """Post a body as it is, under a fresh signature or the one given."""
        query = {**signed(), "openid": self.openid, **parameters}
        return self.client.post(ADDRESS, body, content_type="text/xml", query_params=query)

    def send(self, kind, **fields):
        """Send a message; return the words of the answer."""
        body = document(kind, openid=self.openid, **fields)
        response = self.post_sealed(body) if self.is_sealed else self.post(body)
        assert response.status_code == 200
        return self.read(response)

    def post_sealed(self, body, **more):
        """Post a message sealed by wechatpy."""
        query = signed()
        sealed = self.crypto.encrypt_message(body, query["nonce"], query["timestamp"])
        message_signature = sealed.split("<MsgSignature><![CDATA[")[1].split("]]")[0]
        return self.post(sealed, **{**query, "encrypt_type": "aes", "msg_signature": message_signature, **more})

    def read(self, response):
        """Return the words of an answer, opened first where it is sealed."""
        said = response.content.decode()
        if said == "success":
            return ""
        if self.is_sealed:
            fields = {
                name: said.split(f"<{name}>")[1].split(f"</{name}>")[0]
                for name in ("MsgSignature", "TimeStamp", "Nonce")
            }
            said = self.crypto.decrypt_message(said, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
        reply = parse_message(said)
        assert (reply.type, reply.target, reply.source) == ("text", self.openid, OFFICIAL)
        return reply.content

    def say(self, text, **fields):
        return self.send("text", Content=text, **fields)

    def stand_at(self, *, lon=120.6096, lat=27.9025, label="博园路 8 号"):
        """Send a location, in the coordinates of China's maps."""
        return self.send("location", Location_X=lat, Location_Y=lon, Scale=16, Label=label)

    def report(self, text="路灯不亮，三天了"):
        """Go the whole way, and return the last answer."""
        self.say(text)
        self.say("1")
        self.stand_at()
        return self.say("1")


class WechatServer:
    """WeChat's interface: tokens that end, the bytes of media, template messages that are refused or taken."""

    def __init__(self):
        self.media, self.films, self.templates, self.texts, self.tokens = {}, {}, [], [], []
        self.refusals, self.is_down, self.loses_answers = [], False, False
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):  # as the library calls it
                server._get(self)

            def do_POST(self):  # as the library calls it
                server._post(self, json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

            def log_message(self, *_):
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def end_tokens(self):
        """Let every token that was given out no longer count."""
        self.tokens.append("nobody has this one")

    def _get(self, handler):
        asked, query = urlsplit(handler.path), parse_qs(urlsplit(handler.path).query)
        if asked.path.startswith("/film/"):
            return self._bytes(handler, self.films[asked.path.removeprefix("/film/")])
        if refusal := self._refusal(query):
            return self._json(handler, refusal)
        media_id = query["media_id"][0]
        if media_id in self.films:
            return self._json(handler, {"video_url": f"{self.origin}/film/{media_id}"})
        if media_id not in self.media:
            return self._json(handler, {"errcode": 40007, "errmsg": "invalid media_id"})
        return self._bytes(handler, self.media[media_id])

    def _post(self, handler, document):
        path, query = urlsplit(handler.path).path, parse_qs(urlsplit(handler.path).query)
        if path == "/cgi-bin/stable_token":
            if (document["appid"], document["secret"]) != (APP_ID, SECRET) or self.is_down:
                return self._json(handler, {"errcode": 40125, "errmsg": "invalid appsecret"})
            self.tokens.append(f"token-{len(self.tokens)}")
            return self._json(handler, {"access_token": self.tokens[-1], "expires_in": 7200})
        if refusal := self._refusal(query):
            return self._json(handler, refusal)
        (self.templates if path.endswith("/template/send") else self.texts).append(document)
        if self.loses_answers:
            return None
        return self._json(handler, {"errcode": 0, "errmsg": "ok", "msgid": len(self.templates)})

    def _refusal(self, query):
        if query["access_token"] != self.tokens[-1:]:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        return {"errcode": self.refusals.pop(0), "errmsg": "no"} if self.refusals else None

    def _json(self, handler, said):
        self._bytes(handler, json.dumps(said).encode(), kind="application/json; encoding=utf-8")

    def _bytes(self, handler, body, *, kind="image/jpeg"):
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
