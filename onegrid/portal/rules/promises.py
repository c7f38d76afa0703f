"""What was promised for a case and how it was kept, explained so that anybody can check the sum."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from onegrid.cases.public import (
    STAGE_OF,
    Case,
    Explanation,
    Late,
    Left,
    Light,
    Line,
    LineKind,
    Outcome,
    Stage,
    Status,
    drawn_since,
    light,
)
from onegrid.core.durations import left_in_minutes, spoken
from onegrid.core.moments import day_named, in_full


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One line of why a deadline is what it is; the first says by which rule."""

    moment: str
    text: str
    amount: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """The deadline of a stage that is over, with its reasons."""

    heading: str
    reasons: Sequence[Reason]


@dataclass(frozen=True, kw_only=True)
class Told:
    """The explanations of a case: of the running stage, the whole, the stages it has left; what was late before."""

    stage: Explanation | None
    whole: Explanation | None
    stages: Sequence[Explanation]
    was_late: Sequence[Late]


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """The deadline that counts now: the running stage's, or the whole case's once it is over."""

    state: str
    chip: str
    due_at: datetime | None
    since: datetime | None
    left: Left | None
    sentence: str
    reasons: Sequence[Reason]
    whole: str
    whole_reasons: Sequence[Reason]
    stages: Sequence[Past]
    is_over: bool
    was_late: Sequence[str] = ()
    late_chip: str = ""


def deadline(case: Case, told: Told, left: Left | None, *, now: datetime) -> Deadline:
    """
    Return the deadline of a case with the reasons, of the stage and of the whole; late is said to be late.

    What was late before is said too, unless the deadline that is shown says it.
    """
    found = _kept(case, case.ended_at, told) if case.ended_at else _promised(case, told, left, now=now)
    before = [late for late in told.was_late if late.stage or found.state != Light.RED.value or not found.is_over]
    if not before:
        return found
    # Translators: between the names of steps in a list
    names = _(", ").join(_step_of(late) for late in before)
    return replace(
        found, was_late=[_late_before(late) for late in before], late_chip=_("Was late: %(steps)s") % {"steps": names}
    )


def _step_of(late: Late) -> str:
    return str(late.stage.label) if late.stage else _("all of it")


def _late_before(late: Late) -> str:
    words = {"due": in_full(late.due_at), "done": in_full(late.done_at), "late": spoken(late.by)}
    if late.stage is None:
        return _("All of it should have been done by %(due)s; on %(done)s it was late by %(late)s.") % words
    words["step"] = _step_of(late)
    return _("“%(step)s” should have been done by %(due)s; on %(done)s it was late by %(late)s.") % words


def _promised(case: Case, told: Told, left: Left | None, *, now: datetime) -> Deadline:
    stage = STAGE_OF[Status(case.status)]
    due, began = case.stage_due_at, case.stage_started_at
    state = light(
        started_at=began, yellow_at=case.stage_yellow_at, due_at=due, paused_until=case.suspended_until, now=now
    )
    until = in_full(case.suspended_until) if state is Light.PAUSED else ""
    return Deadline(
        state=state.value,
        chip=_chip(due, left, until=until),
        due_at=due,
        since=drawn_since(started_at=began, yellow_at=case.stage_yellow_at, due_at=due),
        left=None if until else left,
        sentence=_stopped(stage, due, until=until) if until else _running(stage, due, left),
        reasons=_reasons(told.stage),
        whole=_("All steps together are due by %(due)s.") % {"due": in_full(case.due_at)} if case.due_at else "",
        whole_reasons=_reasons(told.whole),
        stages=_past(told.stages),
        is_over=False,
    )


def _kept(case: Case, ended_at: datetime, told: Told) -> Deadline:
    due, words = case.due_at, {"due": in_full(case.due_at), "ended": in_full(ended_at)}
    state, chip = Light.NONE, _("It has ended")
    sentence = _("All of it was due by %(due)s; it ended on %(ended)s.") % words
    if case.status == Status.MERGED:
        sentence = _("Since %(ended)s the deadline of the case it was joined with counts.") % words
    elif due is None:
        sentence = _("It ended on %(ended)s; no deadline had been set.") % words
    elif ended_at > due:
        state, chip = Light.RED, _("%s late") % spoken(ended_at - due)
    elif case.status == Status.CLOSED and case.outcome != Outcome.WITHDRAWN:
        chip = _("%s early") % spoken(left_in_minutes(due - ended_at))
    return Deadline(
        state=state.value, chip=chip, due_at=None, since=None, left=None, sentence=sentence,
        reasons=_reasons(told.whole), whole="", whole_reasons=(), stages=_past(told.stages), is_over=True,
    )  # fmt: skip


def _past(stages: Sequence[Explanation]) -> list[Past]:
    return [Past(heading=told.heading, reasons=_reasons(told)) for told in stages]


def _chip(due: datetime | None, left: Left | None, *, until: str) -> str:
    """Return what the chip says: until when the clock stands still, or what is left in the unit of the limit."""
    if until:
        return _("paused until %(until)s") % {"until": until}
    if due is None or left is None:
        return _("No deadline")
    return (_("%s late") if left.is_late else _("%s left")) % left.said


def _stopped(stage: Stage, due: datetime | None, *, until: str) -> str:
    words = {"stage": stage.label, "due": in_full(due), "until": until}
    if due is None:
        return _("The clock stands still until %(until)s; then work goes on by itself.") % words
    said = _("The clock stands still until %(until)s; then work goes on by itself, and “%(stage)s” is due by %(due)s.")
    return said % words


def _running(stage: Stage, due: datetime | None, left: Left | None) -> str:
    words = {"stage": stage.label, "due": in_full(due)}
    if due is None:
        return _("No limit is set for the step “%(stage)s”.") % words
    if left and left.is_late:
        said = _("The step “%(stage)s” should have been done by %(due)s. It is late by %(late)s.")
        return said % {**words, "late": left.said}
    return _("The step “%(stage)s” will be done by %(due)s.") % words


def _reasons(told: Explanation | None) -> list[Reason]:
    """Say line by line what made the due moment, with full dates and plain words."""
    if told is None:
        return []
    first = Reason(moment="", text=told.basis, amount="")
    lines = [_reason(line) for line in told.lines if line.kind is not LineKind.NOW]
    return [first, *lines]


def _reason(line: Line) -> Reason:
    moment = in_full(line.at) if line.at and line.kind is not LineKind.COUNTED else ""
    if line.day is not None:
        moment = " – ".join(day_named(day) for day in (line.day, line.until) if day)
    text = "\n".join(filter(None, (line.text, line.reason, line.who)))
    return Reason(moment=moment, text=text, amount=_amount(line))


def _amount(line: Line) -> str:
    if line.amount is None:
        return ""
    if line.kind is LineKind.ENDED:
        return (_("%s late") if line.is_late else _("%s early")) % line.said
    return f"+ {line.said}" if line.kind is LineKind.EXTENDED else line.said
