"""One step on many cases at once: what it would do, doing it, and what became of each case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.workspace.actions.run_batch import BatchNotFoundError, run_batch
from onegrid.workspace.api.schemas import (
    BatchesOut,
    BatchIn,
    BatchItemOut,
    BatchOut,
    BatchPlanIn,
    BatchPlanOut,
    BatchRowOut,
    PickIn,
    PlannedOut,
)
from onegrid.workspace.models import Batch, BatchAction, Result
from onegrid.workspace.readers.batch_plan import Planned, plan
from onegrid.workspace.readers.batches import batch_of, batches_of, items_of
from onegrid.workspace.rules.batches import Pick, Wish, require_number

router = Router(tags=["batches"])


@router.post("/plans", response=BatchPlanOut, operation_id="plan_batch")
@scoped(READ)
def plans(request: HttpRequest, payload: BatchPlanIn) -> BatchPlanOut:
    """Show what a step would do to many cases, and which it would leave as they are and why."""
    require_number(len(payload.cases))
    shown = plan(_wish(payload), by=acting(request), at=now())
    return BatchPlanOut(
        moved=[_planned(one) for one in shown.moved], untouched=[_planned(one) for one in shown.untouched]
    )


@router.post("", response={201: BatchOut}, operation_id="run_batch")
@scoped(WORK)
@idempotent
def new_batch(request: HttpRequest, payload: BatchIn) -> HttpResponse:
    """Take a step on up to 200 cases, each by itself: what is refused on one leaves the others as they are."""
    batch = run_batch(batch_id=payload.id, wish=_wish(payload), by=acting(request), at=now())
    return dumped(_out(batch), status=201)


@router.get("", response=BatchesOut, operation_id="batches")
@scoped(READ)
def batches(request: HttpRequest) -> BatchesOut:
    """List the newest of one's own batches."""
    rows = [
        BatchRowOut(
            id=line.id,
            action=line.action,
            created_at=line.created_at,
            done=line.done,
            refused=line.refused,
            waiting=line.waiting,
        )
        for line in batches_of(acting(request), at=now())
    ]
    return BatchesOut(batches=rows)


@router.get("/{uuid:batch_id}", response=BatchOut, operation_id="batch")
@scoped(READ)
def one_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """Show what became of each case of one of one's own batches."""
    batch = batch_of(batch_id, by=acting(request))
    if batch is None:
        raise BatchNotFoundError(_("There is no such report, or it is not yours."))
    return dumped(_out(batch))


def _wish(payload: BatchPlanIn) -> Wish:
    picks = [_pick(pick) for pick in payload.cases]
    code = payload.code if payload.action == BatchAction.RETURN else None
    return Wish(action=payload.action, picks=picks, choice=payload.choice, note=payload.note, code=code)


def _pick(pick: PickIn) -> Pick:
    try:
        id_ = UUID(pick.case)
    except ValueError:
        id_ = None
    return Pick(named=pick.case, id=id_, version=pick.version, choice=pick.choice)


def _planned(one: Planned) -> PlannedOut:
    return PlannedOut(case=one.number, choice=one.choice, goes_to=one.goes_to, reason=one.reason, why_not=one.why_not)


def _out(batch: Batch) -> BatchOut:
    items = [
        BatchItemOut(case=item.named, choice=item.choice, result=Result(item.result), reason=item.reason)
        for item in items_of(batch)
    ]
    return BatchOut(
        id=batch.pk,
        action=BatchAction(batch.action),
        note=batch.note,
        created_at=batch.created_at,
        finished_at=batch.finished_at,
        items=items,
    )
