"""Background work of cases."""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from onegrid.cases.actions.look_through import ask_to_look_at_waiting
from onegrid.cases.actions.look_through import look_through as look_through_photos
from onegrid.cases.public import fold_counters, recompute_clocks, resume_due_cases, turn_months
from onegrid.core.errors import PASSING
from onegrid.core.snapshots import refresh
from onegrid.units.public import calendars_changed_at

MOST_OF_A_MINUTE = 45  # seconds
# How many times as long as anybody may hold old calendars in memory. By then whoever began with them has finished.
_UNTIL_SETTLED = 5


@app.task(queueing_lock="cases.fold")
def fold(timestamp: int, **_: object) -> None:
    """Fold what has changed into the counters of the areas. Meant for every minute; readers are exact without it."""
    fold_counters(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="cases.resume")
def resume(timestamp: int, **_: object) -> None:
    """Let the cases go on whose suspension is over. Meant for every minute; their clocks run on without it."""
    while resume_due_cases(at=datetime.fromtimestamp(timestamp, UTC)):
        pass


@app.task(queueing_lock="cases.turn_months")
def turn_draw_months(timestamp: int, **_: object) -> None:
    """Make the secret of a month's draws when it begins and publish it when it is over. Meant for every hour."""
    turn_months(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="cases.recompute", lock="cases.recompute")
def recompute(timestamp: int, **_: object) -> None:
    """
    Go on reckoning all clocks anew where a calendar has changed, for most of a minute. Meant for every minute.

    The state of the calendars is compared with the last that was reckoned by, so that no change is missed. It waits
    until everybody reckons by a change: nobody writes older moments behind it.
    """
    until = time.monotonic() + MOST_OF_A_MINUTE
    refresh()
    changed_at = calendars_changed_at()
    if changed_at:
        settled_at = changed_at + timedelta(seconds=settings.SNAPSHOT_SECONDS * _UNTIL_SETTLED)
        time.sleep(max(0.0, (settled_at - datetime.now(UTC)).total_seconds()))
    recompute_clocks(at=datetime.fromtimestamp(timestamp, UTC), is_enough=lambda _walked: time.monotonic() > until)


@app.task(retry=RetryStrategy(max_attempts=6, exponential_wait=4, retry_exceptions=set(PASSING)))
def look_through(sha256: str, **_: object) -> int:
    """Look the waiting photos of these bytes through for faces and plates, and return how many have a copy now."""
    return look_through_photos(sha256=sha256, at=now())


@app.task(queueing_lock="cases.ask_to_look")
def ask_to_look(timestamp: int, **_: object) -> int:  # noqa: ARG001  # given to every periodic task
    """Ask again for the photos that still wait, and return how many files that is. Meant for every minute."""
    return ask_to_look_at_waiting()
