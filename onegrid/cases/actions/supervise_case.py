"""Order a unit to answer for a case (督办), answer, and withdraw the order: each has its own clock."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.ask_time import procedure_of
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target
from onegrid.cases.models import Case, EntryKind, OrderKind, SupervisionOrder, Visibility
from onegrid.cases.readers.clocks import allowed_to_answer
from onegrid.cases.readers.supervision import ANSWER, SUPERVISE, SUPERVISED
from onegrid.cases.rules.more_time import why_no_words
from onegrid.cases.rules.supervision import why_not_overdue
from onegrid.cases.states import IllegalMoveError
from onegrid.core.errors import DomainError, InvalidInputError, NotFoundError
from onegrid.core.facts import Fact, announce
from onegrid.oversight.public import record


class OrderNotFoundError(NotFoundError):
    """There is no such order on this case."""


class OrderEndedError(DomainError):
    """The order was answered or withdrawn before."""


class OtherUnitsOrderError(DomainError):
    """The order was given to another unit."""


@dataclass(frozen=True, kw_only=True)
class SupervisionOrdered(Fact):
    """A unit was told to answer for a case by a moment."""

    order_id: UUID
    case_id: UUID
    at: datetime


@dataclass(frozen=True, kw_only=True)
class SupervisionAnswered(Fact):
    """A unit has answered a supervision order."""

    order_id: UUID
    case_id: UUID
    is_late: bool
    at: datetime


@transaction.atomic(durable=True)
def order_supervision(
    *, case_id: UUID, version: int, kind: OrderKind, text: str, by: User, at: datetime
) -> SupervisionOrder:
    """
    Tell the unit that handles a case to answer for it, within the hours that the catalogue gives this kind.

    :raises IllegalMoveError: if no unit handles it now.
    :raises InvalidInputError: if nothing is said, or it is called overdue and is not.
    """
    case = open_case(case_id, by=by, permission=SUPERVISE, version=version)
    if case.status not in SUPERVISED:
        raise IllegalMoveError(_("A supervision order goes to the unit that handles the case, and none does now."))
    assert case.lead_unit_id
    fields = {"text": why_no_words(text, asked=_("Say what the unit is to answer."))}
    if kind == OrderKind.OVERDUE:
        fields["kind"] = why_not_overdue(stage_due_at=case.stage_due_at, due_at=case.due_at, at=at)
    _require(fields)
    hours = procedure_of(case).answer_hours(kind.value)
    allowed = allowed_to_answer(case, hours, unit=case.lead_unit_id, at=at)
    order = SupervisionOrder.objects.create(
        case=case, kind=kind, text=text.strip(), unit_id=case.lead_unit_id, ordered_by=by, ordered_at=at,
        limit_time=allowed.limit, counting=allowed.counting.value, due_at=allowed.due_at,
    )  # fmt: skip
    _note(case, order, "ordered", by=by, at=at, text=order.text, data={"due_at": order.due_at.isoformat()})
    announce(SupervisionOrdered(order_id=order.pk, case_id=case.pk, at=at))
    return order


@transaction.atomic(durable=True)
def answer_supervision(
    *, case_id: UUID, order_id: UUID, version: int, answer: str, by: User, at: datetime
) -> SupervisionOrder:
    """
    Answer an order for the unit that it was given to. After it was due this is possible too, and stays late.

    :raises OrderNotFoundError: if there is no such order on the case.
    :raises OrderEndedError: if it was answered or withdrawn before.
    :raises OtherUnitsOrderError: if it was given to another unit than the one that leads now.
    :raises InvalidInputError: if nothing is said.
    """
    case = open_case(case_id, by=by, permission=ANSWER, version=version, unit_bound=True)
    order = _open_order(case, order_id)
    if order.unit_id != case.lead_unit_id:
        raise OtherUnitsOrderError(_("This order was given to another unit."))
    _require({"answer": why_no_words(answer, asked=_("Say what you answer."))})
    order.answer, order.answered_by, order.answered_at = answer.strip(), by, at
    order.save(update_fields=["answer", "answered_by", "answered_at"])
    data = {"due_at": order.due_at.isoformat(), "late": order.is_late}
    _note(case, order, "answered", by=by, at=at, text=order.answer, data=data)
    announce(SupervisionAnswered(order_id=order.pk, case_id=case.pk, is_late=order.is_late, at=at))
    return order


@transaction.atomic(durable=True)
def withdraw_supervision(
    *, case_id: UUID, order_id: UUID, version: int, reason: str, by: User, at: datetime
) -> SupervisionOrder:
    """
    Withdraw an order that nobody has answered; the timeline keeps it with the reason.

    :raises OrderNotFoundError: if there is no such order on the case.
    :raises OrderEndedError: if it was answered or withdrawn before.
    :raises InvalidInputError: if no reason is given.
    """
    case = open_case(case_id, by=by, permission=SUPERVISE, version=version)
    order = _open_order(case, order_id)
    _require({"reason": why_no_words(reason, asked=_("Say why it is not needed any more."))})
    order.withdrawn_reason, order.withdrawn_by, order.withdrawn_at = reason.strip(), by, at
    order.save(update_fields=["withdrawn_reason", "withdrawn_by", "withdrawn_at"])
    _note(case, order, "withdrawn", by=by, at=at, text=order.withdrawn_reason)
    return order


def _open_order(case: Case, order_id: UUID) -> SupervisionOrder:
    order = SupervisionOrder.objects.filter(case=case, pk=order_id).first()
    if order is None:
        raise OrderNotFoundError(_("There is no such supervision order on this case."))
    if not order.is_open:
        raise OrderEndedError(_("This supervision order was answered or withdrawn already."))
    return order


def _require(fields: dict[str, str]) -> None:
    if faults := {name: fault for name, fault in fields.items() if fault}:
        raise InvalidInputError(" ".join(faults.values()), fields=faults)


def _note(
    case: Case, order: SupervisionOrder, step: str, *, by: User, at: datetime, text: str,
    data: dict[str, object] | None = None,
) -> None:  # fmt: skip
    case.version += 1
    case.save(update_fields=["version"])
    said = {"order": str(order.pk), "kind": order.kind, "step": step, **(data or {})}
    add_entry(case, EntryKind.SUPERVISION, by=by, at=at, text=text, visibility=Visibility.INTERNAL, data=said)
    record(f"cases.supervision_{step}", target=target(case), by=actor(by), at=at, data=said)
