"""Background work of oversight."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.oversight.public import seal_entries


@app.task(queueing_lock="oversight.seal")
def seal(timestamp: int, **_: object) -> None:
    """Seal what has settled. Meant for every minute; it leaves it to another sealer that is at it."""
    seal_entries(at=datetime.fromtimestamp(timestamp, UTC))
