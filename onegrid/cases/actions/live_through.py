"""
Let a case live through its steps in memory, as the actions of the desk would have moved it.

Status, clocks and holder come from `lifecycle.advance`; what each move settles
beside is said here once more, without lock, permission and trail. A test plays
the same steps through the actions and compares.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import msgspec

from onegrid.cases.actions.insert_case import NewCase, searched
from onegrid.cases.actions.lifecycle import advance
from onegrid.cases.models import Case, Channel, EntryKind, Rating, SupportTask, Visibility
from onegrid.cases.rules.lives import Absorbed, Hand, Moved, Noted, Proved, Rated, Step, TaskDone, TaskGiven
from onegrid.cases.states import Move, Outcome, Status
from onegrid.catalogue.public import CategoryEntry, Sensitivity
from onegrid.core.search import vector

_encoder = msgspec.json.Encoder()
EntryRow = tuple[
    UUID, UUID, str, str, str, str, UUID | None, str, str, str, datetime, datetime, str
]  # in the order of ENTRY_COLUMNS
ENTRY_COLUMNS = (
    "id", "case_id", "kind", "move", "visibility", "text", "by_user_id", "by_name", "unit_name", "channel",
    "happened_at", "received_at", "data",
)  # fmt: skip
EvidenceRow = tuple[
    UUID, UUID, str, str, str, str, str, str, int, int | None, int | None, str, UUID | None, str, str, datetime, bool
]  # in the order of EVIDENCE_COLUMNS
EVIDENCE_COLUMNS = (
    "id", "case_id", "kind", "purpose", "sha256", "public_sha256", "thumbnail_sha256", "media_type", "size", "width",
    "height", "name", "added_by_id", "by_name", "unit_name", "added_at", "is_public",
)  # fmt: skip
_INTERNAL = {Move.ASK_CHECK, Move.ANSWER_CHECK}
_NO_LEVEL = {"grid", "community"}  # a grid team leads without pulling the case down to its level


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """A case as it came in under its number, who took it in, and what happened to it since."""

    new: NewCase
    number: str
    entry_id: UUID
    by: Hand | None = None
    steps: Sequence[Step] = ()


@dataclass(slots=True)
class Lived:
    """The rows that a life leaves; `report_case_id` is the case that its report now belongs to."""

    case: Case
    life: Life
    entries: list[EntryRow] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)
    tasks: dict[UUID, SupportTask] = field(default_factory=dict)
    ratings: list[Rating] = field(default_factory=list)

    @property
    def report_case_id(self) -> UUID:
        """The case itself, or the one that it was merged into."""
        return self.case.merged_into_id or self.case.pk

    def write(
        self, kind: EntryKind, step: Step, data: Mapping[str, object], *, is_public: bool = True, move: str = ""
    ) -> None:
        """Add an entry to the timeline."""
        by = step.by
        self.entries.append((
            step.id, self.case.pk, kind.value, move, (Visibility.PUBLIC if is_public else Visibility.INTERNAL).value,
            step.text, by.id if by else None, by.name if by else "", by.unit_name if by else "",
            _door(kind, move, by).value,
            step.at, step.at, _json(data),
        ))  # fmt: skip


def _door(kind: EntryKind, move: str, by: Hand | None) -> Channel:
    """Return through which door a step came: what reporters do themselves, except for reopening, by the public site."""
    is_reporters = kind in {EntryKind.RATING, EntryKind.EVIDENCE} or move == Move.WITHDRAW.value
    return Channel.PORTAL if by is None and is_reporters else Channel.DESK


def live_through(life: Life) -> Lived:
    """
    Return what a life leaves behind.

    :raises IllegalMoveError: if a step is one that the table of moves does not allow there.
    """
    new, by = life.new, life.by
    lived = Lived(_born(life), life)
    channel = new.channel.value
    lived.entries.append((
        life.entry_id, new.id, EntryKind.REPORT.value, "", Visibility.PUBLIC.value, "", by.id if by else None,
        by.name if by else "", "", channel, new.reported_at, new.reported_at, _json({"route": new.route}),
    ))  # fmt: skip
    for step in life.steps:
        _STEPS[type(step)](lived, step)
    return lived


def _json(data: object) -> str:
    return _encoder.encode(data).decode()


def _born(life: Life) -> Case:
    new, place = life.new, life.new.location
    return Case(
        id=new.id,
        number=life.number,
        category_id=new.category_id,
        title=new.title,
        description=new.description,
        answers=dict(new.answers),
        channel=new.channel.value,
        status=Status.REPORTED,
        place=place.point,
        original_x=new.original[0],
        original_y=new.original[1],
        original_system=new.original_system,
        accuracy_m=new.accuracy_m,
        address=new.address,
        grid_id=place.grid.id,
        grid_code=place.grid.code,
        community_code=place.community.code,
        township_code=place.township.code,
        area_path=place.grid.path,
        grid_name=place.grid.name,
        community_name=place.community.name,
        township_name=place.township.name,
        level=new.level,
        holder_unit_id=new.holder_unit_id,
        reported_by_id=life.by.id if life.by else None,
        reported_at=new.reported_at,
        received_at=new.reported_at,
        stage_started_at=new.reported_at,
        stage_due_at=new.moments.stage_due_at,
        stage_yellow_at=new.moments.stage_yellow_at,
        due_at=new.moments.due_at,
        warn_at=new.moments.warn_at,
        is_urgent=new.is_urgent,
        is_public=new.is_public,
        is_simulated=new.is_simulated,
        search=vector(life.number, *searched(new)),
    )


def _move(lived: Lived, step: Step) -> None:
    assert isinstance(step, Moved)
    settle = _SETTLED.get(step.move)
    data = settle(lived.case, step) if settle else {}
    moved = advance(lived.case, step.move, at=step.at)
    lived.write(EntryKind.MOVE, step, {**moved, **data}, is_public=step.move not in _INTERNAL, move=step.move.value)


def _given_category(step: Moved) -> CategoryEntry:
    if step.category is None:
        message = f"{step.move} needs a category."
        raise ValueError(message)
    return step.category


def _file(case: Case, step: Moved) -> dict[str, object]:
    entry = _given_category(step)
    case.category_id, case.is_urgent, case.filed_at = entry.id, entry.is_urgent, step.at
    case.is_public = entry.sensitivity != Sensitivity.CLOSED
    return {"category": entry.code, "category_version": entry.version}


def _dispatch(case: Case, step: Moved) -> dict[str, object]:
    lead = step.lead
    if lead is None:
        message = "A case cannot be dispatched to nobody."
        raise ValueError(message)
    case.lead_unit_id = lead.id
    case.level = case.level if lead.level in _NO_LEVEL else lead.level
    return {
        "lead": lead.code, "lead_name": lead.name, "lead_name_en": lead.name_en, "suggested": dict(step.suggested),
        "followed": step.suggested.get("lead") == lead.code,
    }  # fmt: skip


def _recall(case: Case, _step: Moved) -> dict[str, object]:
    case.lead_unit_id = None
    return {}


def _take(case: Case, step: Moved) -> dict[str, object]:
    case.assignee_id = step.by.id if step.by else None
    return {}


def _return(case: Case, step: Moved) -> dict[str, object]:
    returned_by, case.lead_unit_id, case.assignee_id = case.lead_unit_id, None, None
    case.return_count += 1
    return {"returned_by": str(returned_by), "returns": case.return_count, "reason": step.reason.value}


def _report_back(case: Case, step: Moved) -> dict[str, object]:
    case.handled_by_id = step.by.id if step.by else None
    return {}


def _pass(case: Case, step: Moved) -> dict[str, object]:
    case.verified_by_id = step.by.id if step.by else None
    return {}


def _fail(case: Case, _step: Moved) -> dict[str, object]:
    case.rework_count += 1
    return {}


def _end(case: Case, step: Moved) -> dict[str, object]:
    outcome = step.outcome or Outcome.FIXED
    case.outcome, case.outcome_note = outcome.value, step.text
    return {"outcome": outcome.value}


def _solve(case: Case, step: Moved) -> dict[str, object]:
    entry = _given_category(step)
    case.category_id, case.handled_by_id, case.filed_at = entry.id, step.by.id if step.by else None, step.at
    return {**_end(case, step), "category": entry.code}


def _reopen(case: Case, step: Moved) -> dict[str, object]:
    data = {"outcome": case.outcome, "closed_at": case.ended_at.isoformat() if case.ended_at else ""}
    case.outcome, case.outcome_note, case.filed_at = "", "", step.at
    case.lead_unit_id, case.handled_by_id, case.verified_by_id = None, None, None
    case.reopen_count += 1
    return dict(data)


def _merge(case: Case, step: Moved) -> dict[str, object]:
    case.merged_into_id = step.into_id
    return {"into": step.into_number}


_SETTLED: Mapping[Move, Callable[[Case, Moved], dict[str, object]]] = {
    Move.REFUSE: _end,
    Move.ANSWER_CHECK: lambda _case, _step: {"is_true": True},
    Move.FILE: _file,
    Move.DISPATCH: _dispatch,
    Move.RECALL: _recall,
    Move.TAKE: _take,
    Move.RETURN: _return,
    Move.REPORT_BACK: _report_back,
    Move.PASS: _pass,
    Move.FAIL: _fail,
    Move.CLOSE: _end,
    Move.REOPEN: _reopen,
    Move.MERGE: _merge,
    Move.WITHDRAW: _end,
    Move.SOLVE_ON_THE_SPOT: _solve,
}


def _note(lived: Lived, step: Step) -> None:
    lived.write(EntryKind.NOTE, step, {}, is_public=False)


def _prove(lived: Lived, step: Step) -> None:
    assert isinstance(step, Proved)
    file, by = step.file, step.by
    lived.evidence.append((
        step.id, lived.case.pk, file.kind, step.purpose, file.sha256, file.public_sha256, file.thumbnail_sha256,
        file.media_type, file.size, file.width, file.height, file.name, by.id if by else None, by.name if by else "",
        by.unit_name if by else "", step.at, bool(file.public_sha256),
    ))  # fmt: skip
    data = {"evidence": str(step.id), "kind": file.kind, "purpose": step.purpose}
    lived.write(EntryKind.EVIDENCE, step, data, is_public=bool(file.public_sha256))


def _give(lived: Lived, step: Step) -> None:
    assert isinstance(step, TaskGiven)
    lived.tasks[step.task_id] = SupportTask(
        id=step.task_id, case_id=lived.case.pk, unit_id=step.unit.id, what=step.text, created_at=step.at,
        due_at=step.due_at,
    )  # fmt: skip
    lived.write(EntryKind.TASK, step, {"unit": step.unit.name, "unit_en": step.unit.name_en})


def _finish(lived: Lived, step: Step) -> None:
    assert isinstance(step, TaskDone)
    task = lived.tasks[step.task_id]
    task.done_at, task.done_by_id, task.result = step.at, step.by.id if step.by else None, step.text
    lived.write(EntryKind.TASK, step, {"done": True, "what": task.what})


def _rate(lived: Lived, step: Step) -> None:
    assert isinstance(step, Rated)
    data = {"is_solved": step.is_solved, "satisfaction": step.satisfaction}
    lived.ratings.append(
        Rating(
            id=step.id, case_id=lived.case.pk, report_id=lived.case.pk, closing=lived.case.reopen_count,
            comment=step.text, rated_at=step.at, **data,
        )
    )  # fmt: skip
    lived.write(EntryKind.RATING, step, data, is_public=False)


def _absorb(lived: Lived, step: Step) -> None:
    assert isinstance(step, Absorbed)
    lived.case.report_count += 1
    lived.case.version += 1
    lived.write(EntryKind.CHANGE, step, {"merged": step.number, "reports": 1})


_STEPS: Mapping[type[Step], Callable[[Lived, Step], None]] = {
    Moved: _move,
    Noted: _note,
    Proved: _prove,
    TaskGiven: _give,
    TaskDone: _finish,
    Rated: _rate,
    Absorbed: _absorb,
}
