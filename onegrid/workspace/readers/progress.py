"""How far a case has come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import STAGE_OF, Case, EntryKind, Move, Stage, Status, TimelineEntry
from onegrid.workspace.rules.moments import said

_DONE_BY = {
    Stage.ACCEPT: Move.ACCEPT,
    Stage.CHECK: Move.ANSWER_CHECK,
    Stage.FILE: Move.FILE,
    Stage.DISPATCH: Move.DISPATCH,
    Stage.HANDLE: Move.REPORT_BACK,
    Stage.VERIFY: Move.PASS,
    Stage.CLOSE: Move.CLOSE,
}
_ORDER = (Stage.ACCEPT, Stage.CHECK, Stage.FILE, Stage.DISPATCH, Stage.HANDLE, Stage.VERIFY, Stage.CLOSE)


@dataclass(frozen=True, kw_only=True)
class StagePoint:
    """One stage in the row of stages."""

    label: str
    note: str = ""
    is_done: bool = False
    is_now: bool = False


def progress(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, tell: Callable[[datetime], str] | None = None
) -> list[StagePoint]:
    """
    Return the stages with when each was done, the running one with its due moment.

    The timeline is given latest first. `tell` says a moment; else it is said as at a desk.
    """
    now, running = localtime(at), STAGE_OF.get(Status(case.status))
    if running == Stage.DISPUTE:  # whose it is, is being found once more
        running = Stage.DISPATCH
    tell = tell or (lambda moment: said(moment, now=now))
    done = {Move(entry.move): entry.happened_at for entry in reversed(timeline) if entry.kind == EntryKind.MOVE}
    was_checked = running == Stage.CHECK or Move.ASK_CHECK in done
    stages = [stage for stage in _ORDER if stage != Stage.CHECK or was_checked]
    reached = _position(stages, running, case)
    found = []
    for position, stage in enumerate(stages):
        moment = done.get(_DONE_BY[stage])
        if position < reached:
            note = tell(localtime(moment)) if moment else ""
            found.append(StagePoint(label=str(stage.label), note=note, is_done=True))
        elif stage == running:
            note = tell(localtime(case.stage_due_at)) if case.stage_due_at else ""
            note = _("until %(moment)s") % {"moment": note} if note else ""
            found.append(StagePoint(label=str(stage.label), note=note, is_now=True))
        else:
            found.append(StagePoint(label=str(stage.label)))
    return found


def _position(stages: Sequence[Stage], running: Stage | None, case: Case) -> int:
    if running in stages:
        return stages.index(running)
    return len(stages) if Status(case.status) == Status.CLOSED else 0
