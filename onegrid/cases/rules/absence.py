"""What is said of a case that is not there, or not for this person."""

from onegrid.core.errors import NotFoundError


class CaseNotFoundError(NotFoundError):
    """There is no such case, or it is not for this person."""
