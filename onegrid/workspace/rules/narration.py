"""What the software says about an entry of the timeline, from its kind, move and data, in the reader's words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from onegrid.cases.public import (
    GROUND_WORDS,
    Channel,
    EntryKind,
    EvidenceKind,
    EvidencePurpose,
    Ground,
    Move,
    Outcome,
    Stage,
    TimelineEntry,
    is_question,
)
from onegrid.units.public import Counting
from onegrid.workspace.rules.appeal_words import appealed
from onegrid.workspace.rules.docket_words import disputed, said_in_docket, settled
from onegrid.workspace.rules.time_words import ordered, returned, suspended, time_asked
from onegrid.workspace.rules.words import PURPOSES

Data = Mapping[str, Any]
Named = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """How units and categories are called in the reader's language."""

    unit: Callable[[str, str], str]  # of the Chinese and the English name that were kept
    category: Named
    category_of: Named  # by the id of its version
    counting: Counting  # what the limit of handling, and so more of it, is counted in


def headline(entry: TimelineEntry, names: Names) -> str:
    """Return one sentence for an entry; what somebody wrote stands below it."""
    if is_question(entry):
        return _("A question to the reporter")
    told = _TOLD.get(EntryKind(entry.kind))
    return told(entry, names) if told else ""


def _move(entry: TimelineEntry, names: Names) -> str:
    return _late(_moved(Move(entry.move), entry.data, names), entry.data)


def _late(said: str, data: Data) -> str:
    return _("%(what)s, late") % {"what": said} if data.get("late") else said


def is_by_itself(entry: TimelineEntry) -> bool:
    """Tell whether an entry was made by the system: an escalation, a draw, or what follows where nobody was drawn."""
    return entry.kind in {EntryKind.DRAW, EntryKind.ESCALATION} or entry.data.get("drawn") is False


def _drawn(entry: TimelineEntry, _names: Names) -> str:
    return _("Will be verified: %(why)s") % {"why": GROUND_WORDS[Ground(entry.data.get("ground", Ground.CHANCE))]}


def _passed(data: Data, _names: Names) -> str:
    return _("Verified by sampling; this one was not drawn") if data.get("drawn") is False else ""


def _report(entry: TimelineEntry, _names: Names) -> str:
    return _("Reported through: %(channel)s") % {"channel": Channel(entry.channel).label}


def _rating(entry: TimelineEntry, _names: Names) -> str:
    solved = (
        _("The reporter says: solved (%(n)s of 5)")
        if entry.data.get("is_solved")
        else _("The reporter says: not solved (%(n)s of 5)")
    )
    return solved % {"n": entry.data.get("satisfaction", "–")}


def _moved(move: Move, data: Data, names: Names) -> str:
    said = _MOVED[move](data, names) if move in _MOVED else ""
    if not said and move in _ENDED and data.get("outcome"):
        return _done()[move] % {"outcome": Outcome(data["outcome"]).label}
    return said or _done().get(move, str(move.label))


def _dispatched(data: Data, names: Names) -> str:
    return _("Dispatched to %(unit)s") % {"unit": names.unit(data.get("lead_name", ""), data.get("lead_name_en", ""))}


def _filed(data: Data, names: Names) -> str:
    return _("Filed as %(category)s") % {"category": names.category(str(data.get("category", "")))}


def _checked(data: Data, _names: Names) -> str:
    return _("Checked on the spot: true") if data.get("is_true") else _("Checked on the spot: not so")


def _merged(data: Data, _names: Names) -> str:
    return _("Merged into %(number)s") % {"number": data.get("into", "")}


def _done() -> Mapping[Move, str]:
    return {
        Move.ACCEPT: _("Accepted"),
        Move.REFUSE: _("Not accepted: %(outcome)s"),
        Move.ASK_CHECK: _("Check on the spot asked for"),
        Move.RECALL: _("Taken back from the unit"),
        Move.TAKE: _("Work has begun"),
        Move.RETURN: _("Returned by the unit"),
        Move.SUSPEND: _("Suspended for a time"),
        Move.RESUME: _("The clock goes on"),
        Move.REPORT_BACK: _("Reported as handled"),
        Move.PASS: _("Verified: it is done"),
        Move.FAIL: _("Verified: not done, back to the unit"),
        Move.CLOSE: _("Closed: %(outcome)s"),
        Move.REOPEN: _("Reopened"),
        Move.WITHDRAW: _("Withdrawn by the reporter"),
        Move.SOLVE_ON_THE_SPOT: _("Solved on the spot: %(outcome)s"),
        Move.SOLVE_TO_VERIFY: _("Solved on the spot, to be verified"),
    }


