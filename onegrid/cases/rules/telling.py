"""
What happened to a case, told to residents from the public entries of its timeline.

The words are made from kind, move and data in the reader's language; people's
names never appear, units' do. What a resident wrote stays with the desk.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from onegrid.cases.models import EntryKind, EvidencePurpose, TimelineEntry
from onegrid.cases.rules.appeals_told import appealed
from onegrid.cases.rules.draws import GROUND_WORDS, Ground
from onegrid.cases.rules.holding import outcome_words
from onegrid.cases.rules.more_time_told import more_time, paused
from onegrid.cases.rules.questions import is_question
from onegrid.cases.states import Move
from onegrid.core.moments import in_full

Named = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """One thing that happened: in a few words, when, by which unit, and what an officer wrote about it."""

    heading: str
    at: datetime
    moment: str
    unit: str = ""
    text: str = ""
    was_late: bool = False


@dataclass(frozen=True, kw_only=True)
class Names:
    """How units and categories are called in the reader's language."""

    unit: Named
    category: Named


_MOVES: Mapping[str, Promise] = {
    Move.ACCEPT: gettext_lazy("Accepted"),
    Move.REFUSE: gettext_lazy("Not taken on"),
    Move.ASK_CHECK: gettext_lazy("Somebody checks it on the spot"),
    Move.ANSWER_CHECK: gettext_lazy("Checked on the spot"),
    Move.FILE: gettext_lazy("Filed"),
    Move.RECALL: gettext_lazy("Taken back from the unit before it had started"),
    Move.TAKE: gettext_lazy("The unit has started"),
    Move.RETURN: gettext_lazy("Returned: another unit is responsible"),
    Move.RESUME: gettext_lazy("Work goes on"),
    Move.REPORT_BACK: gettext_lazy("The unit reports that it is done"),
    Move.PASS: gettext_lazy("Verified by somebody other than the unit: it is done"),
    Move.FAIL: gettext_lazy("Verified by somebody other than the unit: not done yet, back to work"),
    Move.MERGE: gettext_lazy("Joined with another report of the same matter"),
    Move.WITHDRAW: gettext_lazy("Taken back by the reporter"),
    Move.SOLVE_ON_THE_SPOT: gettext_lazy("Solved on the spot by the grid worker who found it"),
    Move.SOLVE_TO_VERIFY: gettext_lazy("Solved on the spot by the grid worker who found it; somebody else looks too"),
}

_PHOTOS: Mapping[str, Promise] = {
    EvidencePurpose.BEFORE: gettext_lazy("Added: how it looked before"),
    EvidencePurpose.AFTER: gettext_lazy("Added: how it looks after the work"),
    EvidencePurpose.CHECK: gettext_lazy("Added: what was seen in the check"),
    EvidencePurpose.VERIFY: gettext_lazy("Added: what the verification saw"),
}


def told(entry: TimelineEntry, names: Names) -> Telling:
    """Return an entry as residents read it."""
    data: Mapping[str, Any] = entry.data
    is_officers = entry.by_user_id is not None or bool(data.get("imported"))
    return Telling(
        heading=_heading(entry, data, names),
        at=entry.happened_at,
        moment=in_full(entry.happened_at),
        unit="" if entry.move == Move.DISPUTE else names.unit(entry.unit_name),  # who disputes it stays with them
        text=entry.text if is_officers and entry.kind != EntryKind.TASK else "",
        was_late=bool(data.get("late")),
    )


def _heading(entry: TimelineEntry, data: Mapping[str, Any], names: Names) -> str:
    if is_question(entry):  # read by the reporter only
        return _("A question to you")
    heading = _HEADINGS.get(EntryKind(entry.kind))
    return heading(entry, data, names) if heading else _("A word from the unit")


def _reported(_entry: TimelineEntry, data: Mapping[str, Any], _names: Names) -> str:
    return _("Reported to an earlier system") if data.get("imported") else _("The report came in")


def _drawn(_entry: TimelineEntry, data: Mapping[str, Any], _names: Names) -> str:
    why = GROUND_WORDS[Ground(data.get("ground", Ground.CHANCE))]
    return _("Somebody else will verify it: %(why)s") % {"why": why}


def _moved(move: Move, entry: TimelineEntry, names: Names) -> str:
    data: Mapping[str, Any] = entry.data
    if move in {Move.DISPATCH, Move.DISPUTE, Move.SETTLE}:
        return _whose(move, data, names)
    if move == Move.CLOSE:
        return _("Closed. %(outcome)s") % {"outcome": outcome_words(data.get("outcome", ""))}
    if move == Move.FILE and (name := names.category(data.get("category", ""))):
        return _("Filed as “%(category)s”") % {"category": name}
    if move == Move.PASS and data.get("drawn") is False:
        return _("Verified by sampling; this one was not drawn. If it is not solved, you can have it opened again")
    if move == Move.REOPEN:
        by_reporter = _("The reporter says it is not solved; opened again")
        return _("Opened again") if entry.by_user_id else by_reporter
    return paused(data) if move == Move.SUSPEND else str(_MOVES[move])


def _whose(move: Move, data: Mapping[str, Any], names: Names) -> str:
    """Say which unit got it, or that this is being decided and until when; what the units say stays with them."""
    if move != Move.DISPUTE:
        said = _("Given to %(unit)s") if move == Move.DISPATCH else _("Decided: %(unit)s is responsible")
        return said % {"unit": names.unit(data.get("lead_name", ""))}
    if until := data.get("until"):
        moment = in_full(datetime.fromisoformat(until))
        return _("Which unit is responsible is being decided, until %(moment)s") % {"moment": moment}
    return _("Which unit is responsible is being decided")


def _task(entry: TimelineEntry, data: Mapping[str, Any], names: Names) -> str:
    said = {
        "done": _("Done in support: %(what)s"),
        "cancelled": _("No longer needed of %(unit)s: %(what)s"),
        "extended": _("%(unit)s has more time to help: %(what)s"),
    }
    text = next((text for key, text in said.items() if data.get(key)), _("%(unit)s helps: %(what)s"))
    return text % {"unit": names.unit(data.get("unit", "")), "what": data.get("what", entry.text)}


def _changed(data: Mapping[str, Any], names: Names) -> str:
    if "merged" in data:
        count = int(data.get("reports", 1))
        return ngettext(
            "%(count)d more report of the same matter joined", "%(count)d more reports of the same matter joined", count
        ) % {"count": count}
    if "joined" in data:
        return _("One more person reports the same matter")
    if name := names.category(data.get("category", "")):
        return _("Now treated as “%(category)s”") % {"category": name}
    return _("Details were corrected")


_HEADINGS: Mapping[EntryKind, Callable[[TimelineEntry, Mapping[str, Any], Names], str]] = {
    EntryKind.REPORT: _reported,
    EntryKind.MOVE: lambda entry, _data, names: _moved(Move(entry.move), entry, names),
    EntryKind.EVIDENCE: lambda _entry, data, _names: str(_PHOTOS.get(data.get("purpose", ""), _("A photo was added"))),
    EntryKind.TASK: _task,
    EntryKind.CHANGE: lambda _entry, data, names: _changed(data, names),
    EntryKind.EXTENSION: lambda _entry, data, _names: more_time(data),
    EntryKind.APPEAL: lambda _entry, data, _names: appealed(data),
    EntryKind.DRAW: _drawn,
    EntryKind.NUDGE: lambda _entry, _data, _names: _("A reporter asked to hurry"),
}
