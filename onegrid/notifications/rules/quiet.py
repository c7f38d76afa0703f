"""When something may leave: at once, or when somebody's quiet hours are over."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

GATHERING = timedelta(minutes=1)  # what is not urgent waits for what comes together with it
PAUSE = timedelta(minutes=10)  # between two messages of one kind to one person by one channel, unless urgent


@dataclass(frozen=True)
class Quiet:
    """Hours of every day in which somebody is left alone; past midnight where they end earlier than they begin."""

    begins: time
    ends: time

    def holds(self, clock: time) -> bool:
        """Test if a time of day lies within; the end does not."""
        if self.begins < self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def leaves_at(at: datetime, *, is_urgent: bool, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return when what is ready at a moment may leave. What is urgent does not wait."""
    local = at.astimezone(zone)
    if is_urgent or quiet is None or not quiet.holds(local.time()):
        return at
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    end = datetime.combine(day, quiet.ends, tzinfo=zone)
    if end.timestamp() <= at.timestamp():
        end = end.replace(fold=1)  # the hour that the end of summer time repeats
    return end.astimezone(at.tzinfo)