def _changed(data: Data, names: Names) -> str:
    if before := data.get("categories", {}).get("from"):
        names_ = {"before": names.category_of(before), "category": names.category(str(data["category"]))}
        return _("Category changed from %(before)s to %(category)s") % names_
    if "category" in data:
        return _("Category changed to %(category)s") % {"category": names.category(str(data["category"]))}
    if "evidence" in data:
        return _shown(data)
    if "to" in data:
        return _("Place corrected, now in grid %(grid)s") % {"grid": data["to"]}
    if "joined" in data:
        return _("One more person reports the same matter")
    said = {
        "assignee": _("Given to %(value)s"),
        "merged": _("%(value)s was merged into this case"),
        "linked": _("Linked with %(value)s"),
        "parent": _("Made part of %(value)s"),
        "child": _("%(value)s is now a part of this case"),
    }
    return next((text % {"value": data[key]} for key, text in said.items() if key in data), _("Changed"))


def _shown(data: Data) -> str:
    if "public" in data:
        return _("A photo is now shown to the public") if data["public"] else _("A photo is no longer shown")
    if data.get("lifted"):
        return _("In a photo for the public, covered parts were made visible: %(n)d") % {"n": len(data["lifted"])}
    return _("More was covered in a photo for the public")


def _task(data: Data, names: Names) -> str:
    unit = names.unit(data.get("unit", ""), data.get("unit_en", ""))
    said = {
        "done": _("Supporting task done: %(what)s"),
        "cancelled": _("Supporting task called off: %(unit)s, %(what)s"),
        "extended": _("Supporting task given more time: %(unit)s, %(what)s"),
    }
    text = next((text for key, text in said.items() if data.get(key)), _("Supporting task for %(unit)s"))
    return text % {"unit": unit, "what": data.get("what", "")}


def _escalated(data: Data) -> str:
    said = _("%(share)s %% of the time for “%(stage)s” was used up. Told: %(names)s")
    stage = Stage(data["stage"]).label if data.get("stage") in Stage.values else "–"
    return said % {"share": data.get("share", "–"), "stage": stage, "names": ", ".join(data.get("told", ())) or "–"}


def _evidence(data: Data) -> str:
    if data.get("kind") not in EvidenceKind.values or data.get("purpose") not in EvidencePurpose.values:
        return _("Evidence added")
    words = {"kind": EvidenceKind(data["kind"]).label, "purpose": PURPOSES[data["purpose"]]}
    return _("%(kind)s added: %(purpose)s") % words


_TOLD: Mapping[EntryKind, Callable[[TimelineEntry, Names], str]] = {
    EntryKind.MOVE: _move,
    EntryKind.REPORT: _report,
    EntryKind.CHANGE: lambda entry, names: _late(_changed(entry.data, names), entry.data),
    EntryKind.TASK: lambda entry, names: _late(_task(entry.data, names), entry.data),
    EntryKind.RATING: _rating,
    EntryKind.EVIDENCE: lambda entry, _names: _evidence(entry.data),
    EntryKind.SUPERVISION: lambda entry, _names: ordered(entry.data),
    EntryKind.NUDGE: lambda _entry, _names: _("A reporter asked to hurry"),
    EntryKind.DRAW: _drawn,
    EntryKind.DISPUTE: lambda entry, names: said_in_docket(entry.data, names.unit),
    EntryKind.EXTENSION: lambda entry, names: time_asked(entry.data, counting=names.counting),
    EntryKind.APPEAL: lambda entry, _names: appealed(entry.data),
    EntryKind.ESCALATION: lambda entry, _names: _escalated(entry.data),
}
_MOVED: Mapping[Move, Callable[[Data, Names], str]] = {
    Move.DISPATCH: _dispatched,
    Move.DISPUTE: lambda data, names: disputed(data, names.unit),
    Move.SETTLE: lambda data, names: settled(data, names.unit),
    Move.FILE: _filed,
    Move.ANSWER_CHECK: _checked,
    Move.MERGE: _merged,
    Move.PASS: _passed,
    Move.RETURN: lambda data, _names: returned(data),
    Move.SUSPEND: lambda data, _names: suspended(data),
}
_ENDED = frozenset({Move.CLOSE, Move.REFUSE, Move.SOLVE_ON_THE_SPOT, Move.WITHDRAW})
