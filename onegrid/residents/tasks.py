"""Background work of residents."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.residents.public import end_accounts, tell_residents


@app.task(queueing_lock="residents.tell")
def tell(timestamp: int, **_: object) -> int:
    """Tell residents what is new in their reports, and return how many letters that are. Meant for every minute."""
    return tell_residents(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="residents.end")
def end(timestamp: int, **_: object) -> int:
    """End what has lasted its time, and return how many accounts that were."""
    return end_accounts(at=datetime.fromtimestamp(timestamp, UTC))
