"""Background work of tips: what has to go, goes."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from onegrid.tips.actions.delete_due import delete_due
from onegrid.tips.actions.keep_part import drop_unsent
from onegrid.tips.actions.note_deeds import write_deeds
from onegrid.tips.actions.puzzles import forget_puzzles
from onegrid.tips.actions.warn_due import warn_due


@app.task(queueing_lock="tips.delete_due")
def delete(timestamp: int, **_: object) -> int:
    """Delete the tips whose day has come, and return how many."""
    return delete_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="tips.drop_unsent")
def drop(timestamp: int, **_: object) -> int:
    """Delete files whose messages never came, and return how many rows went."""
    return drop_unsent(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="tips.forget_puzzles")
def forget(timestamp: int, **_: object) -> None:
    """Forget the puzzles that have run out."""
    forget_puzzles(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="tips.warn_due")
def warn(timestamp: int, **_: object) -> int:
    """Warn readers of tips that go soon, and return how many go."""
    return warn_due(at=datetime.fromtimestamp(timestamp, UTC))


@app.task(queueing_lock="tips.write_deeds")
def write(timestamp: int, **_: object) -> int:
    """Write what readers did on days before into the trail, and return how many lines."""
    return write_deeds(at=datetime.fromtimestamp(timestamp, UTC))
