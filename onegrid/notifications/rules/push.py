"""
Web push: a message that only the receiving browser can read (RFC 8291), and the proof of who sends it (RFC 8292).

Both are a few lines over `cryptography`; the ready-made library would bring an
HTTP client and an event loop of its own. The tests hold them to the example of
the standard and to an implementation that is not ours.
"""

import base64
import hashlib
import json
from collections.abc import Collection
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

RECORD = 4096  # bytes of the one record that a message is
PROOF_LASTS = timedelta(hours=12)
POINT, SECRET, SALT, COORDINATE = 65, 16, 16, 32  # bytes
_CURVE = ec.SECP256R1()
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def server_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the key by which push services know this installation; it follows from the installation's secret key."""
    seed = HKDF(SHA256(), length=48, salt=None, info=b"onegrid web push").derive(secret.encode())
    return ec.derive_private_key(int.from_bytes(seed) % (_ORDER - 1) + 1, _CURVE)


def public_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key, as browsers take it."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def encrypted(text: bytes, *, browser: bytes, auth: bytes, once: ec.EllipticCurvePrivateKey, salt: bytes) -> bytes:
    """
    Return a message that only the browser with this public key and secret can read.

    `once` is a key made for this message alone, `salt` sixteen random bytes.

    :raises ValueError: if the browser's key is no point of the curve.
    """
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, browser)
    ours = public_bytes(once)
    shared = HKDF(SHA256(), length=32, salt=auth, info=b"WebPush: info\0" + browser + ours)
    key_material = shared.derive(once.exchange(ec.ECDH(), theirs))
    key = HKDF(SHA256(), length=16, salt=salt, info=b"Content-Encoding: aes128gcm\0").derive(key_material)
    nonce = HKDF(SHA256(), length=12, salt=salt, info=b"Content-Encoding: nonce\0").derive(key_material)
    header = salt + RECORD.to_bytes(4) + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, text + b"\2", None)


def proof(key: ec.EllipticCurvePrivateKey, *, endpoint: str, contact: str, at: datetime) -> str:
    """Return the header that proves to a push service who sends, and whom to ask if something is wrong."""
    claims = {"aud": origin_of(endpoint), "exp": int((at + PROOF_LASTS).timestamp()), "sub": contact}
    signed = ".".join(url_text(json.dumps(part, separators=(",", ":")).encode()) for part in (_HEAD, claims))
    numbers = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = b"".join(number.to_bytes(COORDINATE) for number in numbers)
    return f"vapid t={signed}.{url_text(signature)}, k={url_text(public_bytes(key))}"


def is_push_service(endpoint: str, allowed: Collection[str]) -> bool:
    """
    Test if an address that a browser gave us is one of a push service that we post to.

    `allowed` names hosts, with a dot in front for all below one, or a whole origin
    such as `http://127.0.0.1:9000`. Without the list anybody signed in could have
    us post to any machine that we reach.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username is not None or not endpoint.isascii() or not endpoint.isprintable():
        return False
    if origin_of(endpoint) in allowed:
        return True
    is_known = any(host == name or (name.startswith(".") and host.endswith(name)) for name in allowed)
    return parts.scheme == "https" and port in {None, 443} and is_known


def is_browser_key(key: bytes, auth: bytes) -> bool:
    """Test if a browser's key and secret have the form that a message can be encrypted for."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, key)
    except ValueError:
        return False
    return len(key) == POINT and len(auth) == SECRET


def origin_of(endpoint: str) -> str:
    """Return scheme, host and port of an address."""
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"


def topic_of(name: str) -> str:
    """Return what makes a push service replace an undelivered message by a later one of the same name."""
    return url_text(hashlib.sha256(name.encode()).digest())[:32]


def url_text(data: bytes) -> str:
    """Return bytes as base64 for addresses, without filling."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def from_url_text(text: str) -> bytes:
    """
    Return the bytes of such a text.

    :raises ValueError: if it is none.
    """
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


_HEAD = {"typ": "JWT", "alg": "ES256"}
