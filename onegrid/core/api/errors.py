"""What the API itself refuses, before any rule of the domain is asked."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError, InvalidInputError


class MalformedBodyError(DomainError):
    """The body is not JSON in UTF-8."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("The body is not well-formed JSON in UTF-8."))


class UnreadableAddressError(DomainError):
    """The address or its parameters hold what no text can hold."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_("The address holds a character that no text can hold."))


class NotSignedInError(DomainError):
    """Nobody known is calling: there is no key and no session, or the key does not work."""

    status = 401

    def __init__(self) -> None:
        super().__init__(_("Send a working API key, or sign in."))


class OutOfScopeError(DomainError):
    """The key was not made for this."""

    status = 403

    def __init__(self, scope: str) -> None:
        self.scope = scope
        super().__init__(_("This key does not allow it; it needs the scope “%(scope)s”.") % {"scope": scope})

    def details(self) -> Mapping[str, object]:
        """Name the scope that is missing."""
        return {"scope": self.scope}


class CrossSiteError(DomainError):
    """A browser's session was used without the token that shows that our own page asked."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This request did not come from our own pages."))


class NotAllowedMethodError(DomainError):
    """The address exists, but not for this method."""

    status = 405

    def __init__(self) -> None:
        super().__init__(_("This address does not answer to this method."))


class LengthMissingError(DomainError):
    """The body comes in pieces, of which nobody can tell beforehand how many (RFC 9110 §15.5.12)."""

    status = 411

    def __init__(self) -> None:
        super().__init__(_("Send the body in one piece, with its Content-Length."))


class BodyTooLargeError(DomainError):
    """The body is larger than this installation takes."""

    status = 413

    def __init__(self) -> None:
        super().__init__(_("What you sent is too large."))


class UnknownMediaTypeError(DomainError):
    """The body is of a kind that this endpoint does not read."""

    status = 415

    def __init__(self) -> None:
        super().__init__(_("Send the body as application/json."))


class VersionMissingError(DomainError):
    """The change does not say which version of the thing it was decided on."""

    status = 428

    def __init__(self) -> None:
        super().__init__(_("Say which version you saw: as “version” in the body, or in the header If-Match."))


class StillUnderWayError(DomainError):
    """The same request came before and has not been answered yet."""

    def __init__(self) -> None:
        super().__init__(_("The same request is still being worked on. Ask again in a moment."))


class KeyUsedBeforeError(DomainError):
    """The idempotency key was used before, for another request."""

    def __init__(self) -> None:
        super().__init__(_("This Idempotency-Key was used before for another request. Make a new one."))


class NotMadeAtItsSourceError(InvalidInputError):
    """The id is no UUIDv7."""

    def __init__(self) -> None:
        message = _("Make a UUIDv7 where the report is made; other ids are not taken.")
        super().__init__(message, fields={"id": message})
