"""How a case is put into words for the API, and what every decision on one is told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language

from onegrid.accounts.public import User, acting
from onegrid.cases.api.appeal_schemas import AppealOut, AppealReviewOut
from onegrid.cases.api.schemas import (
    CaseCategoryOut,
    CaseOut,
    CasePlaceOut,
    CaseUnitOut,
    DeadlineLineOut,
    DeadlineOut,
    EntryOut,
    LeftOut,
    LinkOut,
    MoveIn,
    TaskOut,
)
from onegrid.cases.api.time_schemas import TimeRequestOut
from onegrid.cases.models import (
    AppealState,
    Case,
    CaseLink,
    LatenessAppeal,
    LinkKind,
    SupportTask,
    TimeKind,
    TimelineEntry,
    TimeRequest,
    TimeState,
    Visibility,
)
from onegrid.cases.readers.clocks import time_left_of
from onegrid.cases.readers.explain_beside import explain_appeal, explain_task
from onegrid.cases.readers.file import case_id_of
from onegrid.cases.rules.clock import light
from onegrid.cases.rules.clock_left import Left
from onegrid.cases.rules.clock_words import Explanation
from onegrid.cases.states import STAGE_OF, Move, Outcome, Stage, Status, moves_from
from onegrid.catalogue.public import catalogue
from onegrid.core.api.conditions import etag, seen_version
from onegrid.core.api.interface import dumped
from onegrid.units.public import directory


class Decided(TypedDict):
    """What every move is told: which case, as seen in which version, by whom and when."""

    case_id: UUID
    version: int
    by: User
    at: datetime


def decided(request: HttpRequest, case: str, payload: MoveIn) -> Decided:
    """
    Return what a move is told.

    :raises VersionMissingError: if the request does not say which version it was decided on.
    :raises CaseNotFoundError: if there is no case of this number that the caller may see.
    """
    by = acting(request)
    version = seen_version(request, payload.version)
    return Decided(case_id=case_id_of(case, by=by), version=version, by=by, at=now())


def answered(case: Case, *, status: int = 200) -> HttpResponse:
    """Return a case as it now stands, with the tag of its version."""
    response = dumped(case_out(case), status=status)
    response["ETag"] = etag(case.version)
    return response


def case_out(case: Case) -> CaseOut:
    """Put a case into words."""
    status = Status(case.status)
    return CaseOut(
        id=case.pk,
        number=case.number,
        version=case.version,
        title=case.title,
        description=case.description,
        status=status,
        stage=STAGE_OF.get(status),
        outcome=Outcome(case.outcome) if case.outcome else None,
        outcome_note=case.outcome_note,
        light=light(
            started_at=case.stage_started_at,
            yellow_at=case.stage_yellow_at,
            due_at=case.stage_due_at,
            paused_until=case.suspended_until,
            now=now(),
        ),
        channel=case.channel,
        category=_category(case.category_id),
        place=_place(case),
        level=case.level,
        lead_unit=unit_out(case.lead_unit_id),
        holder_unit=unit_out(case.holder_unit_id),
        assignee=case.assignee.display_name if case.assignee else None,
        is_urgent=case.is_urgent,
        is_simulated=case.is_simulated,
        report_count=case.report_count,
        return_count=case.return_count,
        rework_count=case.rework_count,
        reopen_count=case.reopen_count,
        parent=case.parent.number if case.parent else None,
        merged_into=case.merged_into.number if case.merged_into else None,
        reported_at=case.reported_at,
        received_at=case.received_at,
        filed_at=case.filed_at,
        stage_due_at=case.stage_due_at,
        stage_left=_left(time_left_of(case, now=now())),
        due_at=case.due_at,
        suspended_until=case.suspended_until,
        ended_at=case.ended_at,
        moves=moves_from(status),
    )


def _left(left: Left | None) -> LeftOut | None:
    return LeftOut(hours=left.hours, unit=left.counting, text=left.said) if left else None


def _place(case: Case) -> CasePlaceOut:
    return CasePlaceOut(
        lon=case.place.lon,
        lat=case.place.lat,
        address=case.address,
        grid_code=case.grid_code,
        grid=case.grid_name,
        community_code=case.community_code,
        community=case.community_name,
        township_code=case.township_code,
        township=case.township_name,
    )


def _category(id_: UUID | None) -> CaseCategoryOut | None:
    entry = catalogue().by_id.get(id_) if id_ else None
    if entry is None:
        return None
    return CaseCategoryOut(code=entry.code, name=entry.named(get_language() or ""), version=entry.version)


def unit_out(id_: UUID | None) -> CaseUnitOut | None:
    """Put a unit into words."""
    unit = directory().by_id.get(id_) if id_ else None
    return CaseUnitOut(code=unit.code, name=unit.named(get_language() or "")) if unit else None


def entry_out(entry: TimelineEntry) -> EntryOut:
    """Put an entry of the timeline into words."""
    return EntryOut(
        id=entry.pk,
        kind=entry.kind,
        move=Move(entry.move) if entry.move else None,
        visibility=Visibility(entry.visibility),
        text=entry.text,
        by=entry.by_name,
        unit=entry.unit_name,
        happened_at=entry.happened_at,
        received_at=entry.received_at,
        data=entry.data,
    )


def link_out(link: CaseLink) -> LinkOut:
    """Put a link into words."""
    return LinkOut(id=link.pk, one=link.one.number, other=link.other.number, kind=LinkKind(link.kind))


def time_request_out(request: TimeRequest) -> TimeRequestOut:
    """Put a request for more time into words."""
    return TimeRequestOut(
        id=request.pk,
        kind=TimeKind(request.kind),
        state=TimeState(request.state),
        unit=unit_out(request.unit_id),
        level=request.level,
        hours=request.hours,
        until=request.until,
        reason=request.reason,
        proof=request.proof,
        due_at=request.due_at,
        asked_at=request.asked_at,
        ended_at=request.ended_at,
        note=request.note,
    )


def appeal_out(appeal: LatenessAppeal, case: Case, timeline: Sequence[TimelineEntry]) -> AppealOut:
    """Put a lateness appeal into words; `timeline` is that of its case."""
    first = AppealReviewOut(
        by=named(appeal.first_by), unit=unit_out(appeal.first_unit_id), at=appeal.first_at, note=appeal.first_note
    )
    second = AppealReviewOut(
        by=named(appeal.second_by), unit=unit_out(appeal.second_unit_id), at=appeal.second_at, note=appeal.second_note
    )
    return AppealOut(
        id=appeal.pk,
        state=AppealState(appeal.state),
        unit=unit_out(appeal.unit_id),
        stage=Stage(appeal.stage) if appeal.stage else None,
        covers=[Stage(stage) for stage in appeal.covers],
        due_at=appeal.due_at,
        done_at=appeal.done_at,
        reason=appeal.reason,
        proof=appeal.proof,
        asked_by=named(appeal.asked_by),
        asked_at=appeal.asked_at,
        until=appeal.until,
        reviews=[review for review in (first, second) if review.at],
        deadline=deadline_out(explain_appeal(appeal, case, timeline, at=now())),
    )


def named(user: User | None) -> str:
    """Return how somebody is called; nothing for nobody."""
    return user.display_name if user else ""


def task_out(task: SupportTask, timeline: Sequence[TimelineEntry]) -> TaskOut:
    """Put a supporting task into words; `timeline` is that of its case."""
    return TaskOut(
        id=task.pk,
        unit=unit_out(task.unit_id),
        what=task.what,
        given_by=named(task.given_by),
        created_at=task.created_at,
        due_at=task.due_at,
        extended_from=task.extended_from,
        extended_at=task.extended_at,
        extended_by=named(task.extended_by),
        done_at=task.done_at,
        done_by=named(task.done_by),
        is_cancelled=task.is_cancelled,
        result=task.result,
        deadline=deadline_out(explain_task(task, timeline, at=now())),
    )


def deadline_out(told: Explanation | None) -> DeadlineOut | None:
    """Return a due moment with the lines that made it; nothing where no limit is set or no clock runs."""
    return None if told is None else explanation_out(told)


def explanation_out(told: Explanation) -> DeadlineOut:
    """Put an explanation into words."""
    return DeadlineOut(
        heading=told.heading,
        stage=told.stage,
        basis=told.basis,
        counting=told.counting,
        limit_hours=_hours(told.limit),
        used_hours=_hours(told.used),
        due_at=told.due_at,
        is_stopped=told.is_stopped,
        is_over=told.is_over,
        lines=[
            DeadlineLineOut(
                kind=line.kind,
                at=line.at,
                day=line.day,
                until=line.until,
                text=line.text,
                hours=None if line.amount is None else _hours(line.amount),
                length=line.said,
                is_late=line.is_late,
                who=line.who,
                reason=line.reason,
            )
            for line in told.lines
        ],
    )


def _hours(length: timedelta) -> float:
    return round(length / timedelta(hours=1), 4)
