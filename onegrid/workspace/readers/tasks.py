"""The list of supporting tasks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.public import Waiting, ask_waiting_for, open_tasks_of
from onegrid.core.statements import Answer
from onegrid.workspace.readers.queue import bounded
from onegrid.workspace.readers.support import TaskLine, task_line


@dataclass(frozen=True, kw_only=True)
class TaskOfCase:
    """One open task with the case it belongs to."""

    number: str
    title: str
    place: str
    task: TaskLine


def ask_waiting(user: User, *, at: datetime) -> Answer[Waiting]:
    """Ask what waits for somebody, in one statement."""
    return ask_waiting_for(user, task_units=_task_units(user), at=at)


def beside_navigation(found: Waiting) -> dict[str, str]:
    """Return what stands beside the entries of the navigation; nothing but the queue has a nought."""
    few = {"tasks": found.tasks, "time": found.requests, "orders": found.orders, "appeals": found.appeals}
    return {"queue": bounded(found.cases), **{name: bounded(count) if count else "" for name, count in few.items()}}


def open_tasks(user: User, *, at: datetime) -> list[TaskOfCase]:
    """Return what the units of somebody still have to do for others, in one statement."""
    return [
        TaskOfCase(
            number=task.case.number,
            title=task.case.title,
            place=f"{task.case.township_name} {task.case.grid_name}",
            task=task_line(task, case=task.case, by=user, at=at),
        )
        for task in open_tasks_of(_task_units(user))
    ]


def _task_units(user: User) -> list[UUID]:
    return sorted({duty.unit_id for duty in duties_granting(user, "cases.do_task")})
