"""How this month went, in counts that each open to their rows."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils.timezone import localtime

from onegrid.cases.public import Outcome, strangers

SECONDS = 60  # for which counts are kept: counting reads every row
KEY = "portal.month"


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """The counts of a month that has begun on a day."""

    since: date
    open_now: int
    reported: int
    ended: int
    fixed: int


def month_of(moment: datetime) -> Month:
    """Return the counts of the month a moment lies in; they may be a minute old. One statement, beside the cache's."""
    begins = localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    key = f"{KEY}.{begins:%Y%m}"
    counts = cache.get(key)
    if counts is None:
        counts = strangers.listed().aggregate(
            open_now=Count("pk", filter=Q(ended_at__isnull=True)),
            reported=Count("pk", filter=Q(reported_at__gte=begins)),
            ended=Count("pk", filter=Q(ended_at__gte=begins)),
            fixed=Count("pk", filter=Q(ended_at__gte=begins, outcome=Outcome.FIXED)),
        )
        cache.set(key, counts, SECONDS)
    return Month(since=begins.date(), **counts)
