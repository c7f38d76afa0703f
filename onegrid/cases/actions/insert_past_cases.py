"""Take in cases of the past, many at a time, as they were: their times, their closing, their lateness."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from onegrid.cases.actions.insert_case import number_prefix
from onegrid.cases.models import Case, Channel, EntryKind, Report, TimelineEntry, Visibility
from onegrid.cases.rules.words import names_of, words_of
from onegrid.cases.states import Move, Outcome, Status
from onegrid.catalogue.public import CategoryEntry, Sensitivity
from onegrid.core.bulk import copy_rows
from onegrid.core.ids import new_id
from onegrid.geography.public import Level, Location
from onegrid.units.public import directory


@dataclass(frozen=True, kw_only=True, slots=True)
class PastReport:
    """One case as another system kept it. Without `closed_at` it is open: with its lead unit or not yet dispatched."""

    source_key: str
    title: str
    description: str
    address: str
    source: str
    location: Location
    original: tuple[float, float]
    original_system: str
    category: CategoryEntry
    level: Level
    lead_unit_id: UUID | None
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    outcome: str
    outcome_note: str
    is_dispatched: bool = True


def known_source_keys(keys: Collection[str]) -> set[str]:
    """Return which of these keys an earlier import has written."""
    return {key for key in Case.objects.filter(source_key__in=keys).values_list("source_key", flat=True) if key}


def insert_past_cases(reports: Sequence[PastReport], *, at: datetime) -> int:
    """
    Write cases with their reports and timelines, in the caller's transaction.

    Lateness is what the other system's due moment and closing say; nothing is
    made better. Returns how many were written.
    """
    numbers = _numbers(reports)
    cases = [_case(report, number, at=at) for report, number in zip(reports, numbers, strict=True)]
    pairs = list(zip(cases, reports, strict=True))
    copy_rows(cases)
    copy_rows([_report(case, at=at) for case in cases])
    copy_rows([entry for case, report in pairs for entry in _entries(case, report, at=at)])
    return len(cases)


def _numbers(reports: Sequence[PastReport]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_case_number') FROM generate_series(1, %s)", [len(reports)])
        counted = [row[0] for row in cursor.fetchall()]
    return [f"{number_prefix(report.reported_at)}{n:06d}" for report, n in zip(reports, counted, strict=True)]


def _status(report: PastReport) -> Status:
    if report.closed_at:
        return Status.CLOSED
    if not report.is_dispatched:
        return Status.REPORTED
    return Status.DISPATCHED if report.lead_unit_id else Status.FILED


def _case(report: PastReport, number: str, *, at: datetime) -> Case:
    place, status = report.location, _status(report)
    centre = directory().centre(place.grid.path)
    holder = report.lead_unit_id if status == Status.DISPATCHED else centre.id if centre else None
    said = report.title, report.description, report.address
    return Case(
        id=new_id(),
        number=number,
        category_id=report.category.id,
        title=report.title,
        description=report.description,
        channel=Channel.IMPORT,
        status=status,
        outcome=report.outcome if report.closed_at else "",
        outcome_note=report.outcome_note,
        place=place.point,
        original_x=report.original[0],
        original_y=report.original[1],
        original_system=report.original_system,
        address=report.address,
        grid_id=place.grid.id,
        grid_code=place.grid.code,
        community_code=place.community.code,
        township_code=place.township.code,
        area_path=place.grid.path,
        grid_name=place.grid.name,
        community_name=place.community.name,
        township_name=place.township.name,
        level=report.level,
        lead_unit_id=report.lead_unit_id if report.is_dispatched or report.closed_at else None,
        holder_unit_id=None if report.closed_at else holder,
        reported_at=report.reported_at,
        received_at=at,
        filed_at=report.reported_at if status != Status.REPORTED else None,
        stage_started_at=report.reported_at,
        stage_due_at=None if report.closed_at else report.due_at,
        due_at=report.due_at,
        ended_at=report.closed_at,
        is_urgent=report.category.is_urgent,
        is_public=report.category.sensitivity != Sensitivity.CLOSED,
        source_key=report.source_key,
        search=words_of(number, said=said, where=names_of(place), timeline=[report.outcome_note]),
    )


def _report(case: Case, *, at: datetime) -> Report:
    return Report(
        id=case.pk,
        case=case,
        channel=Channel.IMPORT,
        text=case.description or case.title,
        link_hash=f"import:{case.pk}",  # nobody holds a link to it
        body_hash="",
        reported_at=case.reported_at,
        received_at=at,
    )


def _entries(case: Case, report: PastReport, *, at: datetime) -> list[TimelineEntry]:
    entries = [
        TimelineEntry(
            case=case,
            kind=EntryKind.REPORT,
            visibility=Visibility.PUBLIC,
            channel=Channel.IMPORT,
            happened_at=report.reported_at,
            received_at=at,
            data={"source": report.source, "imported": True},
        )
    ]
    if report.closed_at:
        late = report.due_at is not None and report.closed_at > report.due_at
        data = {
            "outcome": Outcome(report.outcome).value,
            "due_at": report.due_at.isoformat() if report.due_at else "",
            "late": late,
            "imported": True,
        }
        entries.append(
            TimelineEntry(
                case=case,
                kind=EntryKind.MOVE,
                move=Move.CLOSE,
                visibility=Visibility.PUBLIC,
                text=report.outcome_note,
                channel=Channel.IMPORT,
                happened_at=report.closed_at,
                received_at=at,
                data=data,
            )
        )
    return entries
