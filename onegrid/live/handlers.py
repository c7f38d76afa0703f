"""What live updates say when asked whether all is ready, and how many listen."""

from datetime import timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from onegrid.core import readiness
from onegrid.core.metrics import measure
from onegrid.live.models import Relay

IS_GONE_AFTER = timedelta(seconds=30)


@readiness.check("relay", needed=False)
def relay() -> str | None:
    """Look for a relay that has given a sign of life. Without one, pages ask by themselves once a minute."""
    return None if _alive().exists() else "no relay is alive; pages ask once a minute instead"


@measure("relays", "Relays of live updates that gave a sign of life within 30 seconds.")
def relays() -> int:
    """Count those that are alive; one is enough."""
    return _alive().count()


@measure("live_pages", "Open pages that listen to them.")
def live_pages() -> int:
    """Count who listens to all relays together, as of their last sign of life."""
    return _alive().aggregate(pages=Sum("clients"))["pages"] or 0


def _alive() -> QuerySet[Relay]:
    return Relay.objects.filter(seen_at__gt=timezone.now() - IS_GONE_AFTER)
