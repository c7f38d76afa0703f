"""The list of supporting tasks."""

from dataclasses import dataclass
from datetime import datetime

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.public import open_tasks_of
from onegrid.workspace.readers.case_parts import TaskLine, task_lines


@dataclass(frozen=True, kw_only=True)
class TaskOfCase:
    """One open task with the case it belongs to."""

    number: str
    title: str
    place: str
    task: TaskLine


def open_tasks(user: User, *, at: datetime) -> list[TaskOfCase]:
    """Return what the units of somebody still have to do for others, in one statement."""
    units = sorted({duty.unit_id for duty in duties_granting(user, "cases.do_task")})
    return [
        TaskOfCase(
            number=task.case.number,
            title=task.case.title,
            place=f"{task.case.township_name} {task.case.grid_name}",
            task=task_lines([task], case=task.case, by=user, at=at)[0],
        )
        for task in open_tasks_of(units)
    ]
