"""Which entries of a timeline ask the reporter something, and which of them still wait for an answer."""

from collections.abc import Iterable

from onegrid.cases.models import REPORTERS_OWN, EntryKind, TimelineEntry

ASKS = "asks_reporter"  # in the data of an entry
JOINED_WITH = "joined_with"  # the same, of what somebody says and shows who joins: they were asked nothing
_ANSWERS = {EntryKind.NOTE, EntryKind.EVIDENCE}


def is_question(entry: TimelineEntry) -> bool:
    """Tell whether an entry asks the reporter something."""
    return entry.kind == EntryKind.NOTE and bool(entry.data.get(ASKS))


def unanswered(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return the questions after which no reporter has said anything, oldest first; in any order they come."""
    waiting: list[TimelineEntry] = []
    for entry in sorted(entries, key=lambda each: (each.received_at, each.pk)):
        if is_question(entry):
            waiting.append(entry)
        elif _is_answer(entry):
            waiting.clear()
    return waiting


def _is_answer(entry: TimelineEntry) -> bool:
    is_reporters = entry.by_user_id is None and entry.channel in REPORTERS_OWN
    return is_reporters and entry.kind in _ANSWERS and JOINED_WITH not in entry.data
