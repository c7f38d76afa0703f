"""Background work of cases."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.cases.public import fold_counters, turn_months


@app.task(queueing_lock="cases.fold")
def fold(timestamp: int, **_: object) -> None:
    """Fold what has changed into the counters of the areas. Meant for every minute; readers are exact without it."""
    fold_counters(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="cases.turn_months")
def turn_draw_months(timestamp: int, **_: object) -> None:
    """Make the secret of a month's draws when it begins and publish it when it is over. Meant for every hour."""
    turn_months(at=datetime.fromtimestamp(timestamp, UTC))
