"""How far the clocks have been reckoned anew since a calendar has changed."""

from dataclasses import dataclass

from onegrid.cases.models import Reckoning


@dataclass(frozen=True, kw_only=True)
class ReckoningNow:
    """A reckoning that is not finished."""

    done: int
    total: int


def reckoning_now() -> ReckoningNow | None:
    """Return how far the newest reckoning is; nothing where all clocks go by the calendars as they stand. One query."""
    newest = Reckoning.objects.order_by("-started_at").first()
    if newest is None or newest.finished_at:
        return None
    return ReckoningNow(done=newest.done, total=max(newest.total, newest.done))
