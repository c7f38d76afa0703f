"""Cases as rows of a table for other programs, in chunks, however many there are."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language

from onegrid.accounts.public import User
from onegrid.cases.models import Channel, Report
from onegrid.cases.readers.appeals import whole_is_exempt
from onegrid.cases.readers.selection import Selection, selected
from onegrid.cases.states import STAGE_OF, Outcome, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Point
from onegrid.core.spreadsheets.columns import Value
from onegrid.units.public import directory

CHUNK = 2000  # rows of one statement; memory holds one chunk


class _Row(NamedTuple):
    id: UUID
    number: str
    title: str
    category_id: UUID | None
    status: str
    outcome: str
    channel: str
    township_name: str
    community_name: str
    grid_name: str
    grid_code: str
    address: str
    place: Point
    lead_unit_id: UUID | None
    holder_unit_id: UUID | None
    reported_at: datetime
    received_at: datetime
    filed_at: datetime | None
    stage_due_at: datetime | None
    due_at: datetime | None
    passed_due_at: datetime | None
    ended_at: datetime | None
    report_count: int
    return_count: int
    rework_count: int
    reopen_count: int
    is_urgent: bool
    is_simulated: bool
    is_exempt: bool


class _Words:
    """What codes and keys are called; gathered before the first row, since rows are written after the request."""

    def __init__(self, *, for_programs: bool) -> None:
        language = get_language() or ""
        self.at_hand = not for_programs
        self.kinds: dict[UUID, tuple[str, str]] = {
            entry.id: (entry.code, entry.trailed(language)) for entry in catalogue().by_id.values()
        }
        self.units: dict[UUID, str] = {
            entry.id: entry.code if for_programs else entry.named(language) for entry in directory().by_id.values()
        }
        self.labels: dict[str, str] = {} if for_programs else _labels()

    def of(self, code: str) -> str:
        """Return the word for a code: itself, for programs."""
        return self.labels.get(code, code)


def _labels() -> dict[str, str]:
    return {choice.value: str(choice.label) for kind in (Channel, Outcome) for choice in kind} | {
        f"status {status.value}": str(status.label) for status in Status
    } | {f"stage {stage.value}": str(stage.label) for stage in STAGE_OF.values()}  # fmt: skip


def exported_rows(
    selection: Selection, *, by: User, at: datetime, with_reporters: bool = False, for_programs: bool = False
) -> Iterator[Sequence[Sequence[Value]]]:
    """
    Return the rows of the cases asked for, newest first, in chunks of one statement each.

    The order is by what never changes on a case, so that none comes twice or is
    left out when cases move while the table is written.
    """
    words = _Words(for_programs=for_programs)
    return _chunks(selection, by, at, words=words, with_reporters=with_reporters)


def _chunks(
    selection: Selection, by: User, at: datetime, *, words: _Words, with_reporters: bool
) -> Iterator[Sequence[Sequence[Value]]]:
    last: _Row | None = None
    while True:
        found = selected(selection, by=by, at=at)
        if last is not None:
            # The first condition bounds the index, the second settles the same moment.
            found = found.filter(reported_at__lte=last.reported_at).exclude(
                reported_at=last.reported_at, pk__gte=last.id
            )
        values = (
            found.annotate(is_exempt=whole_is_exempt())
            .values_list(*_Row._fields)
            .order_by("-reported_at", "-pk")[:CHUNK]
        )
        rows = [_Row(*row) for row in values]
        people = _reporters([row.id for row in rows]) if with_reporters else None
        if rows:
            yield [_cells(row, at, words) + _contacts(row.id, people) for row in rows]
        if len(rows) < CHUNK:
            return
        last = rows[-1]


def _contacts(case_id: UUID, people: Mapping[UUID, list[Value]] | None) -> list[Value]:
    return [] if people is None else people.get(case_id, ["", ""])


def _reporters(case_ids: Sequence[UUID]) -> Mapping[UUID, list[Value]]:
    named: dict[UUID, tuple[list[str], list[str]]] = {}
    reports = Report.objects.filter(case__in=case_ids, is_anonymous=False).order_by("received_at", "id")
    for case_id, name, contact in reports.values_list("case_id", "reporter_name", "reporter_contact"):
        names, contacts = named.setdefault(case_id, ([], []))
        names.append(name)
        contacts.append(contact)
    return {case_id: ["; ".join(names), "; ".join(contacts)] for case_id, (names, contacts) in named.items()}


def _cells(row: _Row, at: datetime, words: _Words) -> list[Value]:
    code, trail = words.kinds.get(row.category_id, ("", "")) if row.category_id else ("", "")
    stage, at_hand = STAGE_OF.get(Status(row.status)), words.at_hand
    return [
        row.number,
        row.title,
        code,
        trail,
        words.of(f"status {row.status}") if at_hand else row.status,
        (words.of(f"stage {stage.value}") if at_hand else stage.value) if stage else "",
        words.of(row.outcome),
        row.stage_due_at is not None and row.stage_due_at < at,
        words.of(row.channel),
        row.township_name,
        row.community_name,
        row.grid_name,
        row.grid_code,
        row.address,
        round(row.place.lon, 6),
        round(row.place.lat, 6),
        words.units.get(row.lead_unit_id, "") if row.lead_unit_id else "",
        words.units.get(row.holder_unit_id, "") if row.holder_unit_id else "",
        *(localtime(moment) if moment else None for moment in _moments(row)),
        _ended_late(row),
        _ended_late(row) and row.is_exempt,
        row.report_count,
        row.return_count,
        row.rework_count,
        row.reopen_count,
        row.is_urgent,
        row.is_simulated,
    ]


def _moments(row: _Row) -> tuple[datetime | None, ...]:
    return row.reported_at, row.received_at, row.filed_at, row.stage_due_at, row.due_at, row.ended_at


def _ended_late(row: _Row) -> bool:
    due = row.passed_due_at or row.due_at
    return row.ended_at is not None and due is not None and row.ended_at > due
