"""How far a case has come, and why its running stage must be over when it must."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.public import (
    ENDED,
    STAGE_OF,
    Case,
    Channel,
    EntryKind,
    Move,
    Stage,
    Status,
    TimelineEntry,
    limits_of,
    used_share,
)
from onegrid.catalogue.public import catalogue
from onegrid.core.durations import spoken
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


@dataclass(frozen=True, kw_only=True)
class Why:
    """How a deadline came about, line by line."""

    heading: str
    basis: str
    rows: Sequence[tuple[str, str, str]]
    percent: int


def progress(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, tell: Callable[[datetime], str] | None = None
) -> list[StagePoint]:
    """
    Return the stages with when each was done, the running one with its due moment.

    The timeline is given latest first. `tell` says a moment; else it is said as at a desk.
    """
    now, running = localtime(at), STAGE_OF.get(Status(case.status))
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


def why(case: Case, *, at: datetime) -> Why | None:
    """Explain the running deadline: from when it counts, how long the catalogue allows, when that ends."""
    stage = STAGE_OF.get(Status(case.status))
    if stage is None or case.stage_due_at is None or Status(case.status) in ENDED:
        return None
    now = localtime(at)
    allowed = case.stage_due_at - case.stage_started_at
    share = round(
        100
        * used_share(started_at=case.stage_started_at, yellow_at=case.stage_yellow_at, due_at=case.stage_due_at, now=at)
    )
    begun, due = said(localtime(case.stage_started_at), now=now), said(localtime(case.stage_due_at), now=now)
    used = (_("Now"), _("%(percent)d%% used") % {"percent": share}, _left(case.stage_due_at - at))
    rows = [
        (begun, _("%(stage)s begins") % {"stage": stage.label}, ""),
        ("", _("Counted without a break: nights, weekends and holidays too"), spoken(allowed)),
        (due, _("Limit of the stage"), ""),
    ]
    if _is_brought_in(case):
        rows = [(begun, _("Reported in the other system"), ""), (due, _("Due in the other system"), spoken(allowed))]
    heading = _("%(stage)s: %(length)s") % {"stage": stage.label, "length": spoken(allowed)}
    return Why(heading=heading, basis=_basis(case, stage), rows=[*rows, used], percent=share)


def _is_brought_in(case: Case) -> bool:
    """Tell whether the due moment is still the one that came with a case of another system; a move starts ours."""
    return case.channel == Channel.IMPORT and case.stage_started_at == case.reported_at


def _left(left: timedelta) -> str:
    text = _("%s late") if left < timedelta() else _("%s left")
    return text % spoken(left)


def _basis(case: Case, stage: Stage) -> str:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    hours = limits_of(case).get(stage.value)
    length = spoken(timedelta(hours=hours)) if hours else _("no limit")
    if kind is None:
        text = _("No category yet: the general limits for new reports hold, %(length)s for this stage.")
        return text % {"length": length}
    text = _("By the catalogue: %(category)s, version %(version)d, %(length)s for this stage.")
    if _is_brought_in(case):
        text = _(
            "The due moment is the other system's; it came with the case and is not counted again here. "
            "The catalogue has %(category)s, version %(version)d, %(length)s for this stage."
        )
    return text % {"category": kind.trailed(get_language() or ""), "version": kind.version, "length": length}
