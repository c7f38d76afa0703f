"""How fast a case goes: at each stage the limit, what it is counted in, and whose calendar counts."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from onegrid.cases.public import Status
from onegrid.demonstration.rules import assumptions
from onegrid.units.public import Counting, WorkCalendar

_MINUTE, _HALF_A_DAY = timedelta(minutes=1), timedelta(hours=12)
_MORNING, _NIGHT = 7, 22


def moment(at: float) -> datetime:
    """Return seconds since 1970 as a moment."""
    return datetime.fromtimestamp(at, UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Where one stage is worked on: how long it may take, counted in what, by whose calendar."""

    limit: timedelta
    counting: Counting
    calendar: WorkCalendar

    def share(self, start: float, end: float) -> float:
        """Return how much of the limit lies between two moments, in seconds since 1970."""
        return self.calendar.between(moment(start), moment(end), self.counting) / self.limit

    def reached(self, start: float, share: float, draw: random.Random) -> float:
        """
        Return when a share of the limit is used that begins then.

        Where whole working days count, night and all, it is in the last hour of work before: at night nobody works.
        Nor does anybody begin or end at night what may take half a day and more; it is done the evening before.
        """
        since = moment(start)
        at = self.calendar.after(since, self.limit * max(share, 0.0), self.counting)
        if self.counting is not Counting.WORKING_DAYS:
            return self._by_day(since, at, draw).timestamp()
        worked = self.calendar.between(since, at, Counting.WORKING_HOURS)
        earlier = timedelta(hours=draw.random())
        by_then = worked - earlier if worked > earlier else min(worked, _MINUTE) or earlier + _MINUTE
        return self.calendar.after(since, by_then, Counting.WORKING_HOURS).timestamp()

    def _by_day(self, since: datetime, at: datetime, draw: random.Random) -> datetime:
        hour = at.astimezone(self.calendar.zone).hour
        if self.limit < _HALF_A_DAY or _MORNING <= hour < _NIGHT:
            return at
        evening = at - timedelta(hours=(hour - _NIGHT) % 24 + 1 + 3 * draw.random())
        return max(evening, min(since + _MINUTE, at))

    def day_begun(self, at: float) -> float:
        """Return when the next day begins after a moment: on a day, at midnight, a suspension is over."""
        following = moment(at).astimezone(self.calendar.zone).date() + timedelta(days=1)
        return datetime.combine(following, time.min, tzinfo=self.calendar.zone).timestamp()

    def begun(self, end: float, share: float) -> float:
        """Return when a stage began that has used a share of its limit at a moment."""
        return self.calendar.before(moment(end), self.limit * share, self.counting).timestamp()


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """The desks that a case passes, by where it stands, and how often the lead unit is late."""

    desks: Mapping[Status, Desk]
    late_handling: float = assumptions.LATE
