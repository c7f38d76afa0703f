"""
From where a request comes, and a name for that by which limits count.

Where limits per source have to be kept for a while they are kept under that name: a keyed hash, whose key is another
every day and stands nowhere in the database.
"""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

ONE_LINE: Final = 64  # bits that all addresses of one line of IPv6 have in common; the rest its owner chooses


def source_of(environ: Mapping[str, object]) -> str:
    """Return who asks; behind our own proxy the last address it has added, which no sender can choose."""
    forwarded = str(environ.get("HTTP_X_FORWARDED_FOR", "")) if settings.BEHIND_TLS else ""
    said = forwarded.rpartition(",")[2].strip() or str(environ.get("REMOTE_ADDR", ""))
    if ":" not in said:
        return said
    try:
        address = ip_address(said)
    except ValueError:
        return said
    return _line(address) if isinstance(address, IPv6Address) else said


def pseudonym(request: HttpRequest, *, at: datetime) -> str:
    """Return the name of a request's source on this day."""
    day = timezone.localtime(at)
    key = hmac.digest(settings.SECRET_KEY.encode(), f"core.sources {day:%Y-%m-%d}".encode(), hashlib.sha256)
    return hmac.new(key, source_of(request.META).encode(), hashlib.sha256).hexdigest()[:32]


def _line(address: IPv6Address) -> str:
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address, ONE_LINE), strict=False).network_address)
