"""
Identifiers: UUIDv7, made where the thing happens, also on a phone.

They sort by the moment they were made and serve as the idempotency key of
every write from outside (RFC 9562 §5.7).
"""

from datetime import UTC, datetime
from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid_utils.compat.uuid7()


VERSION = 7


def is_made_at_its_source(id_: UUID) -> bool:
    """Tell whether an id is a UUIDv7, the only kind that we accept from outside."""
    return id_.version == VERSION


def id_after(id_: UUID) -> UUID:
    """Return the id that sorts right after another, for what follows from it at the same moment."""
    return UUID(int=id_.int + 1)


def made_at(id_: UUID) -> datetime:
    """Return when an id was made, to the millisecond."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)


def first_id_at(moment: datetime) -> UUID:
    """Return the smallest id that can have been made at a moment: ids sort by time."""
    milliseconds = max(0, int(moment.timestamp() * 1000))
    return UUID(int=(milliseconds << 80) | (VERSION << 76) | (0b10 << 62))
