"""
Proof of work in the place of tracking: a puzzle costs the sender's device seconds, and says nothing of whom.

A puzzle is sixteen small ones, so that luck evens out: for each part the sender finds a number with which the
SHA-256 of puzzle, part and number begins with so many zero bits. The puzzle is signed by the server and says when it
was given out only to ten minutes; a puzzle handed in is noted until it has run out, without a link to what it paid.
"""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from math import log2
from typing import Final, NamedTuple

PARTS: Final = 16
WINDOW_SECONDS: Final = 600
VALID_WINDOWS: Final = 12  # two hours: long enough for a large film over a bad line
QUIET: Final = (
    20  # handed in during this window and the one before; beyond it each doubling makes puzzles twice as hard
)
HARDEST: Final = 5  # doublings at most: some two minutes on a phone
_DIGITS: Final = 12  # of a number that solves a part


class Puzzle(NamedTuple):
    """What a puzzle says of itself."""

    window: int
    bits: int
    nonce: str

    @property
    def text(self) -> str:
        """Return it as it is signed and solved."""
        return f"{self.window}.{self.bits}.{self.nonce}"

    @property
    def hash(self) -> bytes:
        """Return by what it is remembered."""
        return hashlib.sha256(self.text.encode()).digest()


def window_of(moment: datetime) -> int:
    """Return the ten minutes of a moment."""
    return int(moment.timestamp()) // WINDOW_SECONDS


def bits_for(handed_in: int, *, least: int) -> int:
    """Return how hard a puzzle must be when so many were handed in lately."""
    return least + min(HARDEST, int(log2(handed_in / QUIET)) + 1 if handed_in >= QUIET else 0)


def signed(puzzle: Puzzle, *, key: bytes) -> str:
    """Return a puzzle as it is given out."""
    return f"{puzzle.text}.{_signature(puzzle, key)}"


def opened(text: str) -> tuple[Puzzle, str] | None:
    """Return what a text says that looks like a puzzle, and its signature."""
    match text.split("."):
        case [window, bits, nonce, signature] if _is_number(window) and _is_number(bits):
            return Puzzle(int(window), int(bits), nonce), signature
    return None


def is_genuine(puzzle: Puzzle, signature: str, *, key: bytes) -> bool:
    """Tell whether we have given a puzzle out."""
    return hmac.compare_digest(_signature(puzzle, key).encode(), signature.encode())


def is_fresh(puzzle: Puzzle, *, at: datetime) -> bool:
    """Tell whether a puzzle has not run out."""
    return 0 <= window_of(at) - puzzle.window < VALID_WINDOWS


def is_solved(puzzle: Puzzle, numbers: Sequence[str]) -> bool:
    """Tell whether numbers solve all parts of a puzzle."""
    return len(numbers) == PARTS and all(
        _is_number(number) and _zeros(f"{puzzle.text}.{part}.{number}") >= puzzle.bits
        for part, number in enumerate(numbers)
    )


def _zeros(text: str) -> int:
    digest = hashlib.sha256(text.encode()).digest()
    return len(digest) * 8 - int.from_bytes(digest).bit_length()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _signature(puzzle: Puzzle, key: bytes) -> str:
    return hmac.digest(key, f"tips {puzzle.text}".encode(), hashlib.sha256).hex()
