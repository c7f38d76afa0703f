"""API keys: whose one is, and which ones somebody has."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext

from onegrid.accounts import rules
from onegrid.accounts.models import ApiKey, User
from onegrid.core.snapshots import Remembered

KEYS = "api keys"


def live_key(text: str, at: datetime) -> ApiKey | None:
    """
    Return the key with this text and its owner, if it works at that moment; not to change.

    It comes from memory, where a revoked one is gone after `SNAPSHOT_SECONDS`, and is asked for otherwise.
    An unknown prefix takes as long as a wrong secret.
    """
    split = rules.parts(text)
    if split is None:
        return None
    prefix, secret = split
    key = _known.get(prefix)
    fits = rules.is_same(secret, key.secret_hash if key else rules.NOBODYS_HASH)
    if key is None or not fits or not key.user.is_active:
        return None
    return key if rules.is_live(expires_at=key.expires_at, revoked_at=key.revoked_at, at=at) else None


def _read(prefix: str) -> ApiKey | None:
    return ApiKey.objects.select_related("user").filter(prefix=prefix).first()


_known = Remembered(KEYS, _read)


def user_for_key(text: str, at: datetime) -> User | None:
    """Return whose key this is, if it works at that moment."""
    key = live_key(text, at)
    return key.user if key else None


@dataclass(frozen=True)
class KeyRow:
    """A key as its owner sees it listed."""

    id: UUID
    name: str
    prefix: str
    scopes: str
    expires_at: datetime
    last_used_on: date | None


def keys_of(user: User, at: datetime) -> list[KeyRow]:
    """Return somebody's keys that still work, newest first."""
    return [
        KeyRow(
            id=key.id,
            name=key.name,
            prefix=key.prefix,
            scopes=gettext(", ").join(str(rules.Scope(scope).label) for scope in key.scopes),
            expires_at=key.expires_at,
            last_used_on=key.last_used_on,
        )
        for key in live_keys_of(user, at)
    ]


def live_keys_of(user: User, at: datetime) -> Sequence[ApiKey]:
    """Return somebody's keys that still work as they are kept, newest first."""
    return list(user.api_keys.filter(revoked_at=None, expires_at__gt=at).order_by("-created_at"))
