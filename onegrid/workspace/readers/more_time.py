"""More time on the screens: what is asked for on a case and what it would come to, and what waits for a decision."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    Case,
    CaseFile,
    Entered,
    Extended,
    Stage,
    Status,
    TimeKind,
    TimeRequest,
    clock_of,
    decides,
    every_request_of,
    granted_of,
    length,
    level_for,
    level_words,
    marks_of,
    most_hours,
    procedure_of,
    requests_for,
    terms_of,
    time_left_of,
    why_no_extension,
    why_no_suspension,
)
from onegrid.core.durations import clock_words
from onegrid.units.public import Counting, calendar_of, directory
from onegrid.workspace.readers.case_parts import Figure, figures
from onegrid.workspace.rules.clockface import Face, face
from onegrid.workspace.rules.moments import said

DAY = 24


@dataclass(frozen=True, kw_only=True)
class Most:
    """How much an extension may be asked for, in days or hours as the limit is said; `unit_hours` of each."""

    label: str
    hint: str
    amount: float
    unit_hours: int


@dataclass(frozen=True, kw_only=True)
class TimeCard:
    """A request as its case shows it: what is asked, by whom, why, with what proof, and what the limit would become."""

    heading: str
    reason: str
    who: str
    moment: str
    proof: Sequence[Figure]
    due_before: str
    due_after: str
    decider: str


@dataclass(frozen=True, kw_only=True)
class TimeLine:
    """A request that waits for somebody's decision, with the case it is about."""

    number: str
    title: str
    url: str
    heading: str
    reason: str
    who: str
    clock: Face


def fits(name: str, file: CaseFile, *, by: User) -> bool:
    """Tell whether a step about time makes sense: asking while nothing waits, deciding while something does."""
    request = file.time_request
    if name in {"ask-extension", "ask-suspension"}:
        return request is None
    if name == "withdraw-time":
        return request is not None
    return name != "decide-time" or (request is not None and decides(by, request, area_path=file.case.area_path))


def why_not_now(name: str, file: CaseFile, *, by: User, at: datetime) -> str:
    """Return why a step about time has to be left: used up, used often enough, or one's own request."""
    case, request = file.case, file.time_request
    if name == "decide-time" and request and request.asked_by_id == by.pk:
        return _("You asked for this yourself, so somebody else must decide.")
    if name == "ask-extension":
        given = granted_of(
            file.time_requests, kind=TimeKind.EXTENSION, round_=case.reopen_count, unit_id=case.lead_unit_id
        )
        limit = terms_of(case).limit_of(Stage.HANDLE)
        return why_no_extension(procedure_of(case), limit=limit, due_at=case.stage_due_at, granted=given, at=at)
    if name == "ask-suspension":
        given = granted_of(file.time_requests, kind=TimeKind.SUSPENSION, round_=case.reopen_count)
        return why_no_suspension(procedure_of(case), due_at=case.stage_due_at, granted=given, at=at)
    return ""


def time_card(file: CaseFile, *, at: datetime) -> TimeCard | None:
    """Return the request of a case that waits for a decision, if one does."""
    request, now = file.time_request, localtime(at)
    if request is None:
        return None
    after = _due_after(file.case, request, at=at)
    return TimeCard(
        heading=heading(request, file.case, now=now),
        reason=request.reason,
        who=f"{_unit_name(request.unit_id)} · {request.asked_by.display_name}",
        moment=said(localtime(request.asked_at), now=now),
        proof=figures([piece for piece in file.evidence if piece.pk in request.proof], at=at),
        due_before=said(localtime(request.due_at), now=now) if request.due_at else "",
        due_after=said(localtime(after), now=now) if after else "",
        decider=level_words()[request.level],
    )


def heading(request: TimeRequest, case: Case, *, now: datetime) -> str:
    """Return what is asked for in one line."""
    if request.until:
        return _("Suspension until %(moment)s asked for") % {"moment": said(localtime(request.until), now=now)}
    return _("Extension by %(length)s asked for") % {"length": _counted(request.hours or 0, case)}


