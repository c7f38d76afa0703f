"""
Errors the domain expects. Each surface turns them into its own kind of refusal.

A refusal is said in the words of the person it is for, so its text is always
translated; its code is the class name and never changes with the language.
"""

from collections.abc import Mapping

from django.db import InterfaceError, OperationalError

# The database is busy, or went away while it was asked. What was asked may be asked again, under the same id or key
# where there is one: of a connection that broke at the very end nobody knows whether it was kept.
PASSING = (OperationalError, InterfaceError)


class DomainError(Exception):
    """Something a person asked for that the rules do not allow. Its text is for that person."""

    status = 409

    def details(self) -> Mapping[str, object]:
        """Return what a program should know besides the text, such as the version that stands now."""
        return {}

    @property
    def code(self) -> str:
        """The name a program knows this refusal by, such as `StaleCase`."""
        return type(self).__name__.removesuffix("Error")


class NotAllowedError(DomainError):
    """The person may not do this here."""

    status = 403


class InvalidInputError(DomainError):
    """
    What was sent cannot be understood or accepted as it is.

    `fields` names each faulty field with what is wrong with it.
    """

    status = 422

    def __init__(self, message: str, *, fields: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = fields or {}


class NotFoundError(DomainError):
    """There is no such thing, or not for this person: which of the two is not said."""

    status = 404
