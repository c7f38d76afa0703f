"""Supporting tasks made ready to draw: each with its own clock, how that came about, and what one person may do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, has_permission
from onegrid.cases.public import Case, Explanation, SupportTask, TimelineEntry, explain_task, may_cancel
from onegrid.core.durations import clock_words
from onegrid.units.public import directory
from onegrid.workspace.readers.beside import face_beside
from onegrid.workspace.readers.why import Why, spelled
from onegrid.workspace.rules.clockface import Face
from onegrid.workspace.rules.moments import said


@dataclass(frozen=True, kw_only=True)
class TaskLine:
    """One supporting task, how its due moment came about line by line, and what this person may do with it."""

    id: UUID
    unit: str
    what: str
    result: str
    clock: Face
    why: Why | None
    is_cancelled: bool
    can_finish: bool
    can_cancel: bool
    can_extend: bool


def task_lines(
    tasks: Sequence[SupportTask], timeline: Sequence[TimelineEntry], *, case: Case, by: User, at: datetime
) -> list[TaskLine]:
    """Return the supporting tasks of a case with how their due moments came about."""
    return [task_line(task, case=case, by=by, at=at, told=explain_task(task, timeline, at=at)) for task in tasks]


def task_line(task: SupportTask, *, case: Case, by: User, at: datetime, told: Explanation | None = None) -> TaskLine:
    """Return one supporting task, and how its due moment came about if that is told."""
    unit, words = directory().by_id.get(task.unit_id), {**clock_words(), "none": _("no limit")}
    is_open = task.done_at is None
    leads = has_permission(by, "cases.handle", area_path=case.area_path, unit_ids=(case.lead_unit_id,))
    does = has_permission(by, "cases.do_task", area_path=case.area_path, unit_ids=(task.unit_id,))
    return TaskLine(
        id=task.pk,
        unit=unit.named(get_language() or "") if unit else "–",
        what=task.what,
        result=task.result,
        clock=face_beside(task, at=at, words=words, ended=_ended(task, at=at)),
        why=spelled(told, at=at) if told else None,
        is_cancelled=task.is_cancelled,
        can_finish=is_open and does,
        can_cancel=is_open and may_cancel(task, by=by),
        can_extend=is_open and leads and task.extended_from is None and task.due_at is not None and at <= task.due_at,
    )


def _ended(task: SupportTask, *, at: datetime) -> str:
    """Say how a task ended; what ended late stays late."""
    if task.done_at is None:
        return ""
    moment = {"moment": said(localtime(task.done_at), now=localtime(at))}
    if task.is_cancelled:
        return _("called off %(moment)s") % moment
    is_late = task.due_at is not None and task.done_at > task.due_at
    return _("done late, %(moment)s") % moment if is_late else _("done %(moment)s") % moment
