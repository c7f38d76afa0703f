"""Ids of what is simulated: UUIDv7 of the moment it happened, the rest drawn, so that a seed always gives the same."""

import random
from uuid import UUID

_VERSION, _VARIANT = 7 << 76, 0b10 << 62
_HIGH, _LOW = 12, 62  # bits to draw


def id_at(seconds: float, draw: random.Random) -> UUID:
    """Return an id for something that happened so many seconds after the beginning of 1970."""
    drawn = draw.getrandbits(_HIGH + _LOW)
    high, low = drawn >> _LOW, drawn & ((1 << _LOW) - 1)
    return UUID(int=int(seconds * 1000) << 80 | _VERSION | high << 64 | _VARIANT | low)
