"""Under which hashes addresses, codes and browsers are known again, and how links are sealed, by one key."""

import hashlib
import hmac
import re
import unicodedata
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

DIGITS = 6
NONCE = 12  # bytes
_FILLING = re.compile(r"[\s\-]")
_HOME = re.compile(r"(?:\+|00)86(?=1\d{10}$)")  # so that a mobile number is one, with and without its country


def code_of(number: int) -> str:
    """Return a number below a million as a code."""
    return f"{number:0{DIGITS}d}"


def typed_code(text: str) -> str:
    """Return what somebody typed as a code is written: full-width digits, spaces and hyphens do no harm."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", text))


def at_home(number: str) -> str:
    """Return a telephone number without the country code, where it is a mobile number of this country."""
    return _HOME.sub("", number)


def address_mark(channel: str, address: str, *, key: str) -> str:
    """Return by what an address is known again; case plays no part, as no mail provider makes a difference."""
    return _mark("address", channel, address.casefold(), key=key)


def code_mark(code_id: UUID, code: str, *, key: str) -> str:
    """Return by what a code is known again; the same digits asked for another time have another mark."""
    return _mark("code", code_id.hex, code, key=key)


def token_hash(token: str) -> str:
    """Return under what the token of a browser's cookie is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(secret: str, *, for_: UUID, key: str, nonce: bytes) -> bytes:
    """Return the secret of a private link sealed for one row; `nonce` is twelve fresh bytes."""
    return nonce + AESGCM(_sealing(key)).encrypt(nonce, secret.encode(), for_.bytes)


def opened(kept: bytes, *, for_: UUID, key: str) -> str:
    """Return the secret that was sealed for a row; nothing where the installation's key has changed since."""
    try:
        return AESGCM(_sealing(key)).decrypt(kept[:NONCE], kept[NONCE:], for_.bytes).decode()
    except (InvalidTag, ValueError):
        return ""


def _sealing(key: str) -> bytes:
    return hmac.digest(key.encode(), b"residents.link", hashlib.sha256)


def _mark(*parts: str, key: str) -> str:
    made = hmac.digest(key.encode(), b"residents.mark", hashlib.sha256)
    return hmac.new(made, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
