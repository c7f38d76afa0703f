"""Background work of live updates."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.live.public import trim_changes


@app.task(queueing_lock="live.trim")
def trim(timestamp: int, **_: object) -> int:
    """Forget the changes of yesterday, and return how many that were."""
    return trim_changes(at=datetime.fromtimestamp(timestamp, UTC))
