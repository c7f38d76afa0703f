"""A whole life of a case, and the rows that it leaves, as `live_through` fills them and `insert_lives` writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from onegrid.cases.actions.insert_case import NewCase
from onegrid.cases.models import (
    Case,
    Channel,
    EntryKind,
    Hearing,
    Rating,
    SupportTask,
    TimeRequest,
    TimeState,
    Visibility,
)
from onegrid.cases.rules.lives import Hand, Step
from onegrid.cases.states import Move

_encoder = msgspec.json.Encoder()
EntryRow = tuple[
    UUID, UUID, str, str, str, str, UUID | None, str, str, str, datetime, datetime, str
]  # in the order of ENTRY_COLUMNS
ENTRY_COLUMNS = (
    "id", "case_id", "kind", "move", "visibility", "text", "by_user_id", "by_name", "unit_name", "channel",
    "happened_at", "received_at", "data",
)  # fmt: skip
EvidenceRow = tuple[
    UUID, UUID, str, str, str, str, str, str, int, int | None, int | None, str, UUID | None, str, str, datetime, bool
]  # in the order of EVIDENCE_COLUMNS
EVIDENCE_COLUMNS = (
    "id", "case_id", "kind", "purpose", "sha256", "copy_state", "thumbnail_sha256", "media_type", "size", "width",
    "height", "name", "added_by_id", "by_name", "unit_name", "added_at", "is_public",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """A case as it came in under its number, who took it in, and what happened to it since."""

    new: NewCase
    number: str
    entry_id: UUID
    by: Hand | None = None
    steps: Sequence[Step] = ()


@dataclass(slots=True)
class Lived:
    """The rows that a life leaves; `report_case_id` is the case that its report now belongs to."""

    case: Case
    life: Life
    texts: list[str] = field(default_factory=list)  # what the timeline says, by which the case is found
    entries: list[EntryRow] = field(default_factory=list)
    evidence: list[EvidenceRow] = field(default_factory=list)
    tasks: dict[UUID, SupportTask] = field(default_factory=dict)
    ratings: list[Rating] = field(default_factory=list)
    requests: list[TimeRequest] = field(default_factory=list)
    hearings: list[Hearing] = field(default_factory=list)
    passed_at: datetime | None = None  # when it passed because it was not drawn, until it is closed
    was_reopened_by_reporter: bool = False
    not_suspended_at: datetime | None = None  # when it would have been suspended, if somebody could have asked for it
    spared: timedelta = timedelta()  # by how much all that follows comes earlier because of that
    looked_at: datetime | None = None  # when the last step was that nobody took because of that

    @property
    def report_case_id(self) -> UUID:
        """The case itself, or the one that it was merged into."""
        return self.case.merged_into_id or self.case.pk

    @property
    def waiting(self) -> TimeRequest | None:
        """The request that waits for an answer."""
        last = self.requests[-1] if self.requests else None
        return last if last and last.state == TimeState.PENDING else None

    def write(
        self, kind: EntryKind, step: Step, data: Mapping[str, object], *, is_public: bool = True, move: str = ""
    ) -> None:
        """Add an entry to the timeline."""
        by = step.by
        if step.text:
            self.texts.append(step.text)
        self.entries.append((
            step.id, self.case.pk, kind.value, move, (Visibility.PUBLIC if is_public else Visibility.INTERNAL).value,
            step.text, by.id if by else None, by.name if by else "", by.unit_name if by else "",
            _door(kind, move, by).value,
            step.at, step.at, as_json(data),
        ))  # fmt: skip


def _door(kind: EntryKind, move: str, by: Hand | None) -> Channel:
    """Return through which door a step came: what reporters do themselves, except for reopening, by the public site."""
    is_reporters = kind in {EntryKind.RATING, EntryKind.EVIDENCE} or move == Move.WITHDRAW.value
    return Channel.PORTAL if by is None and is_reporters else Channel.DESK


def as_json(data: object) -> str:
    """Return what goes into a column of JSON."""
    return _encoder.encode(data).decode()
