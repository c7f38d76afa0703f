"""The shapes in which the promise page leaves through the API; words are in the caller's language."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In, Whole, YesOrNo
from onegrid.units.public import Counting


class PromiseStepOut(Schema):
    """One step on the way to the end."""

    label: str
    is_done: bool
    is_now: bool
    note: str


class PromiseEventOut(Schema):
    """One thing that happened, as anybody may read it."""

    heading: str
    at: datetime
    unit: str
    text: str
    was_late: bool


class PromisePhotoOut(Schema):
    """A picture anybody may see, at `/photos/{id}/`."""

    id: UUID
    label: str


class PromiseReasonOut(Schema):
    """One line of why a deadline is what it is; the first of several says by which rule."""

    moment: str
    text: str
    amount: str


class PromisePastOut(Schema):
    """The deadline of a stage that is over, with its reasons."""

    heading: str
    reasons: list[PromiseReasonOut]


class PromiseLeftOut(Schema):
    """What is left until the deadline in the unit of its limit; below zero when it is late."""

    hours: float = Field(description="In the time that counts; a working day is 24 hours.")
    unit: Counting = Field(description="What time counts: all of it, working hours or working days.")
    text: str = Field(description="The same in words, with that it is left or late.")


class PromiseOut(Schema):
    """
    Where a case stands; `due_at` is the deadline that counts now, `merged_into` the number it went on under.

    `reasons` say how the deadline came about: the running stage's, or the whole case's once it is over;
    `whole_reasons` while it runs those of the whole, `past_stages` those of the stages before.
    """

    number: str
    title: str
    description: str
    category: str
    place: str
    is_simulated: bool
    is_imported: bool
    report_count: int
    turn: str
    steps: list[PromiseStepOut]
    holder: str
    lead: str
    due_at: datetime | None
    left: PromiseLeftOut | None
    deadline: str
    reasons: list[PromiseReasonOut]
    whole_reasons: list[PromiseReasonOut]
    past_stages: list[PromisePastOut]
    outcome: str
    outcome_note: str
    merged_into: str
    photos: list[PromisePhotoOut]
    history: list[PromiseEventOut]


class OwnReportOut(Schema):
    """What the holder of a private link sees: their own words, the case, and what they may do now."""

    text: str
    case: PromiseOut
    may_add: bool
    may_rate: bool
    has_rated: bool
    may_withdraw: bool
    may_nudge: bool
    nudges_from: datetime | None
    reopens_until: datetime | None


class RatingIn(In):
    """What the holder of a private link thinks of the result."""

    is_solved: YesOrNo
    satisfaction: Annotated[Whole, Field(ge=1, le=5)]
    comment: Annotated[str, Field(max_length=2000)] = ""


class RatingOut(Schema):
    """A rating that was taken."""

    is_solved: bool
    satisfaction: int
    comment: str
    rated_at: datetime


class NudgeOut(Schema):
    """A nudge that was taken: how often this report's sender has asked to hurry, and from when on they can again."""

    count: int
    possible_at: datetime | None
