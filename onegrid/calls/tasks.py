"""Background work of calls: they end, and are forgotten, by themselves."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.calls.actions.end_calls import end_due, forget_due


@app.task(queueing_lock="calls.end_due")
def end(timestamp: int, **_: object) -> int:
    """End the calls whose last day is over, and return how many."""
    return end_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="calls.forget_due")
def forget(timestamp: int, **_: object) -> int:
    """Forget what calls said that ended long enough ago, and return how many."""
    return forget_due(at=datetime.fromtimestamp(timestamp, UTC))
