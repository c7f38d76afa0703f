"""How a clock looks from the moments that stand on a case's row: for lists, which reckon nothing."""

from datetime import datetime
from enum import StrEnum

YELLOW_FROM = 0.8  # of the limit; green below, red after 1 (GB/T 30428 practice)


class Light(StrEnum):
    """The colour of a clock."""

    GREEN = "g"
    YELLOW = "y"
    RED = "r"
    PAUSED = "p"
    NONE = "d"


def used_share(
    *, started_at: datetime, due_at: datetime | None, now: datetime, yellow_at: datetime | None = None
) -> float:
    """
    Return how much of its time a clock has used: 0 at the start, 0.8 at `yellow_at`, 1 when due, more when late.

    Between those moments it is drawn straight, whatever nights and holidays lie there: good for a bar, not for a sum.
    """
    if due_at is None or due_at <= started_at:
        return 0.0 if due_at is None or now < due_at else 1.0
    yellow = _yellow(started_at, yellow_at, due_at)
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
    if now > due_at:
        return Light.RED
    return Light.YELLOW if now >= _yellow(started_at, yellow_at, due_at) else Light.GREEN


def drawn_since(*, started_at: datetime, yellow_at: datetime | None, due_at: datetime | None) -> datetime:
    """Return from when on a chip that ticks on the wall is drawn, so that it turns yellow at the yellow moment."""
    return due_at - (due_at - yellow_at) / (1 - YELLOW_FROM) if yellow_at and due_at else started_at


def _yellow(started_at: datetime, yellow_at: datetime | None, due_at: datetime) -> datetime:
    """Return when it turns yellow: where nobody reckoned it, 80 % of the way."""
    if yellow_at is not None and started_at < yellow_at < due_at:
        return yellow_at
    return started_at + YELLOW_FROM * (due_at - started_at)
