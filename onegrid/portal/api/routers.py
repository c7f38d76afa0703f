"""The promise page for programs: by number as strangers see it, by the secret of a private link as its holder does."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Router

from onegrid.cases.public import case_number, next_nudge_at, nudge_case, procedure_of, rate_case
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, REPORT, open_to_all, scoped
from onegrid.core.errors import NotFoundError
from onegrid.core.web.keeping import kept_for_all
from onegrid.portal.api.schemas import (
    NudgeOut,
    OwnReportOut,
    PromiseEventOut,
    PromiseLeftOut,
    PromiseOut,
    PromisePastOut,
    PromisePhotoOut,
    PromiseReasonOut,
    PromiseStepOut,
    RatingIn,
    RatingOut,
)
from onegrid.portal.readers.private import holder_of
from onegrid.portal.readers.promise import PromisePage, case_version, find, promise
from onegrid.portal.rules.promises import Deadline, Reason

router = Router(tags=["portal"])


@router.get("/public/cases/{number}", response=PromiseOut, operation_id="public_case", auth=None)
@open_to_all
@kept_for_all(version=case_version)
def public_case(request: HttpRequest, number: str) -> HttpResponse:  # noqa: ARG001 — ninja passes it
    """Show of a case what everybody may see, to anybody; caches may keep it, as they may its page."""
    case = find(case_number(number))
    if case is None:
        raise NotFoundError(_("There is no public case here"))
    return dumped(_promised(promise(case, at=now())))


@router.get("/reports/{secret}", response=OwnReportOut, operation_id="own_report")
@scoped(READ)
def own_report(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 — ninja passes it
    """Show a report to the holder of its private link; `secret` is the last part of that link."""
    at = now()
    found = holder_of(secret, at=at)
    if found is None:
        raise NotFoundError(_("This link belongs to no report"))
    case, holder = found
    response = dumped(
        OwnReportOut(
            text=holder.report.text,
            case=_promised(promise(case, at=at, is_own=holder.is_own)),
            may_add=holder.may_add,
            may_rate=holder.may_rate,
            has_rated=holder.has_rated,
            may_withdraw=holder.may_withdraw,
            may_nudge=holder.may_nudge,
            nudges_from=holder.nudges_from,
            reopens_until=holder.reopens_until,
        )
    )
    response["Cache-Control"] = "no-store, private"
    return response


@router.post("/reports/{secret}/ratings", response={201: RatingOut}, operation_id="rate_report")
@scoped(REPORT)
def ratings(request: HttpRequest, secret: str, payload: RatingIn) -> HttpResponse:  # noqa: ARG001 — ninja passes it
    """Rate the result for the holder of a private link, once per closing."""
    rating = rate_case(
        secret=secret,
        is_solved=payload.is_solved,
        satisfaction=payload.satisfaction,
        comment=payload.comment,
        at=now(),
    )
    taken = RatingOut(
        is_solved=rating.is_solved,
        satisfaction=rating.satisfaction,
        comment=rating.comment,
        rated_at=rating.rated_at,
    )
    return dumped(taken, status=201)


@router.post("/reports/{secret}/nudges", response={201: NudgeOut}, operation_id="nudge_report")
@scoped(REPORT)
def nudges(request: HttpRequest, secret: str) -> HttpResponse:  # noqa: ARG001 — ninja passes it
    """Ask to hurry, for the holder of a private link; refused with the moment from which it is possible again."""
    report = nudge_case(secret=secret, at=now())
    possible_at = next_nudge_at(procedure_of(report.case), nudged_at=report.nudged_at)
    return dumped(NudgeOut(count=report.nudge_count, possible_at=possible_at), status=201)


def _promised(page: PromisePage) -> PromiseOut:
    return PromiseOut(
        number=page.case.number,
        title=page.title,
        description=page.description,
        category=page.category,
        place=page.place,
        is_simulated=page.case.is_simulated,
        is_imported=page.is_imported,
        report_count=page.case.report_count,
        turn=page.turn,
        steps=[
            PromiseStepOut(label=step.label, is_done=step.is_done, is_now=step.is_now, note=step.note)
            for step in page.steps
        ],
        holder=page.holder,
        lead=page.lead,
        due_at=page.deadline.due_at,
        left=_left(page.deadline),
        deadline=page.deadline.sentence,
        reasons=_reasons(page.deadline.reasons),
        whole_reasons=_reasons(page.deadline.whole_reasons),
        past_stages=[
            PromisePastOut(heading=each.heading, reasons=_reasons(each.reasons)) for each in page.deadline.stages
        ],
        outcome=page.outcome,
        outcome_note=page.outcome_note,
        merged_into=page.merged_into,
        photos=[PromisePhotoOut(id=photo.id, label=photo.label) for photo in page.photos],
        history=[
            PromiseEventOut(heading=told.heading, at=told.at, unit=told.unit, text=told.text, was_late=told.was_late)
            for told in page.history
        ],
    )


def _left(told: Deadline) -> PromiseLeftOut | None:
    left = told.left
    return PromiseLeftOut(hours=left.hours, unit=left.counting, text=told.chip) if left else None


def _reasons(reasons: Sequence[Reason]) -> list[PromiseReasonOut]:
    return [PromiseReasonOut(moment=reason.moment, text=reason.text, amount=reason.amount) for reason in reasons]
