"""
Let a case live through its steps in memory, as the actions of the desk would have moved it.

Status, clocks and holder come from `lifecycle.advance`; what each move settles
beside is said here once more, without lock, permission and trail. A test plays
the same steps through the actions and compares.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from onegrid.cases.actions import lived_time, lived_warnings
from onegrid.cases.actions.draw_verification import draw_for
from onegrid.cases.actions.lifecycle import advance, keep_late_whole
from onegrid.cases.actions.lived_rows import Life, Lived, as_json
from onegrid.cases.actions.lived_warnings import Watched
from onegrid.cases.actions.support_case import allow
from onegrid.cases.models import Case, CopyState, EntryKind, Rating, SupportTask, Visibility
from onegrid.cases.rules.draws import Draw, Ground, Seed
from onegrid.cases.rules.lives import (
    Absorbed,
    Argued,
    Moved,
    Noted,
    Proved,
    Rated,
    Step,
    TaskDone,
    TaskGiven,
    TimeAnswered,
    TimeAsked,
)
from onegrid.cases.rules.words import names_of, words_of
from onegrid.cases.states import DRAWN_AT, Move, Outcome, Status
from onegrid.catalogue.public import CategoryEntry, Sensitivity
from onegrid.core.ids import id_after
from onegrid.units.public import UnitKind, directory

Seeds = Callable[[datetime], Seed]  # what is drawn from at a moment
_INTERNAL = {Move.ASK_CHECK, Move.ANSWER_CHECK}
_NO_LEVEL = {"grid", "community"}  # a grid team leads without pulling the case down to its level


def live_through(life: Life, seeds: Seeds, *, watched: Watched | None = None) -> Lived:
    """
    Return what a life leaves behind; `seeds` says what is drawn from at a moment.

    Where somebody watched, the shares of limits that passed until then were told of, as the timeline has it.

    A life is told without knowing whether it is drawn for verification. Where it is not,
    what its verifier and a rework did is left out, and the case is closed by so much earlier.

    :raises IllegalMoveError: if a step is one that the table of moves does not allow there.
    """
    new, by = life.new, life.by
    lived = Lived(_born(life), life)
    channel = new.channel.value
    lived.entries.append((
        life.entry_id, new.id, EntryKind.REPORT.value, "", Visibility.PUBLIC.value, "", by.id if by else None,
        by.name if by else "", "", channel, new.reported_at, new.reported_at, as_json({"route": new.route}),
    ))  # fmt: skip
    for step in life.steps:
        step.at -= lived.spared
        if not _was_spared(lived, step):
            if watched:
                lived_warnings.warn(lived, watched, until=step.at)
            _STEPS[type(step)](lived, step, seeds)
    if watched:
        lived_warnings.warn(lived, watched, until=watched.until, is_last=True)
    said = new.title, new.description, new.address
    lived.case.search = words_of(life.number, said=said, where=names_of(new.location), timeline=lived.texts)
    return lived


def _was_spared(lived: Lived, step: Step) -> bool:
    """
    Tell whether a step was not taken: nobody was drawn to verify, or nobody could ask for a suspension.

    What comes after is earlier by so much.
    """
    if lived.passed_at is None:
        return isinstance(step, Moved) and lived_time.was_not_suspended(lived, step)
    if not isinstance(step, Moved | Proved | Noted):
        return False
    if isinstance(step, Moved) and step.move == Move.CLOSE and lived.case.ended_at is None:
        step.at = lived.passed_at + (step.at - (lived.looked_at or lived.passed_at))
        lived.passed_at = lived.looked_at = None
        return False
    lived.looked_at = step.at
    return True


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
    )


def _move(lived: Lived, step: Step, seeds: Seeds) -> None:
    assert isinstance(step, Moved)
    settle, case = _SETTLED.get(step.move), lived.case
    category = case.category_id
    data = settle(case, step) if settle else {}
    if step.move == Move.SUSPEND:
        data = lived_time.suspend(lived, step)
    lived_time.hear(lived, step)
    drawn = _drawn(lived, step, seeds) if step.move in DRAWN_AT else None
    move = step.move
    if drawn:
        data["draw"] = drawn.as_data()
        if move != Move.REPORT_BACK:
            move, ending = _solved(case, step, drawn)
            data |= ending
    left = Status(case.status)
    moved = advance(case, move, at=step.at, is_reckoned=case.category_id == category)
    lived_time.lapse(lived, left=left, at=step.at)
    lived.write(EntryKind.MOVE, step, {**moved, **data, **step.told}, is_public=move not in _INTERNAL, move=move.value)
    if move == Move.FAIL and _is_led_by_a_grid_team(case):
        case.assignee_id = case.handled_by_id
    lived.was_reopened_by_reporter |= move == Move.REOPEN and step.by is None
    if drawn:
        _settle_draw(lived, step, drawn)


def _drawn(lived: Lived, step: Moved, seeds: Seeds) -> Draw:
    was_not_solved = bool(lived.case.reopen_count) and (
        any(not rating.is_solved for rating in lived.ratings) or lived.was_reopened_by_reporter
    )
    return draw_for(
        lived.case, seed=seeds(step.at), at=step.at, was_not_solved=was_not_solved,
        is_on_the_spot=step.move != Move.REPORT_BACK,
    )  # fmt: skip


def _solved(case: Case, step: Moved, drawn: Draw) -> tuple[Move, dict[str, object]]:
    """Close what was solved on the spot, or let it wait for a verifier, led by the team of the place."""
    if not drawn.is_drawn:
        return Move.SOLVE_ON_THE_SPOT, _end(case, step)
    team = directory().grid_team(case.area_path)
    assert team is not None  # whoever solves on the spot works in one
    case.lead_unit_id = team.id
    return Move.SOLVE_TO_VERIFY, {}


def _is_led_by_a_grid_team(case: Case) -> bool:
    lead = directory().by_id.get(case.lead_unit_id) if case.lead_unit_id else None
    return lead is not None and lead.kind == UnitKind.GRID_TEAM


def _settle_draw(lived: Lived, step: Moved, drawn: Draw) -> None:
    """Let a case that was not drawn go on by itself; write down why another is looked at."""
    by_itself = Moved(id=id_after(step.id), at=step.at, move=Move.PASS)
    if drawn.is_drawn:
        if drawn.ground != Ground.CATEGORY:
            lived.write(EntryKind.DRAW, by_itself, drawn.as_data())
        return
    lived.passed_at = step.at
    if lived.case.ended_at is None:
        lived.case.stage_due_at = None
        data = {**advance(lived.case, Move.PASS, at=step.at), "drawn": False, "percent": drawn.percent}
        lived.write(EntryKind.MOVE, by_itself, data, move=Move.PASS.value)


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
    named = {"lead": lead.code, "lead_name": lead.name, "lead_name_en": lead.name_en}
    if step.move == Move.SETTLE:
        return dict(named)
    followed = step.suggested.get("lead") == lead.code
    return {**named, "suggested": dict(step.suggested), "followed": followed}


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
    case.is_urgent, case.is_public = entry.is_urgent, entry.sensitivity != Sensitivity.CLOSED
    return {"category": entry.code}


def _reopen(case: Case, step: Moved) -> dict[str, object]:
    data: dict[str, object] = {"outcome": case.outcome, "closed_at": case.ended_at.isoformat() if case.ended_at else ""}
    if case.ended_at:
        data |= keep_late_whole(case, case.ended_at)
    case.passed_due_at = None
    case.outcome, case.outcome_note, case.filed_at = "", "", step.at
    case.lead_unit_id, case.handled_by_id, case.verified_by_id = None, None, None
    case.reopen_count += 1
    return data


def _merge(case: Case, step: Moved) -> dict[str, object]:
    case.merged_into_id = step.into_id
    return {"into": step.into_number}


_SETTLED: Mapping[Move, Callable[[Case, Moved], dict[str, object]]] = {
    Move.REFUSE: _end,
    Move.ANSWER_CHECK: lambda _case, _step: {"is_true": True},
    Move.FILE: _file,
    Move.DISPATCH: _dispatch,
    Move.SETTLE: _dispatch,
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
    Move.SOLVE_TO_VERIFY: _solve,
}


def _note(lived: Lived, step: Step, _seeds: Seeds) -> None:
    lived.write(EntryKind.NOTE, step, {}, is_public=False)


def _prove(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, Proved)
    file, by = step.file, step.by
    copy_state = CopyState.WAITING if file.is_public else CopyState.NONE
    lived.evidence.append((
        step.id, lived.case.pk, file.kind, step.purpose, file.sha256, copy_state.value, file.thumbnail_sha256,
        file.media_type, file.size, file.width, file.height, file.name, by.id if by else None, by.name if by else "",
        by.unit_name if by else "", step.at, file.is_public,
    ))  # fmt: skip
    data = {"evidence": str(step.id), "kind": file.kind, "purpose": step.purpose}
    lived.write(EntryKind.EVIDENCE, step, data, is_public=file.is_public)


def _give(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, TaskGiven)
    task = lived.tasks[step.task_id] = SupportTask(
        id=step.task_id, case_id=lived.case.pk, unit_id=step.unit.id, what=step.text, created_at=step.at,
        given_by_id=step.by.id if step.by else None,
    )  # fmt: skip
    allow(task, lived.case)
    lived.write(EntryKind.TASK, step, {"task": str(task.pk), "unit": step.unit.name, "unit_en": step.unit.name_en})


def _finish(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, TaskDone)
    task = lived.tasks[step.task_id]
    task.done_at, task.done_by_id, task.result = step.at, step.by.id if step.by else None, step.text
    late = {"due_at": task.due_at.isoformat(), "late": step.at > task.due_at} if task.due_at else {}
    lived.write(EntryKind.TASK, step, {"done": True, "task": str(task.pk), "what": task.what, **late})


def _rate(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, Rated)
    data = {"is_solved": step.is_solved, "satisfaction": step.satisfaction}
    lived.ratings.append(
        Rating(
            id=step.id, case_id=lived.case.pk, report_id=lived.case.pk, closing=lived.case.reopen_count,
            comment=step.text, rated_at=step.at, **data,
        )
    )  # fmt: skip
    lived.write(EntryKind.RATING, step, data, is_public=False)


def _absorb(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, Absorbed)
    lived.case.report_count += 1
    lived.case.version += 1
    lived.write(EntryKind.CHANGE, step, {"merged": step.number, "reports": 1})


def _ask(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, TimeAsked)
    lived_time.ask(lived, step)


def _answer(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, TimeAnswered)
    lived_time.answer(lived, step)


def _argue(lived: Lived, step: Step, _seeds: Seeds) -> None:
    assert isinstance(step, Argued)
    lived.write(EntryKind.DISPUTE, step, step.told, is_public=False)


_STEPS: Mapping[type[Step], Callable[[Lived, Step, Seeds], None]] = {
    Moved: _move,
    Noted: _note,
    Proved: _prove,
    TaskGiven: _give,
    TaskDone: _finish,
    Rated: _rate,
    Absorbed: _absorb,
    TimeAsked: _ask,
    TimeAnswered: _answer,
    Argued: _argue,
}
