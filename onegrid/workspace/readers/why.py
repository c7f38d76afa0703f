"""Why a case is due when it is due, as a desk reads it: line by line, the running stage first and then the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import (
    Case,
    Explanation,
    Late,
    Line,
    LineKind,
    TimelineEntry,
    explain,
    explain_stages,
    was_late,
)
from onegrid.core.durations import spoken
from onegrid.units.public import calendars
from onegrid.workspace.rules.moments import dated


@dataclass(frozen=True, kw_only=True)
class WhyRow:
    """One line: when, what, who decided it and why, how much time."""

    moment: str
    what: str
    length: str
    who: str = ""
    reason: str = ""
    mark: str = ""
    url: str = ""
    is_sum: bool = False


@dataclass(frozen=True, kw_only=True)
class Why:
    """How a deadline came about, line by line."""

    heading: str
    basis: str
    rows: Sequence[WhyRow]
    percent: int
    is_stopped: bool
    used: str
    limit: str


_SUMS = frozenset({LineKind.NOW, LineKind.ENDED})
_MARKS = {
    LineKind.HOLIDAY: "calendar",
    LineKind.ADJUSTED: "calendar-due",
    LineKind.OWN: "edit",
    LineKind.CALENDAR: "calendar",
    LineKind.EXTENDED: "hourglass",
    LineKind.CHANGED: "tags",
    LineKind.STOPPED: "clock-pause",
    LineKind.BEGAN: "clock",
    LineKind.WENT_ON: "clock",
    LineKind.RAN_ON: "clock",
    LineKind.UNPUBLISHED: "alert-triangle",
}


@dataclass(frozen=True, kw_only=True)
class WasLate:
    """A stage, or the whole, that was late and does not show it any more: which, and when."""

    what: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Whys:
    """Every deadline of a case: of the running stage, of the whole, and of the stages that it has left."""

    stage: Why | None
    whole: Why | None
    stages: Sequence[Why]
    was_late: Sequence[WasLate]

    @property
    def chip(self) -> str:
        """Say what was late and does not show it any more; nothing where there is nothing."""
        names = [each.what for each in self.was_late]
        # Translators: between the names of stages in a list
        return _("was late: %(stages)s") % {"stages": _(", ").join(names)} if names else ""

    def __bool__(self) -> bool:
        """Tell whether there is any to show."""
        return bool(self.stage or self.whole or self.stages or self.was_late)


def whys(case: Case, timeline: Sequence[TimelineEntry], *, at: datetime) -> Whys:
    """Return how each deadline of a case came about."""
    whole = explain(case, timeline, at=at, is_whole=True)
    return Whys(
        stage=why(case, timeline, at=at),
        whole=spelled(whole, at=at) if whole else None,
        stages=[spelled(told, at=at) for told in explain_stages(case, timeline, at=at)],
        was_late=[_was_late(late, now=localtime(at)) for late in was_late(case, timeline, at=at)],
    )


def _was_late(late: Late, *, now: datetime) -> WasLate:
    text = _("due %(due)s, done %(done)s, %(length)s late")
    moments = {"due": dated(localtime(late.due_at), now=now), "done": dated(localtime(late.done_at), now=now)}
    return WasLate(
        what=str(late.stage.label) if late.stage else _("The whole case"),
        text=text % {**moments, "length": spoken(late.by)},
    )


def why(case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, is_public: bool = False) -> Why | None:
    """Return how the deadline of the running stage came about; nothing where there is none."""
    told = explain(case, timeline, at=at, is_public=is_public)
    return spelled(told, at=at) if told else None


def spelled(told: Explanation, *, at: datetime) -> Why:
    """Return an explanation as a desk reads it, line by line."""
    now = localtime(at)
    return Why(
        heading=told.heading,
        basis=told.basis,
        rows=[_row(line, now=now) for line in told.lines],
        percent=told.percent,
        is_stopped=told.is_stopped,
        used=told.used_said,
        limit=told.limit_said,
    )


def _row(line: Line, *, now: datetime) -> WhyRow:
    return WhyRow(
        moment=_("Now") if line.kind is LineKind.NOW else _when(line, now),
        what=line.text,
        length=_length(line),
        who=line.who,
        reason=line.reason,
        mark=_MARKS.get(line.kind, ""),
        url=_address(line.calendar),
        is_sum=line.kind in _SUMS,
    )


def _address(calendar: str) -> str:
    """Return where a calendar is shown; nothing of one that counted then and is closed since."""
    known = calendars()
    return reverse("workspace:calendar", args=[calendar]) if calendar in {*known.by_code, known.default.code} else ""


def _when(line: Line, now: datetime) -> str:
    if line.day is not None:
        # Translators: a date without its year, in the notation of Django's date filter
        days = [date_format(day, _("j M")) for day in (line.day, line.until) if day]
        return " – ".join(days)
    return dated(localtime(line.at), now=now) if line.at and line.kind is not LineKind.COUNTED else ""


def _length(line: Line) -> str:
    if line.amount is None:
        return ""
    if line.kind in _SUMS:
        text = _("%s late") if line.is_late else _("%s left")
        return text % line.said
    return f"+ {line.said}" if line.kind is LineKind.EXTENDED else line.said
