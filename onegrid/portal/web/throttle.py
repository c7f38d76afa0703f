"""
How often one source may send a report or a file of one, or have a mail sent, counted in the cache that all share.

No address is kept: the count stands under a keyed hash of it, and the key changes every day.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Door:
    """Something that may be done so many times an hour, or so much of it."""

    name: str
    most: int


REPORTS: Final = Door("report", 30)  # a household behind one address, and then some
MAILS: Final = Door("follow", 30)
CODES: Final = Door("codes", 20)
TRIES: Final = Door("tries", 60)  # of codes
UPLOADS: Final = Door("uploads", 2048)  # megabytes: many people stand behind one address of a mobile network


def knock(request: HttpRequest, door: Door, *, at: datetime, weight: int = 1) -> datetime | None:
    """Count an attempt by its weight; return the moment to try again where there were too many this hour."""
    local = timezone.localtime(at)
    opened = local.replace(minute=0, second=0, microsecond=0)
    key = f"portal.{door.name}:{opened:%Y%m%d%H}:{_pseudonym(request, local)}"
    count = cache.get(key, 0) + weight  # two at the same moment count as one, which does no harm
    cache.set(key, count, timeout=WINDOW.total_seconds())
    return opened + WINDOW if count > door.most else None


def _pseudonym(request: HttpRequest, local: datetime) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), f"portal.report {local:%Y-%m-%d}".encode(), hashlib.sha256)
    return hmac.new(key, _source(request).encode(), hashlib.sha256).hexdigest()[:32]


def _source(request: HttpRequest) -> str:
    """Return who asks; behind our own proxy the last address it has added, which no sender can choose."""
    if settings.BEHIND_TLS and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
