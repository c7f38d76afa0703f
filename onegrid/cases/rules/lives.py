"""
A whole life of a case, as its teller knows it: what came in, and every step that followed, in order.

Steps are what people did; what a case becomes by them is worked out by
`actions.live_through`. Nothing here is stored.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from onegrid.cases.states import Move, Outcome, ReturnReason
from onegrid.catalogue.public import CategoryEntry
from onegrid.units.public import UnitEntry


@dataclass(frozen=True, kw_only=True, slots=True)
class Hand:
    """Somebody who acts, with the unit they act for, named as it stood."""

    id: UUID
    name: str
    unit_name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptFile:
    """A file that lies in the store already, with what its row says of it."""

    kind: str
    sha256: str
    media_type: str
    size: int
    name: str = ""
    is_public: bool = False
    thumbnail_sha256: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(kw_only=True, slots=True)
class Step:
    """One thing that happened; `by` is nobody where a reporter did it through the public site."""

    id: UUID
    at: datetime
    by: Hand | None = None
    text: str = ""


@dataclass(kw_only=True, slots=True)
class Moved(Step):
    """A move of the table, with what its officer settled by it."""

    move: Move
    category: CategoryEntry | None = None
    lead: UnitEntry | None = None
    suggested: Mapping[str, object] = field(default_factory=dict)
    outcome: Outcome | None = None
    reason: ReturnReason = ReturnReason.OTHER
    until: datetime | None = None  # of a suspension
    heard: Sequence[UUID] = ()  # units that see the case from here on, until it is settled whose it is
    told: Mapping[str, object] = field(default_factory=dict)  # what another app keeps of it
    into_id: UUID | None = None
    into_number: str = ""


@dataclass(kw_only=True, slots=True)
class Noted(Step):
    """A note for colleagues."""


@dataclass(kw_only=True, slots=True)
class Proved(Step):
    """A file put to the case; shown to everybody where the file is public, once its copy is there."""

    purpose: str
    file: KeptFile


@dataclass(kw_only=True, slots=True)
class TaskGiven(Step):
    """A supporting unit asked for its part; its id is that of the task."""

    task_id: UUID
    unit: UnitEntry


@dataclass(kw_only=True, slots=True)
class TaskDone(Step):
    """That part, done."""

    task_id: UUID


@dataclass(kw_only=True, slots=True)
class Rated(Step):
    """What the reporter said of the result."""

    satisfaction: int
    is_solved: bool


@dataclass(kw_only=True, slots=True)
class Absorbed(Step):
    """Another report of the same matter, merged into this case."""

    number: str


@dataclass(kw_only=True, slots=True)
class TimeAsked(Step):
    """The unit that leads asked for `hours` more, or that the clock stand still `until` a moment; `level` decides."""

    request_id: UUID
    level: str
    proof: Sequence[UUID]
    hours: float | None = None
    until: datetime | None = None


@dataclass(kw_only=True, slots=True)
class TimeAnswered(Step):
    """That request, answered without a move: an extension granted, or either refused."""

    is_granted: bool


@dataclass(kw_only=True, slots=True)
class Argued(Step):
    """Something was said in a dispute; `told` is what the timeline keeps of it."""

    told: Mapping[str, object]
