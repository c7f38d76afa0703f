"""
How long a stage may take, and how a clock looks.

This is the first form: limits count natural time. The full clock with
calendars, pauses and extensions replaces `stage_due` and leaves its callers
as they are.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from onegrid.cases.states import Stage

YELLOW_FROM = 0.8  # of the limit; green below, red after 1 (GB/T 30428 practice)


class Light(StrEnum):
    """The colour of a clock."""

    GREEN = "g"
    YELLOW = "y"
    RED = "r"
    NONE = "d"


def stage_due(*, limits: Mapping[str, float], stage: Stage | None, started_at: datetime) -> datetime | None:
    """Return when a stage must be over, or nothing where the catalogue sets no limit (in hours)."""
    hours = limits.get(stage.value) if stage else None
    return started_at + timedelta(hours=hours) if hours else None


def total_due(*, limits: Mapping[str, float], received_at: datetime) -> datetime | None:
    """Return when the whole case must be over: the sum of its stages, the check on the spot left out."""
    hours = sum(value for stage, value in limits.items() if stage != Stage.CHECK.value)
    return received_at + timedelta(hours=hours) if hours else None


def used_share(*, started_at: datetime, due_at: datetime | None, now: datetime) -> float:
    """Return how much of its time a clock has used: 0 at the start, 1 at the due moment, more when late."""
    if due_at is None or due_at <= started_at:
        return 0.0 if due_at is None or now < due_at else 1.0
    return max(0.0, (now - started_at) / (due_at - started_at))


def light(*, started_at: datetime, due_at: datetime | None, now: datetime) -> Light:
    """Return the colour of a clock: green below 80 % of the limit, yellow to 100 %, red after."""
    if due_at is None:
        return Light.NONE
    if now > due_at:
        return Light.RED
    share = used_share(started_at=started_at, due_at=due_at, now=now)
    return Light.YELLOW if share >= YELLOW_FROM else Light.GREEN


# A case whose category is not known yet is still answered in time.
BEFORE_CATEGORY: Mapping[str, float] = {Stage.ACCEPT.value: 2, Stage.CHECK.value: 24, Stage.FILE.value: 4}
