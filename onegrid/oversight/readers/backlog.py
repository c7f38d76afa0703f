"""What of the trail no seal covers yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min

from onegrid.oversight.models import Entry, Seal


@dataclass(frozen=True)
class Backlog:
    """So many entries wait for a seal, the oldest since a moment."""

    entries: int
    oldest_at: datetime | None


def backlog() -> Backlog:
    """Count what is unsealed. Two queries, over the end of the trail only."""
    sealed = Seal.objects.aggregate(up_to=Max("up_to"))["up_to"] or 0
    found = Entry.objects.filter(seq__gt=sealed).aggregate(entries=Count("seq"), oldest_at=Min("received_at"))
    return Backlog(**found)
