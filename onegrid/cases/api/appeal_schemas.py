"""What the API takes and gives of lateness appeals."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onegrid.cases.api.schemas import CaseUnitOut, DeadlineOut, MoveIn, Note
from onegrid.cases.models import AppealState
from onegrid.cases.states import Stage
from onegrid.core.api.interface import YesOrNo


class AppealIn(MoveIn):
    """Against which late stage a unit appeals, or the whole where none is said; `proof` are files of the case."""

    stage: Stage | None = None
    reason: Note
    proof: Annotated[list[UUID], Field(max_length=20)]


class AppealReviewIn(MoveIn):
    """What a review says; the note is public."""

    is_yes: YesOrNo
    note: Note


class AppealReviewOut(Schema):
    """A review that was made, by whom and for which unit."""

    by: str
    unit: CaseUnitOut | None
    at: datetime | None
    note: str


class AppealOut(Schema):
    """
    An appeal, and what came of it; `second_yes` is not counted late.

    `due_at` and `done_at` are the lateness as the timeline has it, `covers` the late stages that it takes in.
    `deadline` is how that due moment came about; empty where a later round has taken its place.
    """

    id: UUID
    state: AppealState
    unit: CaseUnitOut | None
    stage: Stage | None
    covers: list[Stage]
    due_at: datetime
    done_at: datetime
    reason: str
    proof: list[UUID]
    asked_by: str
    asked_at: datetime
    until: datetime
    reviews: list[AppealReviewOut]
    deadline: DeadlineOut | None


class AppealsOut(Schema):
    """The appeals on a case, oldest first."""

    appeals: list[AppealOut]
