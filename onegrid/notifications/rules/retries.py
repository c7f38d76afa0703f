"""How often a message is tried, and how long it waits in between."""

from datetime import timedelta

# A server that is away for a weekend's night is waited for; after a day and a half nobody wants the message any more.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 25, 125, 625, 720, 720))


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts, one or more; nothing when the message is given up."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
