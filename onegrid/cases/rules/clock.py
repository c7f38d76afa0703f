"""How a clock looks from the moments that stand on a case's row: for lists, which reckon nothing."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

YELLOW_FROM = 0.8  # of the limit; green below, red after 1 (GB/T 30428 practice)
_WHOLE = round(1 / (1 - YELLOW_FROM))  # times what is yellow of it


class Light(StrEnum):
    """The colour of a clock."""

    GREEN = "g"
    YELLOW = "y"
    RED = "r"
    PAUSED = "p"
    NONE = "d"


class Dial(NamedTuple):
    """
    A running clock as it is drawn.

    `share` of its time is used: 0 at the start, 0.8 at the yellow moment, 1 when due, more when late. Between those
    moments it is drawn straight, whatever nights and holidays lie there: good for a bar, not for a sum. `since` is from
    when on a chip that ticks on the wall is drawn, so that it turns yellow at the yellow moment.
    """

    light: Light
    share: float
    since: datetime


def dial(*, started_at: datetime, due_at: datetime, now: datetime, yellow_at: datetime | None = None) -> Dial:
    """Return how a clock that runs and is due at a moment is drawn."""
    yellow = _yellow(started_at, yellow_at, due_at)
    since = drawn_since(started_at=started_at, yellow_at=yellow_at, due_at=due_at)
    return Dial(_colour(yellow, due_at, now), _share(started_at, yellow, due_at, now=now), since)


def _share(started_at: datetime, yellow: datetime, due_at: datetime, *, now: datetime) -> float:
    if due_at <= started_at:
        return 0.0 if now < due_at else 1.0
    if now < yellow:
        return YELLOW_FROM * max(0.0, (now - started_at) / (yellow - started_at))
    return YELLOW_FROM + (1 - YELLOW_FROM) * ((now - yellow) / (due_at - yellow))


def light(
    *,
    started_at: datetime,
    due_at: datetime | None,
    now: datetime,
    yellow_at: datetime | None = None,
    paused_until: datetime | None = None,
) -> Light:
    """
    Return the colour of a clock: green below 80 % of the limit, yellow to 100 %, red after.

    While it stands still until a moment that was said, it has that of a pause, and after it goes on by itself.
    """
    if paused_until is not None and now < paused_until:
        return Light.PAUSED
    if due_at is None:
        return Light.NONE
    return _colour(_yellow(started_at, yellow_at, due_at), due_at, now)


def drawn_since(*, started_at: datetime, yellow_at: datetime | None, due_at: datetime | None) -> datetime:
    """Return from when on a chip that ticks on the wall is drawn, so that it turns yellow at the yellow moment."""
    return due_at - _WHOLE * (due_at - yellow_at) if yellow_at and due_at else started_at


def _colour(yellow: datetime, due_at: datetime, now: datetime) -> Light:
    return Light.RED if now > due_at else Light.YELLOW if now >= yellow else Light.GREEN


def _yellow(started_at: datetime, yellow_at: datetime | None, due_at: datetime) -> datetime:
    """Return when it turns yellow: where nobody reckoned it, 80 % of the way."""
    if yellow_at is not None and started_at < yellow_at < due_at:
        return yellow_at
    return started_at + YELLOW_FROM * (due_at - started_at)
