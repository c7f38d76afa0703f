"""Background work of following."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.following.public import end_follows, over, tell_followers


@app.task(queueing_lock="following.tell")
def tell(timestamp: int, **_: object) -> int:
    """Tell followers what is new, and return how many letters that are. Meant for every minute."""
    return tell_followers(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="following.end")
def end(timestamp: int, **_: object) -> int:
    """End what has lasted its time with the addresses that go with it, and return how many follows that were."""
    at = datetime.fromtimestamp(timestamp, UTC)
    return end_follows(at=at, over=[follow.pk for follow in over(at=at)])
