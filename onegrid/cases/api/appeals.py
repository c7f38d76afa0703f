"""Lateness appeals: read them, appeal, review."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.cases.actions.appeal_lateness import appeal_lateness, review_appeal
from onegrid.cases.api.answers import answered, appeal_out, decided
from onegrid.cases.api.appeal_schemas import AppealIn, AppealOut, AppealReviewIn, AppealsOut
from onegrid.cases.api.more_time import decision
from onegrid.cases.api.schemas import CaseOut
from onegrid.cases.readers.appeals import appeals_of
from onegrid.cases.readers.file import visible_case
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, scoped

router = Router(tags=["appeals"])


@router.get("/{case}/appeals", response=AppealsOut, operation_id="appeals")
@scoped(READ)
def appeals(request: HttpRequest, case: str) -> AppealsOut:
    """Show what units said against being counted late on a case, and what the reviews said."""
    found = visible_case(case, by=acting(request))
    made = appeals_of(found)
    timeline = list(found.timeline.all()) if made else []
    return AppealsOut(appeals=[appeal_out(each, found, timeline) for each in made])


@router.post("/{case}/appeals", response={201: AppealOut}, operation_id="appeal_lateness")
@decision
@idempotent
def appeal(request: HttpRequest, case: str, payload: AppealIn) -> HttpResponse:
    """Appeal for the unit that led a closed case, once, with reason and proof."""
    told = decided(request, case, payload)
    made = appeal_lateness(**told, stage=payload.stage, reason=payload.reason, proof=payload.proof)
    return dumped(appeal_out(made, made.case, list(made.case.timeline.all())), status=201)


@router.post("/{case}/appeal-reviews", response=CaseOut, operation_id="review_appeal")
@decision
@idempotent
def reviews(request: HttpRequest, case: str, payload: AppealReviewIn) -> HttpResponse:
    """Make the review that waits: the first as shift lead, the second as leader of the district; a no ends it."""
    told = decided(request, case, payload)
    return answered(review_appeal(**told, is_yes=payload.is_yes, note=payload.note))
