"""How sending goes, for those who keep the site running."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from onegrid.notifications.models import Letter, Outgoing
from onegrid.notifications.states import Channel, Delivery

REMEMBERED = timedelta(days=7)  # for how long what was given up is told


@dataclass(frozen=True, kw_only=True)
class Sending:
    """One channel: notices that are due and since when, and those that were given up of late, with the last reason."""

    channel: Channel
    due: int
    due_since: datetime | None
    given_up: int
    why: str


def sending(*, at: datetime) -> list[Sending]:
    """Return how it goes on every channel on which something waits or was given up. One query along indexes."""
    is_due = Q(state=Delivery.WAITING, next_try_at__lte=at) | Q(state=Delivery.SENDING)
    is_lost = Q(state=Delivery.GIVEN_UP, settled_at__gt=at - REMEMBERED)
    rows = (
        Outgoing.objects.filter(is_due | is_lost)
        .values("channel")
        .annotate(
            due=Count("pk", filter=is_due),
            since=Min("next_try_at", filter=is_due),
            lost=Count("pk", filter=is_lost),
            why=Max("last_error", filter=is_lost),
        )
    )
    return [
        Sending(
            channel=Channel(row["channel"]),
            due=row["due"],
            due_since=row["since"],
            given_up=row["lost"],
            why=row["why"] or "",
        )
        for row in rows.order_by("channel")
    ]


def letters_due(*, at: datetime) -> int:
    """Return how many letters to people without an account should have left by now."""
    return Letter.objects.waiting().filter(next_try_at__lte=at).count()
