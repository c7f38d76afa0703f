"""
Which entries of a timeline are told to whom.

What else is written into timelines one day is told by a row in one of the tables, with its words in
`wording.NEWS` and its people in `readers.concerned`. One entry may be several things to several people.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from onegrid.cases.public import AppealState, EntryKind, Move, TimeState


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
    TASK_DONE = "task_done"
    TASK_OFF = "task_off"
    TASK_LONGER = "task_longer"
    ADDED = "added"
    NUDGED = "nudged"
    ORDERED = "ordered"
    ORDER_LATE = "order_late"
    ORDER_WITHDRAWN = "order_withdrawn"
    ANSWERED = "answered"
    HEARD = "heard"
    DECIDED = "decided"
    APPEAL_FIRST = "appeal_first"
    APPEAL_SECOND = "appeal_second"
    APPEAL_GRANTED = "appeal_granted"
    APPEAL_REFUSED = "appeal_refused"


# What a person asks for or ordered, and what became of it; all else is work, or what a reporter says.
OUTCOMES = frozenset({
    What.TIME_GRANTED,
    What.TIME_REFUSED,
    What.TASK_DONE,
    What.ANSWERED,
    What.ORDER_LATE,
    What.DECIDED,
    What.APPEAL_GRANTED,
    What.APPEAL_REFUSED,
})  # fmt: skip
# What is true and worth knowing however far the case has gone on since.
LASTING = frozenset({
    What.TASK_DONE,
    What.ANSWERED,
    What.DECIDED,
    What.APPEAL_FIRST,
    What.APPEAL_SECOND,
    What.APPEAL_GRANTED,
    What.APPEAL_REFUSED,
})  # fmt: skip

_OF_MOVES: Mapping[str, tuple[What, ...]] = MappingProxyType({
    Move.DISPATCH: (What.DISPATCHED,),
    Move.SETTLE: (What.DISPATCHED, What.DECIDED),
    Move.ASK_CHECK: (What.CHECK_ASKED,),
    Move.FAIL: (What.REWORK,),
    Move.RETURN: (What.RETURNED,),
    Move.REOPEN: (What.REOPENED,),
    Move.RESUME: (What.RESUMED,),
    Move.DISPUTE: (What.DISPUTED, What.HEARD),
    Move.SUSPEND: (What.TIME_GRANTED,),
})  # fmt: skip
_OF_TIME: Mapping[str, tuple[What, ...]] = MappingProxyType({
    TimeState.PENDING: (What.TIME_ASKED,),
    TimeState.GRANTED: (What.TIME_GRANTED,),
    TimeState.REFUSED: (What.TIME_REFUSED,),
})  # fmt: skip
_OF_ORDERS: Mapping[str, tuple[What, ...]] = MappingProxyType({
    "ordered": (What.ORDERED,),
    "answered": (What.ANSWERED,),
    "withdrawn": (What.ORDER_WITHDRAWN,),
})  # fmt: skip
_OF_APPEALS: Mapping[str, tuple[What, ...]] = MappingProxyType({
    AppealState.ASKED: (What.APPEAL_FIRST,),
    AppealState.FIRST_YES: (What.APPEAL_SECOND,),
    AppealState.FIRST_NO: (What.APPEAL_REFUSED,),
    AppealState.SECOND_YES: (What.APPEAL_GRANTED,),
    AppealState.SECOND_NO: (What.APPEAL_REFUSED,),
})  # fmt: skip
# By which key says it; whoever is given a task finds none of them.
_OF_TASKS: Mapping[str, What] = MappingProxyType({
    "done": What.TASK_DONE,
    "cancelled": What.TASK_OFF,
    "extended": What.TASK_LONGER,
})  # fmt: skip
_OF_STATES: Mapping[EntryKind, tuple[str, Mapping[str, tuple[What, ...]]]] = MappingProxyType({
    EntryKind.EXTENSION: ("state", _OF_TIME),
    EntryKind.SUPERVISION: ("step", _OF_ORDERS),
    EntryKind.APPEAL: ("state", _OF_APPEALS),
})  # fmt: skip


def whats_of(kind: EntryKind, move: Move | None, data: Mapping[str, Any], *, is_reporters: bool) -> tuple[What, ...]:
    """Return what people are told when an entry is written, what concerns them most first; nothing where nobody is."""
    if move is not None:
        return _OF_MOVES.get(move, ())
    if kind in _OF_STATES:
        key, whats = _OF_STATES[kind]
        return whats.get(data.get(key, ""), ())
    if kind == EntryKind.TASK:
        return (next((what for key, what in _OF_TASKS.items() if data.get(key)), What.TASK),)
    return _of_words(kind, data, is_reporters=is_reporters)


def _of_words(kind: EntryKind, data: Mapping[str, Any], *, is_reporters: bool) -> tuple[What, ...]:
    """Return what is told of entries that move nothing."""
    if kind == EntryKind.CHANGE and "assignee" in data:
        return (What.GIVEN,)
    if kind == EntryKind.DISPUTE and "invited" in data:
        return (What.HEARD,)
    told = {EntryKind.NOTE: What.ADDED, EntryKind.NUDGE: What.NUDGED}
    return (told[kind],) if is_reporters and kind in told else ()
