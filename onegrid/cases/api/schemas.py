"""The shapes in which cases leave and enter through the API."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from onegrid.cases.models import EvidenceKind, EvidencePurpose, LinkKind, Visibility
from onegrid.cases.rules.clock import Light
from onegrid.cases.rules.clock_words import LineKind
from onegrid.cases.states import Move, Outcome, ReturnReason, Stage, Status
from onegrid.core.api.interface import In, Number, Whole, YesOrNo
from onegrid.core.ids import is_made_at_its_source
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.geography.public import CoordinateSystem
from onegrid.units.public import Counting


def _made_at_its_source(id_: UUID) -> UUID:
    if not is_made_at_its_source(id_):
        message = "UUIDv7"
        raise ValueError(message)
    return id_


Note = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(max_length=120)]
Name = Annotated[str, Field(max_length=40)]
Version = Annotated[Whole, Field(ge=1, le=2**31 - 1)]
SourceId = Annotated[UUID, AfterValidator(_made_at_its_source)]


class CasePlaceOut(Schema):
    """Where a case lies, on WGS-84, with the areas it was placed in when it came in."""

    lon: float
    lat: float
    address: str
    grid_code: str
    grid: str
    community_code: str
    community: str
    township_code: str
    township: str


class CaseUnitOut(Schema):
    """A unit, named in the reader's language."""

    code: str
    name: str


class CaseCategoryOut(Schema):
    """The version of a category under which a case stands."""

    code: str
    name: str
    version: int


class LeftOut(Schema):
    """What is left of a limit, in the time that counts; below zero when it is late."""

    hours: float = Field(description="A working day is 24 hours.")
    unit: Counting = Field(description="What time counts: all of it, working hours or working days.")
    text: str = Field(description="How much it is without its sign, in the language of the request.")


class CaseOut(Schema):
    """One case as it stands. `moves` are those that the table of states allows; duties decide who may."""

    id: UUID
    number: str
    version: int
    title: str
    description: str
    status: Status
    stage: Stage | None
    outcome: Outcome | None
    outcome_note: str
    light: Light
    channel: str
    category: CaseCategoryOut | None
    place: CasePlaceOut
    level: str
    lead_unit: CaseUnitOut | None
    holder_unit: CaseUnitOut | None
    assignee: str | None
    is_urgent: bool
    is_simulated: bool
    report_count: int
    return_count: int
    rework_count: int
    reopen_count: int
    parent: str | None
    merged_into: str | None
    reported_at: datetime
    received_at: datetime
    filed_at: datetime | None
    stage_due_at: datetime | None
    stage_left: LeftOut | None = Field(
        description="Empty where no limit is set, the clock stands still, or it is over."
    )
    due_at: datetime | None
    suspended_until: datetime | None
    ended_at: datetime | None
    moves: list[Move]


class EntryOut(Schema):
    """One thing that happened to a case."""

    id: UUID
    kind: str
    move: Move | None
    visibility: Visibility
    text: str
    by: str
    unit: str
    happened_at: datetime
    received_at: datetime
    data: dict[str, object]


class TimelineIn(In):
    """A page of the timeline."""

    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class TimelineOut(Schema):
    """A page of the timeline; `next_after` is empty at its end."""

    entries: list[EntryOut]
    next_after: str


class DeadlineLineOut(Schema):
    """One line of why a case is due when it is due."""

    kind: LineKind
    at: datetime | None = Field(description="When; empty for days and for what is counted so far.")
    day: date | None = Field(description="The day, or the first of several.")
    until: date | None = Field(description="The last of several days.")
    text: str = Field(description="What, in the language of the request.")
    hours: float | None = Field(description="Hours that were counted, given or are left, in the time that counts.")
    length: str = Field(description="The same in words, in what it is counted in.")
    is_late: bool = Field(description="Of the sum: whether the due moment had passed.")
    who: str = Field(description="Who decided it.")
    reason: str = Field(description="Why, in their words.")


