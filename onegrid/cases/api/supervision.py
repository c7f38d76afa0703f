"""Supervision orders: give one, answer it, withdraw it; each with a clock of its own."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.cases.actions.supervise_case import answer_supervision, order_supervision, withdraw_supervision
from onegrid.cases.api.answers import decided, explanation_out, named, unit_out
from onegrid.cases.api.order_schemas import (
    SupervisionAnswerIn,
    SupervisionOrderIn,
    SupervisionOrderOut,
    SupervisionOrdersOut,
)
from onegrid.cases.api.schemas import ReasonIn
from onegrid.cases.models import OrderKind, SupervisionOrder, TimelineEntry
from onegrid.cases.readers.explain_beside import explain_order
from onegrid.cases.readers.file import visible_case
from onegrid.cases.readers.supervision import every_order_of
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped

router = Router(tags=["supervision"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}
_asked = scoped(WORK, **_IF_MATCH)


@router.get("/{case}/supervision-orders", response=SupervisionOrdersOut, operation_id="supervision_orders")
@scoped(READ)
def supervision_orders(request: HttpRequest, case: str) -> SupervisionOrdersOut:
    """Show what was ordered on a case, and what was answered."""
    found = visible_case(case, by=acting(request))
    orders, timeline = every_order_of(found), list(found.timeline.all())
    return SupervisionOrdersOut(orders=[_out(each, timeline) for each in orders])


@router.post(
    "/{case}/supervision-orders", response={201: SupervisionOrderOut}, operation_id="order_supervision"
)  # fmt: skip
@_asked
@idempotent
def orders(request: HttpRequest, case: str, payload: SupervisionOrderIn) -> HttpResponse:
    """Tell the unit that handles a case to answer for it."""
    told = decided(request, case, payload)
    return dumped(_told(order_supervision(**told, kind=payload.kind, text=payload.text)), status=201)


@router.post(
    "/{case}/supervision-orders/{uuid:order}/answer", response=SupervisionOrderOut, operation_id="answer_supervision"
)
@_asked
@idempotent
def answer(request: HttpRequest, case: str, *, order: UUID, payload: SupervisionAnswerIn) -> HttpResponse:
    """Answer an order for the unit that it was given to; late is possible, and stays late."""
    told = decided(request, case, payload)
    return dumped(_told(answer_supervision(**told, order_id=order, answer=payload.answer)))


@router.post(
    "/{case}/supervision-orders/{uuid:order}/withdrawal",
    response=SupervisionOrderOut,
    operation_id="withdraw_supervision",
)
@_asked
@idempotent
def withdrawal(request: HttpRequest, case: str, *, order: UUID, payload: ReasonIn) -> HttpResponse:
    """Withdraw an order that nobody has answered."""
    told = decided(request, case, payload)
    return dumped(_told(withdraw_supervision(**told, order_id=order, reason=payload.reason)))


def _told(order: SupervisionOrder) -> SupervisionOrderOut:
    return _out(order, list(order.case.timeline.all()))


def _out(order: SupervisionOrder, timeline: Sequence[TimelineEntry]) -> SupervisionOrderOut:
    return SupervisionOrderOut(
        id=order.pk,
        kind=OrderKind(order.kind),
        text=order.text,
        unit=unit_out(order.unit_id),
        ordered_by=named(order.ordered_by),
        ordered_at=order.ordered_at,
        due_at=order.due_at,
        answer=order.answer,
        answered_by=named(order.answered_by),
        answered_at=order.answered_at,
        is_late=order.is_late,
        withdrawn_by=named(order.withdrawn_by),
        withdrawn_at=order.withdrawn_at,
        withdrawn_reason=order.withdrawn_reason,
        deadline=explanation_out(explain_order(order, timeline, at=now())),
    )
