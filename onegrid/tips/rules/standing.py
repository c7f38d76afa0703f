"""What is refused because of how things stand."""

from onegrid.core.errors import DomainError


class NotAsItStandsError(DomainError):
    """What was asked makes sense, but not now."""
