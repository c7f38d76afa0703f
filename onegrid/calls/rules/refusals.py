"""Why something cannot be done with a call."""

from onegrid.core.errors import DomainError, NotAllowedError, NotFoundError


class CallNotFoundError(NotFoundError):
    """There is no such call, or it is not theirs."""


class CallStandsElsewhereError(DomainError):
    """The call does not stand where this is possible; perhaps somebody else was faster."""


class OwnCallError(NotAllowedError):
    """Who has written a call cannot release it."""
