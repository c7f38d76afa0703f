"""
Which entries of a timeline are told to whom.

What else is written into timelines one day (supervision orders, nudges, appeals) is told by a row in
`_OF_MOVES` or a line in `what_of`, with its words in `wording.NEWS`.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from onegrid.cases.public import EntryKind, Move, TimeState


class What(StrEnum):
    """What somebody learns of."""

    DISPATCHED = "dispatched"
    CHECK_ASKED = "check_asked"
    REWORK = "rework"
    RETURNED = "returned"
    REOPENED = "reopened"
    RESUMED = "resumed"
    DISPUTED = "disputed"
    TIME_ASKED = "time_asked"
    TIME_GRANTED = "time_granted"
    TIME_REFUSED = "time_refused"
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
    Move.RESUME: What.RESUMED,
    Move.DISPUTE: What.DISPUTED,
    Move.SUSPEND: What.TIME_GRANTED,
})  # fmt: skip
_OF_TIME: Mapping[str, What] = MappingProxyType({
    TimeState.PENDING.value: What.TIME_ASKED,
    TimeState.GRANTED.value: What.TIME_GRANTED,
    TimeState.REFUSED.value: What.TIME_REFUSED,
})  # fmt: skip


def what_of(kind: EntryKind, move: Move | None, data: Mapping[str, Any], *, is_reporters: bool) -> What | None:
    """Return what people are told when an entry is written; nothing where nobody is."""
    if move is not None:
        return _OF_MOVES.get(move)
    if kind == EntryKind.EXTENSION:
        return _OF_TIME.get(data.get("state", ""))
    if kind == EntryKind.CHANGE and "assignee" in data:
        return What.GIVEN
    if kind == EntryKind.TASK and not data.keys() - {"unit", "unit_en"}:
        return What.TASK  # given; one that is done, called off or extended says so beside
    return What.ADDED if kind == EntryKind.NOTE and is_reporters else None
