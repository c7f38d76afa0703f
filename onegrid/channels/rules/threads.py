"""By which ids our mails are known, so that an answer leads back to what it answers."""

import re
from uuid import UUID

_OURS = re.compile(r"<onegrid\.(?P<id>[0-9a-f]{32})@[^<>\s]+>")


def id_for(message_id: UUID, *, domain: str) -> str:
    """Return the Message-ID of the mail that answers a message."""
    return f"<onegrid.{message_id.hex}@{domain}>"


def message_in(reference: str) -> UUID | None:
    """Return which message the mail of an id has answered, if it was ours."""
    match = _OURS.fullmatch(reference)
    return UUID(match["id"]) if match else None
