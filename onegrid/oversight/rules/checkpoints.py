"""What is noted down outside about a seal, so that an end cut off later can be seen."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NOTE = re.compile(r"^\s*(\d+)\s*[: ]\s*([0-9a-fA-F]{64})\b", re.MULTILINE)


class Checkpoint(NamedTuple):
    """A seal that has been seen: its number and its hash."""

    number: int
    hash: bytes

    @property
    def note(self) -> str:
        """The line to note down."""
        return f"{self.number} {self.hash.hex()}"


def noted(text: str) -> Iterator[Checkpoint]:
    """Yield the checkpoints in a text, one to a line: number, hash, and whatever follows."""
    return (Checkpoint(int(number), bytes.fromhex(digest)) for number, digest in _NOTE.findall(text))
