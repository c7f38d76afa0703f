"""
How WeChat signs and seals what it posts and is answered with (消息加解密): SHA-1 and AES-256-CBC.

The forms are WeChat's own and are not to be copied for anything else: the key's first half is the initial vector, and
only the signature around the sealed text keeps others from changing it. So it is checked before anything is opened.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext, algorithms, modes

BLOCK = 32  # bytes to which WeChat pads; AES itself would need sixteen
RANDOM = 16  # bytes in front that make two sealings of one text differ
KEY_LENGTH = 32
AGE = 300  # seconds that a signed moment may lie back, or ahead


class ForgedMessageError(Exception):
    """What was posted does not come from WeChat, or not for this account, or was posted before as something else."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """The official account (公众号): the token both sides know, its id, and the key where it seals its messages."""

    token: str
    app_id: str
    aes_key: str = ""

    def key(self) -> bytes:
        """Return the key; WeChat gives 43 characters of Base64 and leaves out the last."""
        return base64.b64decode(self.aes_key + "=")


def signature(*parts: str) -> str:
    """Return WeChat's signature over some parts, whose order does not matter."""
    return hashlib.sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def require_signature(given: str, *parts: str) -> None:
    """
    Let past what is signed with these parts, one of them the token.

    :raises ForgedMessageError: if it is not.
    """
    if not hmac.compare_digest(given.encode(), signature(*parts).encode()):
        raise ForgedMessageError


def require_fresh(timestamp: str, *, now: float) -> None:
    """
    Let past what was signed just now.

    :raises ForgedMessageError: if it was signed long ago, as whatever is replayed, or is no moment.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < RANDOM):
        raise ForgedMessageError
    if abs(now - int(timestamp)) > AGE:
        raise ForgedMessageError


def opened(sealed: str, account: Account) -> bytes:
    """
    Return the text that was sealed for this account.

    :raises ForgedMessageError: if it was sealed with another key, for another account, or is damaged.
    """
    try:
        raw = base64.b64decode(sealed, validate=True)
        cipher = _cipher(account).decryptor()
        plain = _through(cipher, raw)
        padding = plain[-1]
        (length,) = struct.unpack(">I", plain[RANDOM : RANDOM + 4])
    except (binascii.Error, ValueError, IndexError, struct.error) as fault:
        raise ForgedMessageError from fault
    body = plain[RANDOM + 4 : -padding]
    if not 1 <= padding <= BLOCK or length > len(body) or body[length:] != account.app_id.encode():
        raise ForgedMessageError
    return body[:length]


def sealed(text: str, account: Account, *, random: bytes) -> str:
    """Return a text sealed for this account; `random` is sixteen fresh bytes."""
    body = text.encode()
    plain = random + struct.pack(">I", len(body)) + body + account.app_id.encode()
    padding = BLOCK - len(plain) % BLOCK
    cipher = _cipher(account).encryptor()
    return base64.b64encode(_through(cipher, plain + bytes([padding]) * padding)).decode()


def _through(cipher: CipherContext, data: bytes) -> bytes:
    """Return what a cipher makes of whole blocks."""
    made = bytearray(len(data) + BLOCK)
    length = cipher.update_into(data, made)
    return bytes(made[:length]) + cipher.finalize()


def _cipher(account: Account) -> Cipher[modes.CBC]:
    key = account.key()
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))
