"""The links that stand in a message to somebody without an account: one to say yes, one to stop."""

from datetime import timedelta
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner

YES, STOP = "/follow/yes/", "/follow/stop/"  # pages of the portal
YES_LASTS = timedelta(days=3)
_YES = TimestampSigner(salt="onegrid.following.yes", sep=".")  # a colon may end a link in a mail program
_STOP = Signer(salt="onegrid.following.stop", sep=".")


def yes_path(follow_id: UUID) -> str:
    """Return the address under which somebody says that they want to follow; it names neither what nor whom."""
    return f"{YES}{_YES.sign(follow_id.hex)}/"


def stop_path(follow_id: UUID) -> str:
    """Return the address under which somebody stops following, for as long as they follow."""
    return f"{STOP}{_STOP.sign(follow_id.hex)}/"


def follow_of_yes(token: str) -> UUID | None:
    """Return which follow a link to say yes belongs to; nothing where it is none of ours or older than three days."""
    try:
        return UUID(_YES.unsign(token, max_age=YES_LASTS))
    except (BadSignature, ValueError):
        return None


def follow_of_stop(token: str) -> UUID | None:
    """Return which follow a link to stop belongs to; nothing where it is none of ours."""
    try:
        return UUID(_STOP.unsign(token))
    except (BadSignature, ValueError):
        return None
