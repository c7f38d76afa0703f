"""Supervision orders on the screens: on their case, and in the list of what waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from onegrid.accounts.public import User
from onegrid.cases.public import (
    CaseFile,
    Explanation,
    OrderKind,
    SupervisionOrder,
    TimelineEntry,
    explain_order,
    open_orders_for,
)
from onegrid.core.durations import clock_words
from onegrid.units.public import directory
from onegrid.workspace.readers.beside import face_beside
from onegrid.workspace.readers.why import Why, spelled
from onegrid.workspace.rules.clockface import Face
from onegrid.workspace.rules.moments import dated, said


@dataclass(frozen=True, kw_only=True)
class OrderCard:
    """An order that waits for an answer: what is asked, by whom of which unit, and its own clock."""

    id: UUID
    kind: str
    text: str
    who: str
    unit: str
    moment: str
    due: str
    clock: Face
    why: Why | None


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """An order with the case it is about; `is_given` says that the reader gave it."""

    number: str
    title: str
    url: str
    is_given: bool
    order: OrderCard


def order_fits(name: str, file: CaseFile) -> bool:
    """Tell whether a step about an order makes sense: answering and withdrawing while one waits."""
    if name == "answer-order":
        return any(order.unit_id == file.case.lead_unit_id for order in file.orders)
    return name != "withdraw-order" or bool(file.orders)


def order_cards(
    orders: Sequence[SupervisionOrder], timeline: Sequence[TimelineEntry], *, at: datetime
) -> list[OrderCard]:
    """Return orders that wait on one case, made ready to read, with how their due moments came about."""
    return [order_card(order, at=at, told=explain_order(order, timeline, at=at)) for order in orders]


def waiting_orders(user: User, *, at: datetime) -> list[OrderLine]:
    """Return what somebody's units have to answer and what they ordered themselves, soonest due first."""
    return [
        OrderLine(
            number=order.case.number,
            title=order.case.title,
            url=f"{reverse('workspace:case', args=[order.case.number])}#orders",
            is_given=order.ordered_by_id == user.pk,
            order=order_card(order, at=at),
        )
        for order in open_orders_for(user)
    ]


def order_card(order: SupervisionOrder, *, at: datetime, told: Explanation | None = None) -> OrderCard:
    """Return an order that waits, made ready to read, and how its due moment came about if that is told."""
    now, unit = localtime(at), directory().by_id.get(order.unit_id)
    return OrderCard(
        id=order.pk,
        kind=str(OrderKind(order.kind).label),
        text=order.text,
        who=order.ordered_by.display_name,
        unit=unit.named(get_language() or "") if unit else "–",
        moment=said(localtime(order.ordered_at), now=now),
        due=dated(localtime(order.due_at), now=now),
        clock=face_beside(order, at=at, words=clock_words()),
        why=spelled(told, at=at) if told else None,
    )
