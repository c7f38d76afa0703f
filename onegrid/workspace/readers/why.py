"""Why a case is due when it is due, as a desk reads it: line by line, the running stage first and then the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import Case, Explanation, Line, LineKind, TimelineEntry, explain, length
from onegrid.workspace.rules.moments import said


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


_MARKS = {
    LineKind.HOLIDAY: "calendar",
    LineKind.ADJUSTED: "calendar-due",
    LineKind.OWN: "edit",
    LineKind.EXTENDED: "hourglass",
    LineKind.CHANGED: "tags",
    LineKind.STOPPED: "clock-pause",
    LineKind.BEGAN: "clock",
    LineKind.WENT_ON: "clock",
}


def why(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, is_whole: bool = False, is_public: bool = False
) -> Why | None:
    """Return how the deadline of the running stage, or of the whole, came about; nothing where there is none."""
    told = explain(case, timeline, at=at, is_whole=is_whole, is_public=is_public)
    if told is None:
        return None
    now = localtime(at)
    return Why(
        heading=told.heading,
        basis=told.basis,
        rows=[_row(line, told, now=now) for line in told.lines],
        percent=told.percent,
        is_stopped=told.is_stopped,
    )


def _row(line: Line, told: Explanation, *, now: datetime) -> WhyRow:
    return WhyRow(
        moment=_("Now") if line.kind is LineKind.NOW else _when(line, now),
        what=line.text,
        length=_length(line, told),
        who=line.who,
        reason=line.reason,
        mark=_MARKS.get(line.kind, ""),
        url=reverse("workspace:calendar", args=[line.calendar]) if line.calendar else "",
        is_sum=line.kind is LineKind.NOW,
    )


def _when(line: Line, now: datetime) -> str:
    if line.day is not None:
        # Translators: a date without its year, in the notation of Django's date filter
        days = [date_format(day, _("j M")) for day in (line.day, line.until) if day]
        return " – ".join(days)
    return said(localtime(line.at), now=now) if line.at and line.kind is not LineKind.COUNTED else ""


def _length(line: Line, told: Explanation) -> str:
    if line.amount is None:
        return ""
    if line.kind is LineKind.NOW:
        text = _("%s late") if line.amount < timedelta() else _("%s left")
        return text % length(abs(line.amount), told.counting)
    amount = length(line.amount, told.counting)
    return f"+ {amount}" if line.kind is LineKind.EXTENDED else amount
