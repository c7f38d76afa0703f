"""Background work of the workspace."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.workspace.actions.run_batch import forget_batches


@app.task(queueing_lock="workspace.remove_batches")
def remove_batches(timestamp: int, **_: object) -> int:
    """Remove the reports of bulk steps that are older than 90 days, and return how many."""
    return forget_batches(at=datetime.fromtimestamp(timestamp, UTC))
