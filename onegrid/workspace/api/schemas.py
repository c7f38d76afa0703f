"""The shapes in which saved filters and steps on many cases leave and enter through the API."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, Field

from onegrid.cases.public import ReturnReason
from onegrid.core.api.interface import In
from onegrid.core.ids import is_made_at_its_source
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.workspace.models import BatchAction, Result


def _made_at_its_source(id_: UUID) -> UUID:
    if not is_made_at_its_source(id_):
        message = "UUIDv7"
        raise ValueError(message)
    return id_


SourceId = Annotated[UUID, AfterValidator(_made_at_its_source)]
Words = Annotated[str, Field(max_length=2000)]
Code = Annotated[str, Field(max_length=120)]
SENT_AT_MOST = 2000  # read at all; how many go at once is said in words


class FilterOut(Schema):
    """A filter of the queue under a name. `unit` is whom it is shared with; `query` the words of the address."""

    id: UUID
    name: str
    query: str
    unit: str
    owner: str
    is_mine: bool
    is_start: bool


class FiltersOut(Schema):
    """One's own filters and those shared with one's units."""

    filters: list[FilterOut]


class FilterIn(In):
    """A filter as it is to be: the words of the queue's address, such as `scope=unit&status=filed`."""

    name: Annotated[str, Field(max_length=200)]
    query: Words
    unit: Code = ""


class NewFilterIn(FilterIn):
    """A filter to save; its id is made by the caller, so that saving it twice changes nothing."""

    id: SourceId
    is_start: bool = False


class StartIn(In):
    """The filter that one's queue opens with; null for what waits."""

    filter: UUID | None


class FilterPageIn(In):
    """A page of the cases that a filter finds."""

    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class FoundCaseOut(Schema):
    """One case that a filter finds, with the version to decide on."""

    number: str
    version: int
    title: str
    status: str
    reported_at: datetime
    stage_due_at: datetime | None


class FoundCasesOut(Schema):
    """A page of the cases that a filter finds for the caller; `next_after` is empty at the end."""

    cases: list[FoundCaseOut]
    next_after: str


class PickIn(In):
    """One case by number or id, at the version that was seen; `choice` is the unit or category it is to go to."""

    case: Annotated[str, Field(max_length=40)]
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    choice: Code = ""


class BatchPlanIn(In):
    """
    A step on many cases.

    `choice` is one unit (dispatch) or category (file) for all; without it the rules, or the category a case has,
    decide. `note` is the reason of a return, `code` the same from the short list.
    """

    action: BatchAction
    cases: Annotated[list[PickIn], Field(max_length=SENT_AT_MOST)]
    choice: Code = ""
    note: Words = ""
    code: ReturnReason = ReturnReason.OTHER


class BatchIn(BatchPlanIn):
    """A step to take on many cases; its id is made by the caller, so that asking twice changes nothing."""

    id: SourceId


class PlannedOut(Schema):
    """What would happen to one case: where it would go and why, or why it would stay as it is."""

    case: str
    choice: str
    goes_to: str
    reason: str
    why_not: str


class BatchPlanOut(Schema):
    """What would happen; nothing is written."""

    moved: list[PlannedOut]
    untouched: list[PlannedOut]


class BatchItemOut(Schema):
    """What became of one case."""

    case: str
    choice: str
    result: Result
    reason: str


class BatchOut(Schema):
    """A step on many cases with what became of each; `finished_at` is null while some wait for their turn."""

    id: UUID
    action: BatchAction
    note: str
    created_at: datetime
    finished_at: datetime | None
    items: list[BatchItemOut]


class BatchRowOut(Schema):
    """One batch in a list, counted."""

    id: UUID
    action: BatchAction
    created_at: datetime
    done: int
    refused: int
    waiting: int


class BatchesOut(Schema):
    """The newest of one's own batches."""

    batches: list[BatchRowOut]
