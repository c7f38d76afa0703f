"""Notices and wishes for tests."""

from datetime import UTC, datetime
from itertools import count

from onegrid.notifications.models import Preferences
from onegrid.notifications.rules.notices import Notice
from onegrid.notifications.tests.wording import LIMIT

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # noon in Wenzhou
NIGHT = datetime(2026, 11, 24, 15, 30, tzinfo=UTC)  # half past eleven at night
SEVEN = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)  # seven the next morning
_numbers = count(1)


def notice(recipient, **also):
    """One notice; another each time unless a key is named."""
    number = next(_numbers)
    fields = {"kind": LIMIT.code, "key": f"OG-{number}:80", "recipient": recipient.pk, "path": f"/cases/OG-{number}/"}
    return Notice(**{**fields, "data": {"number": f"OG-{number}", "share": 80}, **also})


def reachable(user, **also):
    """Let somebody be reachable by e-mail."""
    fields = {"email": f"{user.username}@example.org", **also}
    return Preferences.objects.update_or_create(user=user, defaults=fields)[0]


def clock(moment):
    """A clock that stands still."""
    return lambda: moment
