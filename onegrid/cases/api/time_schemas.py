"""What the API takes and gives of requests for more time."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onegrid.cases.api.schemas import CaseUnitOut, MoveIn, Note
from onegrid.cases.models import TimeKind, TimeState
from onegrid.core.api.interface import Number, YesOrNo


class TimeRequestIn(MoveIn):
    """
    What a unit asks for: `hours` more, counted as its limit is, or that the clock stands still `until` a day.

    On that day, which is the first on which the case goes on, nobody has to do anything. `proof` are the ids of
    files that were added before.
    """

    kind: TimeKind
    hours: Annotated[Number, Field(gt=0, le=100_000)] | None = None
    until: date | None = None
    reason: Note
    proof: Annotated[list[UUID], Field(max_length=20)]


class TimeDecisionIn(MoveIn):
    """What is decided; where it is granted, the note is public."""

    is_granted: YesOrNo
    note: Note


class TimeRequestOut(Schema):
    """A request for more time, and what became of it. `due_at` is what the limit was when it was asked."""

    id: UUID
    kind: TimeKind
    state: TimeState
    unit: CaseUnitOut | None
    level: str
    hours: float | None
    until: datetime | None
    reason: str
    proof: list[UUID]
    due_at: datetime | None
    asked_at: datetime
    ended_at: datetime | None
    note: str


class TimeRequestsOut(Schema):
    """What was asked for a case, oldest first."""

    requests: list[TimeRequestOut]
