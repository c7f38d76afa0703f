"""
How often one source may send a report, counted in the cache that all processes share.

No address is kept: the count stands under a keyed hash of it, and the key changes every day.
"""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

MOST: Final = 30  # an hour: a household behind one address, and then some
WINDOW: Final = timedelta(hours=1)


def knock(request: HttpRequest, *, at: datetime) -> datetime | None:
    """Count an attempt; return the moment to try again where there were too many this hour."""
    local = timezone.localtime(at)
    opened = local.replace(minute=0, second=0, microsecond=0)
    key = f"portal.report:{opened:%Y%m%d%H}:{_pseudonym(request, local)}"
    count = cache.get(key, 0) + 1  # two at the same moment count as one, which does no harm
    cache.set(key, count, timeout=WINDOW.total_seconds())
    return opened + WINDOW if count > MOST else None


def _pseudonym(request: HttpRequest, local: datetime) -> str:
    key = hmac.digest(settings.SECRET_KEY.encode(), f"portal.report {local:%Y-%m-%d}".encode(), hashlib.sha256)
    return hmac.new(key, _source(request).encode(), hashlib.sha256).hexdigest()[:32]


def _source(request: HttpRequest) -> str:
    """Return who asks; behind our own proxy the last address it has added, which no sender can choose."""
    if settings.BEHIND_TLS and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))
