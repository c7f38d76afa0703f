"""Supporting tasks: give one to another unit, and finish it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, require
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.actions.triage_case import CaseNotReadyError
from onegrid.cases.models import Case, EntryKind, SupportTask
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.core.errors import DomainError
from onegrid.oversight.public import record
from onegrid.units.public import UnitEntry


class TaskIsDoneError(DomainError):
    """Somebody has already finished the task."""


def give_task(
    case: Case, *, unit: UnitEntry, what: str, due_at: datetime | None, by: User, at: datetime
) -> SupportTask:
    """Give a supporting unit its part of a locked case, in the caller's transaction."""
    task = SupportTask.objects.create(case=case, unit_id=unit.id, what=what, created_at=at, due_at=due_at)
    add_entry(case, EntryKind.TASK, by=by, at=at, text=what, data={"unit": unit.name, "unit_en": unit.name_en})
    return task


@transaction.atomic(durable=True)
def finish_task(*, task_id: UUID, result: str, by: User, at: datetime) -> SupportTask:
    """
    Report a supporting task as done.

    :raises CaseNotFoundError: if there is none that `by` may see.
    :raises NotAllowedError: if it is another unit's.
    :raises TaskIsDoneError: if it was finished before.
    """
    task = SupportTask.objects.select_for_update(of=("self",)).select_related("case").filter(pk=task_id).first()
    if task is None or not Case.objects.visible_to(by).filter(pk=task.case_id).exists():
        raise CaseNotFoundError(_("There is no such task, or it is not yours to see."))
    require(by, "cases.do_task", area_path=task.case.area_path, unit_ids=(task.unit_id,))
    if task.done_at:
        raise TaskIsDoneError(_("This task is already done."))
    if not result.strip():
        message = _("Say what was done.")
        raise CaseNotReadyError(message, fields={"result": message})
    task.done_at, task.done_by, task.result = at, by, result.strip()
    task.save(update_fields=["done_at", "done_by", "result"])
    add_entry(task.case, EntryKind.TASK, by=by, at=at, text=result, data={"done": True, "what": task.what})
    record("cases.task_done", target=target(task.case), by=actor(by), at=at, data={"task": str(task.pk)})
    return task
