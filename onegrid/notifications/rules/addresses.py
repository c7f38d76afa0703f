"""Where somebody can be reached: telephone numbers in one form, and the link that proves an e-mail address."""

import hashlib
import re
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.core.validators import validate_email

LINK_LASTS = timedelta(days=3)
BETWEEN_LINKS = timedelta(minutes=2)  # so that nobody fills somebody's mailbox from here
LONGEST_EMAIL = 254
_SALT = "onegrid.notifications.address"
_PHONE = re.compile(r"\+?\d{5,15}")
_FILLING = re.compile(r"[\s().\-\u2010-\u2015（）]")


def phone_in_one_form(text: str) -> str | None:
    """Return a telephone number as digits, perhaps after a plus; nothing if it cannot be one."""
    bare = _FILLING.sub("", text)
    return bare if _PHONE.fullmatch(bare) and bare.isascii() else None


def is_email(text: str) -> bool:
    """Test if a text has the form of an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def email_in_one_form(text: str) -> str | None:
    """Return an e-mail address with its host in small letters; nothing if it cannot be one."""
    said = text.strip()
    if len(said) > LONGEST_EMAIL or not is_email(said):
        return None
    name, _at, host = said.rpartition("@")
    return f"{name}@{host.lower()}"


def token_for(user_id: UUID, address: str) -> str:
    """Return what a link carries that goes to an address, to prove that it is this person's. It holds neither."""
    return _signer().sign(_stamp(user_id, address))


def is_proof(token: str, *, user_id: UUID, address: str) -> bool:
    """Test if a token was made for this person and address, at most three days ago."""
    try:
        stamp = _signer().unsign(token, max_age=LINK_LASTS)
    except BadSignature:
        return False
    return bool(address) and stamp == _stamp(user_id, address)


def _signer() -> TimestampSigner:
    return TimestampSigner(salt=_SALT, sep=".")  # a colon may end a link in a mail program


def _stamp(user_id: UUID, address: str) -> str:
    return hashlib.sha256(f"{user_id.hex}\0{address}".encode()).hexdigest()[:32]
