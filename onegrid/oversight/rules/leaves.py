"""
What of an entry goes into the tree.

The text of an entry is the JSON array the database writes for it, without its
number. A leaf is the number in eight bytes, most significant first, and the
SHA-256 of that text: 40 bytes. Number and content are kept apart so that content
found under another number can be recognized.
"""

import struct
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import NamedTuple

_LAYOUT = struct.Struct(">q32s")


class Leaf(NamedTuple):
    """An entry's number and the hash of its text."""

    seq: int
    digest: bytes


def leaf_of(seq: int, text: str) -> Leaf:
    """Return the leaf of an entry with this number and text."""
    return Leaf(seq, sha256(text.encode()).digest())


def pack(leaves: Iterable[Leaf]) -> bytes:
    """Return leaves one after the other, 40 bytes each."""
    return b"".join(map(packed, leaves))


def packed(leaf: Leaf) -> bytes:
    """Return one leaf as the bytes that enter the tree."""
    return _LAYOUT.pack(*leaf)


def unpack(leaves: bytes) -> Iterator[Leaf]:
    """Yield the leaves that were packed; a broken rest at the end is left out."""
    return (Leaf(*_LAYOUT.unpack(item)) for item in items(leaves) if len(item) == _LAYOUT.size)


def items(leaves: bytes) -> Iterator[bytes]:
    """Yield each packed leaf as the bytes that enter the tree."""
    return (leaves[start : start + _LAYOUT.size] for start in range(0, len(leaves), _LAYOUT.size))
