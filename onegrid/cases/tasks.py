"""Background work of cases."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.cases.public import fold_counters


@app.task(queueing_lock="cases.fold")
def fold(timestamp: int, **_: object) -> None:
    """Fold what has changed into the counters of the areas. Meant for every minute; readers are exact without it."""
    fold_counters(at=datetime.fromtimestamp(timestamp, UTC))
