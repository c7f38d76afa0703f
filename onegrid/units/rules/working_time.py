"""What time is counted in."""

from datetime import datetime, timedelta
from enum import StrEnum


class Counting(StrEnum):
    """What counts of the time that passes; limits are given in hours of it."""

    ALWAYS = "always"  # day and night: urgent hours and natural days
    WORKING_HOURS = "working_hours"  # inside the working-time table of working days
    WORKING_DAYS = "working_days"  # all 24 hours of every working day


class WorkCalendar:
    """A calendar; this one counts all time."""

    def between(self, start: datetime, end: datetime, counting: Counting) -> timedelta:  # noqa: ARG002
        """Return how much of the time between two moments counts."""
        return end - start

    def after(self, start: datetime, amount: timedelta, counting: Counting) -> datetime:  # noqa: ARG002
        """Return the earliest moment by which so much has been counted."""
        return start + amount
