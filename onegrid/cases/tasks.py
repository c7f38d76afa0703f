"""Background work of cases."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.cases.public import fold_counters, resume_due_cases


@app.task(queueing_lock="cases.fold")
def fold(timestamp: int, **_: object) -> None:
    """Fold what has changed into the counters of the areas. Meant for every minute; readers are exact without it."""
    fold_counters(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="cases.resume")
def resume(timestamp: int, **_: object) -> None:
    """Let the cases go on whose suspension is over. Meant for every minute; their clocks run on without it."""
    while resume_due_cases(at=datetime.fromtimestamp(timestamp, UTC)):
        pass
