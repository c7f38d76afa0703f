"""
Which entries of a timeline are told to whom.

What other apps write into timelines later (supervision orders, nudges, extensions, disputes, appeals) is told
by a row in `_OF_MOVES` or a line in `what_of`, with its words in `wording.NEWS`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from onegrid.cases.public import EntryKind, Move


class What(StrEnum):
    """What somebody learns of."""

    DISPATCHED = "dispatched"
    CHECK_ASKED = "check_asked"
    REWORK = "rework"
    RETURNED = "returned"
    REOPENED = "reopened"
    GIVEN = "given"
    TASK = "task"
    ADDED = "added"


_OF_MOVES: Mapping[Move, What] = MappingProxyType({
    Move.DISPATCH: What.DISPATCHED,
    Move.SETTLE: What.DISPATCHED,
    Move.ASK_CHECK: What.CHECK_ASKED,
    Move.FAIL: What.REWORK,
    Move.RETURN: What.RETURNED,
    Move.REOPEN: What.REOPENED,
})  # fmt: skip


def what_of(kind: EntryKind, move: Move | None, data: Mapping[str, Any], *, is_reporters: bool) -> What | None:
    """Return what people are told when an entry is written; nothing where nobody is."""
    if move is not None:
        return _OF_MOVES.get(move)
    if kind == EntryKind.CHANGE and "assignee" in data:
        return What.GIVEN
    if kind == EntryKind.TASK and not data.keys() - {"unit", "unit_en"}:
        return What.TASK  # given; one that is done, called off or extended says so beside
    return What.ADDED if kind == EntryKind.NOTE and is_reporters else None
