"""
Identifiers: UUIDv7, made where the thing happens, also on a phone.

They sort by the moment they were made and serve as the idempotency key of
every write from outside (RFC 9562 §5.7).
"""

from uuid import UUID

import uuid_utils.compat


def new_id() -> UUID:
    """Return a fresh UUIDv7."""
    return uuid_utils.compat.uuid7()
