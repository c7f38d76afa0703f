"""
How often one source may send a report or a file of one, or have a mail sent, counted where all processes see it.

No address is kept: the count stands under a name that changes every day, and goes when the hour is over.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from onegrid.core.actions.count_attempts import count_attempt
from onegrid.core.web.sources import pseudonym

WINDOW: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Door:
    """Something that may be done so many times an hour, or so much of it."""

    name: str
    most: int


# Each sending counts, also one that is answered by a question or shows kinds without script: two or three for a report.
REPORTS: Final = Door("report", settings.REPORTS_PER_HOUR)
MAILS: Final = Door("follow", 30)
CODES: Final = Door("codes", 20)
TRIES: Final = Door("tries", 60)  # of codes
UPLOADS: Final = Door("uploads", 2048)  # megabytes: many people stand behind one address of a mobile network


def knock(request: HttpRequest, door: Door, *, at: datetime, weight: int = 1) -> datetime | None:
    """Count an attempt by its weight; return the moment to try again where there were too many this hour."""
    opened = timezone.localtime(at).replace(minute=0, second=0, microsecond=0)
    key = f"portal.{door.name}:{opened:%Y%m%d%H}:{pseudonym(request, at=at)}"
    count = count_attempt(key=key, weight=weight, until=opened + WINDOW)
    return opened + WINDOW if count > door.most else None
