"""
Take the cases of whose running limit a share has passed: mark them, and keep in the timeline whom that reached.

Who is told is for others to say. They do it in the same transaction, so that a share is marked
and told, or neither: whoever is cut off has done nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection

from onegrid.cases.models import Case, Channel, EntryKind, TimelineEntry, Visibility
from onegrid.cases.readers.clocks import marks_of, terms_of
from onegrid.cases.rules import due
from onegrid.cases.rules.clocks import running_clock
from onegrid.cases.states import Stage
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id
from onegrid.units.public import calendar_of

_COLUMNS: Final = (
    "number", "status", "category", "received_at", "stage_started_at", "holder_unit", "lead_unit", "assignee",
    "area_path", "township_name", "is_urgent", "is_simulated", "marks", "warned", "warn_at",
)  # fmt: skip
ESCALATED_FROM: Final = 100  # percent from which the timeline keeps who was told
_WRITE: Final = """
UPDATE cases_case AS kept SET warned = found.warned, warn_at = found.warn_at
FROM unnest(%s::uuid[], %s::int[], %s::timestamptz[]) AS found (id, warned, warn_at)
WHERE kept.id = found.id
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """
    A case whose running clock has passed shares of its limit that nobody was told of yet.

    `shares` are in percent, each with the moment at which it was passed, the earliest first.
    `clock` names the limit: what is told of it is not told of another, or of a longer one.
    """

    case_id: UUID
    number: str
    stage: Stage
    clock: str
    due_at: datetime | None
    shares: Sequence[tuple[int, datetime]]
    holder_id: UUID | None
    assignee_id: UUID | None
    category_id: UUID | None
    area_path: str
    township_name: str
    is_urgent: bool
    is_simulated: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Escalated:
    """What the timeline keeps of a share that went beyond those who work on a case; `told` are names as they stood."""

    case_id: UUID
    at: datetime
    share: int
    stage: Stage
    due_at: datetime | None
    told: Sequence[str]

    def as_data(self) -> Mapping[str, object]:
        """Return it as the timeline keeps it."""
        due_at = self.due_at.isoformat() if self.due_at else ""
        return {"share": self.share, "stage": self.stage.value, "due_at": due_at, "told": list(self.told)}


def pass_shares(*, at: datetime, most: int) -> tuple[list[Passed], int]:
    """
    Mark the shares that have passed, in the caller's transaction; return them, and how many cases were looked at.

    Those that fell due first come first. A case that somebody else holds just now is left for the next time.
    Of a case with nothing passed (its calendar has changed) only the next moment is put right. Two statements.
    """
    waiting = Case.objects.open().filter(warn_at__lte=at).order_by("warn_at", "pk").only(*_COLUMNS)
    cases = list(waiting.select_for_update(of=("self",), skip_locked=True, no_key=True)[:most])
    found, rows = [], []
    for case in cases:
        marks, terms = marks_of(case), terms_of(case)
        clock = running_clock(marks, terms=terms, calendars=calendar_of)
        shares = due.passed_since(clock, case.warned, at=at) if clock else []
        warned = shares[-1][0] if shares else case.warned
        following = due.moments(marks, terms=terms, calendars=calendar_of, warned=warned)
        rows.append((case.pk, warned, following.warn_at))
        if clock and clock.stage and shares:
            name = f"{clock.stage.value}:{case.stage_started_at.timestamp():.0f}:{clock.extended.total_seconds():.0f}"
            found.append(_passed(case, clock.stage, name, due_at=clock.due_at, shares=shares))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, [list(column) for column in zip(*rows, strict=True)])
    return found, len(cases)


def note_escalations(escalated: Sequence[Escalated], *, at: datetime) -> None:
    """Write into the timelines whom shares have reached, for colleagues to read, in the caller's transaction."""
    copy_rows([
        TimelineEntry(
            id=new_id(),
            case_id=each.case_id,
            kind=EntryKind.ESCALATION,
            visibility=Visibility.INTERNAL,
            channel=Channel.DESK,
            happened_at=each.at,
            received_at=at,
            data=each.as_data(),
        )
        for each in escalated
    ])  # fmt: skip


def _passed(
    case: Case, stage: Stage, clock: str, *, due_at: datetime | None, shares: Sequence[tuple[int, datetime]]
) -> Passed:
    return Passed(
        case_id=case.pk,
        number=case.number,
        stage=stage,
        clock=clock,
        due_at=due_at,
        shares=shares,
        holder_id=case.holder_unit_id,
        assignee_id=case.assignee_id,
        category_id=case.category_id,
        area_path=case.area_path,
        township_name=case.township_name,
        is_urgent=case.is_urgent,
        is_simulated=case.is_simulated,
    )