def most_of(case: Case) -> Most:
    """Return how much more may be asked for: in days where that is several, in hours of working time or of a day."""
    terms = terms_of(case)
    hours = most_hours(procedure_of(case), terms.limit_of(Stage.HANDLE))
    is_days = hours >= 2 * DAY and terms.counting != Counting.WORKING_HOURS
    unit_hours = DAY if is_days else 1
    amount = math.floor(round(hours / unit_hours * 10, 6)) / 10  # as it can be typed
    label = _("How many days more?") if is_days else _("How many hours more?")
    hint = _hint(amount, is_days=is_days, counting=terms.counting, said=_counted(hours, case))
    return Most(label=label, hint=hint, amount=amount, unit_hours=unit_hours)


def _hint(amount: float, *, is_days: bool, counting: Counting, said: str) -> str:
    """Say the most in the unit that is asked for, and in what the limit counts where that is another word for it."""
    many = 1 if amount == 1 else 2
    text = ngettext("At most %(n)s day", "At most %(n)s days", many)
    if not is_days:
        text = ngettext("At most %(n)s hour", "At most %(n)s hours", many)
    told = text % {"n": f"{amount:g}"}
    if counting is Counting.ALWAYS:
        return _("%(most)s.") % {"most": told}
    return _("%(most)s (%(length)s).") % {"most": told, "length": said}


def terms_of_asking(case: Case, kind: TimeKind, *, by: User) -> str:
    """
    Return how often time of a kind may still be had, and who decides; nothing where no unit has the case any more.

    A statement for each level asked.
    """
    unit_id = case.lead_unit_id
    if unit_id is None:
        return ""
    procedure = procedure_of(case)
    if kind == TimeKind.SUSPENSION:
        level, words = procedure.suspension_level, _("Once for a case, for %(days)d days at most. Decided by %(who)s.")
        told = {"days": procedure.suspension_days}
    else:
        given = granted_of(every_request_of(case), kind=kind, round_=case.reopen_count, unit_id=unit_id)
        level, words = procedure.extension_level(given), _("%(left)d of %(whole)d extensions left. Decided by %(who)s.")
        told = {"left": max(procedure.extensions - given, 0), "whole": procedure.extensions}
    decider = level_for(level, by=by, unit_id=unit_id, area_path=case.area_path)
    return words % {**told, "who": level_words()[decider]}


def proof_of(case: Case, *, at: datetime) -> list[tuple[str, str]]:
    """Return the files of a case to choose from as proof, newest first. One statement."""
    return [
        (str(each.id), " · ".join(str(word) for word in (each.kind, each.label, each.caption, each.name) if word))
        for each in reversed(figures(list(case.evidence.all()), at=at))
    ]


def waiting_requests(user: User, *, at: datetime) -> list[TimeLine]:
    """Return what waits for somebody's decision, soonest due first. One statement."""
    now, words = localtime(at), {**clock_words(), "none": _("no limit")}
    return [
        TimeLine(
            number=request.case.number,
            title=request.case.title,
            url=f"{reverse('workspace:step', args=[request.case.number, 'decide-time'])}#step",
            heading=heading(request, request.case, now=now),
            reason=request.reason,
            who=f"{_unit_name(request.unit_id)} · {request.asked_by.display_name}",
            clock=face(
                started_at=request.case.stage_started_at,
                yellow_at=request.case.stage_yellow_at,
                due_at=request.case.stage_due_at,
                now=at,
                words=words,
                left=time_left_of(request.case, now=at),
            ),
        )
        for request in requests_for(user)
    ]


def _due_after(case: Case, request: TimeRequest, *, at: datetime) -> datetime | None:
    """Return when the unit would be due if the request were granted now."""
    if request.until and request.until <= at:
        return None
    mark = (
        Entered(at, Status.SUSPENDED, case.holder_unit_id, case.lead_unit_id, request.until)
        if request.until
        else Extended(at, request.hours or 0)
    )
    marks = [*marks_of(case), mark]
    return clock_of(marks, Stage.HANDLE, terms=terms_of(case), calendars=calendar_of).due_at


def _counted(hours: float, case: Case) -> str:
    """Return how long an extension is, with what it is counted in."""
    return length(timedelta(hours=hours), terms_of(case).counting)


def _unit_name(unit_id: object) -> str:
    unit = directory().by_id.get(unit_id)  # type: ignore[call-overload]  # any key may be asked for
    return unit.named(get_language() or "") if unit else ""
