"""Supporting tasks: give one to another unit, finish it, call it off, give it more time once."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, has_permission, require
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import Case, EntryKind, SupportTask
from onegrid.cases.readers.clocks import allowed_to_help
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.due import due_beside
from onegrid.cases.rules.more_time import why_no_words
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.oversight.public import record
from onegrid.units.public import Counting, UnitEntry, calendar_of, directory

WHOLE = 1.0  # of the limit; nobody gives more in one go


class TaskIsDoneError(DomainError):
    """Somebody has already finished the task, or called it off."""


class TaskWasExtendedError(DomainError):
    """The task has had its one extension."""


class TaskIsLateError(DomainError):
    """The task was due before more time was given."""


def give_task(case: Case, *, unit: UnitEntry, what: str, by: User, at: datetime) -> SupportTask:
    """
    Give a supporting unit its part of a locked case, in the caller's transaction.

    It has the handling limit of the category, as it stands now, in its own time.
    """
    task = SupportTask(case=case, unit_id=unit.id, what=what, given_by=by, created_at=at)
    allow(task, case)
    task.save(force_insert=True)
    data = {"task": str(task.pk), "unit": unit.name, "unit_en": unit.name_en}
    add_entry(case, EntryKind.TASK, by=by, at=at, text=what, data=data)
    return task


def allow(task: SupportTask, case: Case) -> None:
    """Write on a task in memory how long it may take by its case as that stands now; nothing without a limit."""
    allowed = allowed_to_help(case, unit=task.unit_id, at=task.created_at)
    if allowed:
        task.limit_time, task.counting, task.due_at = allowed.limit, allowed.counting.value, allowed.due_at


@transaction.atomic(durable=True)
def finish_task(*, task_id: UUID, result: str, by: User, at: datetime) -> SupportTask:
    """
    Report a supporting task as done; one that is done late stays late.

    :raises CaseNotFoundError: if there is none that `by` may see.
    :raises NotAllowedError: if it is another unit's.
    :raises TaskIsDoneError: if it was finished before.
    """
    task = _open_task(task_id, by=by)
    require(by, "cases.do_task", area_path=task.case.area_path, unit_ids=(task.unit_id,))
    _require_open(task)
    _end(task, _said(result, field="result", missing=_("Say what was done.")), by=by, at=at)
    data = {"done": True, "task": str(task.pk), "what": task.what, **_named(task), **_lateness(task, at)}
    add_entry(task.case, EntryKind.TASK, by=by, at=at, text=result, data=data)
    record("cases.task_done", target=target(task.case), by=actor(by), at=at, data={"task": str(task.pk)})
    return task


@transaction.atomic(durable=True)
def cancel_task(*, task_id: UUID, reason: str, by: User, at: datetime) -> SupportTask:
    """
    Call a supporting task off, with the reason: whoever gave it, or who dispatches at the place.

    :raises CaseNotFoundError: if there is none that `by` may see.
    :raises NotAllowedError: if somebody else gave it.
    :raises TaskIsDoneError: if it was finished before.
    """
    task = _open_task(task_id, by=by)
    if not may_cancel(task, by=by):
        raise NotAllowedError(_("Only whoever gave the task, or dispatches there, can call it off."))
    _require_open(task)
    task.is_cancelled = True
    _end(task, _said(reason, field="reason", missing=_("Say why it is called off.")), by=by, at=at)
    data = {"cancelled": True, "task": str(task.pk), "what": task.what, **_named(task), **_lateness(task, at)}
    add_entry(task.case, EntryKind.TASK, by=by, at=at, text=reason, data=data)
    record("cases.task_cancelled", target=target(task.case), by=actor(by), at=at, data={"task": str(task.pk)})
    return task


@transaction.atomic(durable=True)
def extend_task(*, task_id: UUID, share: float, reason: str, by: User, at: datetime) -> SupportTask:
    """
    Give a supporting unit more time, once, as the unit that leads: at most its whole limit again, in its own calendar.

    `share` is the part that is added of the limit that it was given with. It is given before the due moment has
    passed, as the case's own time is: what is late stays late.

    :raises CaseNotFoundError: if there is none that `by` may see.
    :raises NotAllowedError: if `by` does not handle for the unit that leads the case.
    :raises TaskIsDoneError: if it was finished before.
    :raises TaskWasExtendedError: if it was extended before.
    :raises TaskIsLateError: if it was due before.
    :raises InvalidInputError: if it has no limit, or is to have more than its whole limit again.
    """
    task = _open_task(task_id, by=by)
    require(by, "cases.handle", area_path=task.case.area_path, unit_ids=(task.case.lead_unit_id,))
    _require_open(task)
    if task.extended_from:
        raise TaskWasExtendedError(_("This task has been extended already; that is possible once."))
    if task.due_at is None or task.limit_time is None:
        raise InvalidInputError(_("This task has no limit that could be extended."))
    if at > task.due_at:
        raise TaskIsLateError(_("This task is late already; more time is given before its limit."))
    if not 0 < share <= WHOLE:
        message = _("Give at most the whole limit again.")
        raise InvalidInputError(message, fields={"share": message})
    said = _said(reason, field="reason", missing=_("Say why more time is needed."))
    before, task.granted_time = task.due_at, task.limit_time * share
    task.extended_from, task.extended_at, task.extended_by = before, at, by
    task.due_at = due_beside(
        task.created_at, task.limit_time + task.granted_time, Counting(task.counting),
        calendar=calendar_of(task.unit_id),
    )  # fmt: skip
    task.save(update_fields=["granted_time", "extended_from", "extended_at", "extended_by", "due_at"])
    data = {"extended": True, "what": task.what, "from": before.isoformat(), "to": task.due_at.isoformat()}
    data |= {"task": str(task.pk)}
    add_entry(
        task.case, EntryKind.TASK, by=by, at=at, text=said,
        data={**data, **_named(task)},
    )  # fmt: skip
    record("cases.task_extended", target=target(task.case), by=actor(by), at=at, data=data)
    return task


def may_cancel(task: SupportTask, *, by: User) -> bool:
    """Tell whether somebody may call a task off."""
    gave_it = task.given_by_id is not None and task.given_by_id == by.pk
    return gave_it or has_permission(by, "dispatch.dispatch", area_path=task.case.area_path)


def _open_task(task_id: UUID, *, by: User) -> SupportTask:
    task = SupportTask.objects.select_for_update(of=("self",)).select_related("case").filter(pk=task_id).first()
    if task is None or not Case.objects.visible_to(by).filter(pk=task.case_id).exists():
        raise CaseNotFoundError(_("There is no such task, or it is not yours to see."))
    return task


def _require_open(task: SupportTask) -> None:
    if task.is_cancelled:
        raise TaskIsDoneError(_("This task was called off."))
    if task.done_at:
        raise TaskIsDoneError(_("This task is already done."))


def _said(text: str, *, field: str, missing: str) -> str:
    if why := why_no_words(text, asked=missing):
        raise CaseNotReadyError(why, fields={field: why})
    return text.strip()


def _end(task: SupportTask, result: str, *, by: User, at: datetime) -> None:
    task.done_at, task.done_by, task.result = at, by, result
    task.save(update_fields=["done_at", "done_by", "result", "is_cancelled"])


def _named(task: SupportTask) -> Mapping[str, object]:
    unit = directory().by_id[task.unit_id]
    return {"unit": unit.name, "unit_en": unit.name_en}


def _lateness(task: SupportTask, at: datetime) -> Mapping[str, object]:
    """Keep until when a task was due and whether it ended late, which nobody may rewrite."""
    if task.due_at is None:
        return {}
    return {"due_at": task.due_at.isoformat(), "late": at > task.due_at}
