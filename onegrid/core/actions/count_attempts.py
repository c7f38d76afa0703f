"""
Count how often a source has tried something, and forget it when that is over.

Not in the shared cache: that one holds so many entries and then throws some away, so that a flood from many sources
would wipe out what was counted of each.
"""

from datetime import datetime

from django.db import connection, transaction

from onegrid.core.models import Attempts

_COUNT = """
INSERT INTO core_attempts AS kept (key, count, until) VALUES (%s, %s, %s)
ON CONFLICT (key) DO UPDATE SET count = kept.count + excluded.count RETURNING count
"""


@transaction.atomic(durable=True)
def count_attempt(*, key: str, weight: int, until: datetime) -> int:
    """Add to what was counted under a key, and return the sum; it is kept until then. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, weight, until])
        (count,) = cursor.fetchone()
    return int(count)


@transaction.atomic(durable=True)
def forget_attempts(*, at: datetime) -> int:
    """Delete the counts that are over, and return how many."""
    count, _ = Attempts.objects.filter(until__lte=at).delete()
    return count


@transaction.atomic(durable=True)
def forget_cached(*, at: datetime) -> int:
    """Delete what has run out in the shared cache, where it would lie until somebody asks for it; return how much."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_cache WHERE expires < %s", [at])
        return int(cursor.rowcount)
