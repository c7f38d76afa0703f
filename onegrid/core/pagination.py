"""
Pages of a list by keyset: each page starts after the last row of the one before.

The place in the list travels as an opaque cursor, so that page one thousand
costs what page one costs and rows that come in meanwhile shift nothing.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError

PAGE_SIZE = 50
MOST_ROWS = 200
LONGEST_CURSOR = 400

RowT = TypeVar("RowT")
KeyT = TypeVar("KeyT")


class UnknownCursorError(InvalidInputError):
    """The place in the list is none that we gave out."""

    def __init__(self) -> None:
        message = _("This place in the list is not known. Start again at the beginning.")
        super().__init__(message, fields={"after": message})


@dataclass(frozen=True, kw_only=True)
class Slice(Generic[RowT]):
    """Some rows of a list, and the cursor to go on with, empty at the end."""

    rows: Sequence[RowT]
    next_after: str = ""


def cursor(*key: object) -> str:
    """Return the opaque form of a row's place in a list."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def place(text: str, shape: type[KeyT]) -> KeyT:
    """
    Return the place that a cursor stands for, in the shape the list expects.

    :raises UnknownCursorError: if it is none of that list's.
    """
    if len(text) > LONGEST_CURSOR:
        raise UnknownCursorError
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(raw, type=shape)
    except (binascii.Error, ValueError, msgspec.MsgspecError, RecursionError) as fault:
        raise UnknownCursorError from fault