class DeadlineOut(Schema):
    """One due moment, with what made it."""

    heading: str
    stage: Stage | None = Field(description="Whose clock it is; empty for the whole and where it was brought in.")
    basis: str = Field(description="By which rule.")
    counting: Counting = Field(
        description="What time counts: all of it, working hours or working days. Of the whole, that of handling."
    )
    limit_hours: float = Field(
        description="The limit with what was granted, in the time that counts; a working day is 24 hours of it."
    )
    used_hours: float
    due_at: datetime | None = Field(description="Empty while the clock stands still and nobody knows until when.")
    is_stopped: bool
    is_over: bool = Field(description="The clock has ended; all of it is told as it stood then.")
    lines: list[DeadlineLineOut]


class TaskOut(Schema):
    """
    A supporting task; one that was called off has the reason as its result.

    Where it was extended, `extended_from` is until when it was due before.
    """

    id: UUID
    unit: CaseUnitOut | None
    what: str
    given_by: str
    created_at: datetime
    due_at: datetime | None
    extended_from: datetime | None
    extended_at: datetime | None
    extended_by: str
    done_at: datetime | None
    done_by: str
    is_cancelled: bool
    result: str
    deadline: DeadlineOut | None = Field(description="How its due moment came about; empty where it has none.")


class LinkOut(Schema):
    """Two cases that belong together."""

    id: UUID
    one: str
    other: str
    kind: LinkKind


class ConnectionsOut(Schema):
    """What belongs to a case: its parts, what it is linked with, and what supporting units do."""

    children: list[str]
    links: list[LinkOut]
    tasks: list[TaskOut]


class EvidenceOut(Schema):
    """A file that shows what was, or what was done."""

    id: UUID
    kind: EvidenceKind
    purpose: EvidencePurpose
    media_type: str
    size: int
    sha256: str
    name: str
    taken_at: datetime | None
    by: str
    unit: str
    added_at: datetime
    is_public: bool
    address: str


class EvidenceListOut(Schema):
    """All files of a case."""

    evidence: list[EvidenceOut]


class EvidenceIn(In):
    """What a file shows; its id is made where it was taken, so that sending it twice changes nothing."""

    id: SourceId
    purpose: EvidencePurpose
    is_public: bool | None = None


class MoveIn(In):
    """A decision on a case; `version` is the one that was seen, unless If-Match says it."""

    version: Version | None = None


class NotedMoveIn(MoveIn):
    note: Note = ""


class OutcomeIn(MoveIn):
    outcome: Outcome
    note: Note = ""


class CheckIn(MoveIn):
    question: Note


class CheckAnswerIn(MoveIn):
    is_true: YesOrNo
    finding: Note


class FilingIn(MoveIn):
    category: Code
    title: Annotated[str, Field(max_length=120)] = ""
    note: Note = ""


class ReasonIn(MoveIn):
    reason: Note


class ReturnIn(ReasonIn):
    code: ReturnReason


class ResultIn(MoveIn):
    result: Note


class SolutionIn(MoveIn):
    category: Code
    result: Note


class VerificationIn(MoveIn):
    is_done: YesOrNo
    finding: Note


class AssigneeIn(MoveIn):
    username: Annotated[str, Field(max_length=150)]


class MergingIn(MoveIn):
    into: Name
    note: Note = ""


class LinkIn(MoveIn):
    to: Name
    kind: LinkKind = LinkKind.RELATED


class ChildIn(MoveIn):
    """`version` is the child's."""

    child: Name


class RecategorizationIn(MoveIn):
    category: Code
    reason: Annotated[str, Field(max_length=2000)] = ""


class RelocationIn(MoveIn):
    x: Number
    y: Number
    system: CoordinateSystem = CoordinateSystem.WGS84
    address: Annotated[str, Field(max_length=200)] = ""


class NoteIn(In):
    id: SourceId
    text: Note
    visibility: Visibility = Visibility.INTERNAL


class TaskResultIn(In):
    result: Note


class TaskReasonIn(In):
    reason: Note


class TaskExtensionIn(TaskReasonIn):
    """`share` is the part of the limit that is given once more: above 0, at most 1."""

    share: Annotated[Number, Field(gt=0, le=1)]


class DeadlinesOut(Schema):
    """
    The due moments of a case: of the running stage and of the whole; empty where there is none.

    `stages` are those that it has left in its last round, each as it ended.
    """

    stage: DeadlineOut | None
    whole: DeadlineOut | None
    stages: list[DeadlineOut]
