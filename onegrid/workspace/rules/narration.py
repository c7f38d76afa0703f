"""What the software says about an entry of the timeline, from its kind, move and data, in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from onegrid.cases.public import Channel, EntryKind, EvidenceKind, EvidencePurpose, Move, Outcome, Stage, TimelineEntry
from onegrid.workspace.rules.words import PURPOSES

Data = Mapping[str, Any]
Named = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """How units and categories are called in the reader's language."""

    unit: Callable[[str, str], str]  # of the Chinese and the English name that were kept
    category: Named


def headline(entry: TimelineEntry, names: Names) -> str:
    """Return one sentence for an entry; what somebody wrote stands below it."""
    kind, data = EntryKind(entry.kind), entry.data
    if kind == EntryKind.MOVE:
        said = _moved(Move(entry.move), data, names)
        return _("%(what)s, late") % {"what": said} if data.get("late") else said
    if kind == EntryKind.REPORT:
        return _("Reported through: %(channel)s") % {"channel": Channel(entry.channel).label}
    if kind == EntryKind.CHANGE:
        return _changed(data, names)
    if kind == EntryKind.TASK:
        return _task(data, names)
    if kind == EntryKind.RATING:
        solved = (
            _("The reporter says: solved (%(n)s of 5)")
            if data.get("is_solved")
            else _("The reporter says: not solved (%(n)s of 5)")
        )
        return solved % {"n": data.get("satisfaction", "–")}
    said_of = {EntryKind.EVIDENCE: _evidence, EntryKind.ESCALATION: _escalated}.get(kind)
    return said_of(data) if said_of else ""


def _moved(move: Move, data: Data, names: Names) -> str:
    if move == Move.DISPATCH:
        return _("Dispatched to %(unit)s") % {
            "unit": names.unit(data.get("lead_name", ""), data.get("lead_name_en", ""))
        }
    if move == Move.FILE:
        return _("Filed as %(category)s") % {"category": names.category(str(data.get("category", "")))}
    if move == Move.ANSWER_CHECK:
        return _("Checked on the spot: true") if data.get("is_true") else _("Checked on the spot: not so")
    if move == Move.MERGE:
        return _("Merged into %(number)s") % {"number": data.get("into", "")}
    if move in {Move.CLOSE, Move.REFUSE, Move.SOLVE_ON_THE_SPOT, Move.WITHDRAW} and data.get("outcome"):
        return _done()[move] % {"outcome": Outcome(data["outcome"]).label}
    return _done().get(move, str(move.label))


def _done() -> Mapping[Move, str]:
    return {
        Move.ACCEPT: _("Accepted"),
        Move.REFUSE: _("Not accepted: %(outcome)s"),
        Move.ASK_CHECK: _("Check on the spot asked for"),
        Move.RECALL: _("Taken back from the unit"),
        Move.TAKE: _("Work has begun"),
        Move.RETURN: _("Returned by the unit"),
        Move.REPORT_BACK: _("Reported as handled"),
        Move.PASS: _("Verified: it is done"),
        Move.FAIL: _("Verified: not done, back to the unit"),
        Move.CLOSE: _("Closed: %(outcome)s"),
        Move.REOPEN: _("Reopened"),
        Move.WITHDRAW: _("Withdrawn by the reporter"),
        Move.SOLVE_ON_THE_SPOT: _("Solved on the spot: %(outcome)s"),
    }


def _changed(data: Data, names: Names) -> str:
    if "category" in data:
        return _("Category changed to %(category)s") % {"category": names.category(str(data["category"]))}
    if "evidence" in data:
        return _("A photo is now shown to the public") if data.get("public") else _("A photo is no longer shown")
    if "to" in data:
        return _("Place corrected, now in grid %(grid)s") % {"grid": data["to"]}
    said = {
        "assignee": _("Given to %(value)s"),
        "merged": _("%(value)s was merged into this case"),
        "linked": _("Linked with %(value)s"),
        "parent": _("Made part of %(value)s"),
        "child": _("%(value)s is now a part of this case"),
    }
    return next((text % {"value": data[key]} for key, text in said.items() if key in data), _("Changed"))


def _task(data: Data, names: Names) -> str:
    if data.get("done"):
        return _("Supporting task done: %(what)s") % {"what": data.get("what", "")}
    return _("Supporting task for %(unit)s") % {"unit": names.unit(data.get("unit", ""), data.get("unit_en", ""))}


def _escalated(data: Data) -> str:
    said = _("%(share)s %% of the time for “%(stage)s” was used up. Told: %(names)s")
    stage = Stage(data["stage"]).label if data.get("stage") in Stage.values else "–"
    return said % {"share": data.get("share", "–"), "stage": stage, "names": ", ".join(data.get("told", ())) or "–"}


def _evidence(data: Data) -> str:
    if data.get("kind") not in EvidenceKind.values or data.get("purpose") not in EvidencePurpose.values:
        return _("Evidence added")
    words = {"kind": EvidenceKind(data["kind"]).label, "purpose": PURPOSES[data["purpose"]]}
    return _("%(kind)s added: %(purpose)s") % words
