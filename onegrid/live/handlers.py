"""What live updates say when asked whether all is ready."""

from datetime import timedelta

from django.utils import timezone

from onegrid.core import readiness
from onegrid.live.models import Relay

IS_GONE_AFTER = timedelta(seconds=30)


@readiness.check("relay", needed=False)
def relay() -> str | None:
    """Look for a relay that has given a sign of life. Without one, pages ask by themselves once a minute."""
    alive = Relay.objects.filter(seen_at__gt=timezone.now() - IS_GONE_AFTER).exists()
    return None if alive else "no relay is alive; pages ask once a minute instead"
