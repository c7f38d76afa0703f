"""Background work of dispatch."""

import time
from datetime import UTC, datetime
from uuid import UUID

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onegrid.dispatch.public import sweep_deadlines, tell_late_orders, tell_of_entry

MOST_OF_A_MINUTE = 45  # seconds
AGAIN = RetryStrategy(max_attempts=6, exponential_wait=4)


@app.task(queueing_lock="dispatch.sweep")
def sweep(timestamp: int, **_: object) -> int:
    """
    Tell of the limits that come near or have passed, for most of a minute. Meant for every minute.

    Two at once do no harm, and one that was missed is made up for by the next.
    """
    until = time.monotonic() + MOST_OF_A_MINUTE
    return sweep_deadlines(at=datetime.fromtimestamp(timestamp, UTC), is_enough=lambda: time.monotonic() > until)


@app.task(queueing_lock="dispatch.sweep_orders")
def sweep_orders(timestamp: int, **_: object) -> int:
    """Tell of the supervision orders that nobody has answered in time. Meant for every minute."""
    return tell_late_orders(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(retry=AGAIN)
def tell_of(entry_id: str, **_: object) -> int:
    """Tell those whom an entry of a timeline concerns."""
    return tell_of_entry(entry_id=UUID(entry_id), at=now())
