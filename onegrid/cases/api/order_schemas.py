"""The shapes in which supervision orders leave and enter through the API."""

from datetime import datetime
from uuid import UUID

from ninja import Schema

from onegrid.cases.api.schemas import CaseUnitOut, DeadlineOut, MoveIn, Note
from onegrid.cases.models import OrderKind


class SupervisionOrderIn(MoveIn):
    """What the unit that handles a case is to answer, and why: only a case that is late can be called overdue."""

    kind: OrderKind
    text: Note


class SupervisionAnswerIn(MoveIn):
    answer: Note


class SupervisionOrderOut(Schema):
    """
    A supervision order and what became of it.

    `is_late` says that it was answered after it was due; `deadline` how that moment came about.
    One that is withdrawn without a reason ended by itself, because the case left the unit.
    """

    id: UUID
    kind: OrderKind
    text: str
    unit: CaseUnitOut | None
    ordered_by: str
    ordered_at: datetime
    due_at: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    is_late: bool
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_reason: str
    deadline: DeadlineOut


class SupervisionOrdersOut(Schema):
    """What was ordered on a case, oldest first."""

    orders: list[SupervisionOrderOut]
