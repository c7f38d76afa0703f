"""What an API key may be: its form, its scopes, how long it lasts."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MARK = "og"
LONGEST = timedelta(days=366)
NOBODYS_HASH = "0" * 64


class Scope(TextChoices):
    """What a key allows at most. The owner's duties still decide where."""

    READ = "cases:read", _("read cases, areas and units")
    REPORT = "cases:report", _("report cases and add evidence")
    WORK = "cases:work", _("move cases on")
    AUDIT = "audit:read", _("read the audit trail")


def joined(prefix: str, secret: str) -> str:
    """Return a key as its owner sees it, once."""
    return f"{prefix}_{secret}"


def parts(key: str) -> tuple[str, str] | None:
    """Split a key into its public prefix and its secret; nothing if it has not the form of one."""
    mark, _first, rest = key.partition("_")
    name, _second, secret = rest.partition("_")
    if mark != MARK or not name or not secret:
        return None
    return f"{mark}_{name}", secret


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It has 256 random bits, so a fast hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_same(secret: str, kept: str) -> bool:
    """Test a secret against a kept hash, in the same time whether it fits or not."""
    return hmac.compare_digest(hash_of(secret), kept)


def is_live(*, expires_at: datetime, revoked_at: datetime | None, at: datetime) -> bool:
    """Test if a key still works at a moment."""
    return revoked_at is None and at < expires_at


def why_not_scopes(scopes: list[str]) -> Promise | None:
    """Return why a key cannot have these scopes."""
    if not scopes:
        return _("Choose at least one thing the key may do.")
    if set(scopes) - set(Scope.values):
        return _("There is no such scope.")
    return None


def why_not_expiry(expires_at: datetime, at: datetime) -> Promise | None:
    """Return why a key cannot last until then."""
    if not at < expires_at <= at + LONGEST:
        return _("A key lasts at most one year.")
    return None
