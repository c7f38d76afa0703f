"""What the holder of a private link sees and may do, beside what everybody sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from onegrid.cases.public import (
    ASKS,
    Case,
    EntryKind,
    Move,
    Outcome,
    Report,
    Status,
    link_hash,
    moves_from,
    next_nudge_at,
    procedure_of,
    unanswered,
)
from onegrid.core.installation import reopen_window_days

LONGEST_SECRET = 200


@dataclass(frozen=True, kw_only=True)
class Holder:
    """One reporter's own report, and what can be done with it now."""

    report: Report
    is_own: bool
    may_add: bool
    may_rate: bool
    has_rated: bool
    reopens_until: datetime | None
    may_withdraw: bool
    may_nudge: bool
    questions: Sequence[str]
    nudges_from: datetime | None

    @property
    def is_asked(self) -> bool:
        """Tell whether it is this reporter's turn."""
        return self.may_rate or self.reopens_until is not None


def holder_of(secret: str, *, at: datetime) -> tuple[Case, Holder] | None:
    """Return the report a secret belongs to with its case. At most six statements."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    reports = Report.objects.select_related("case", "case__merged_into")
    report = reports.filter(link_hash=link_hash(secret)).first()
    if report is None:
        return None
    case = report.case
    has_rated = report.ratings.filter(closing=case.reopen_count).exists()
    possible_at = next_nudge_at(procedure_of(case), nudged_at=report.nudged_at)
    nudges_from = possible_at if possible_at is not None and at < possible_at else None
    is_judged = case.status == Status.CLOSED and case.outcome != Outcome.WITHDRAWN
    return case, Holder(
        report=report,
        is_own=report.pk == case.pk,
        may_add=case.ended_at is None,
        may_rate=is_judged and not has_rated,
        has_rated=has_rated,
        questions=_questions(case, since=_belongs_since(report, case)),
        reopens_until=_reopens_until(case, at) if is_judged else None,
        may_nudge=case.ended_at is None and nudges_from is None,
        nudges_from=nudges_from if case.ended_at is None else None,
        may_withdraw=Move.WITHDRAW in moves_from(Status(case.status)) and case.report_count == 1,
    )


def _belongs_since(report: Report, case: Case) -> datetime:
    """Return since when a report is one of this case: since it came in, or its own case was merged into this one."""
    if report.pk == case.pk:
        return report.received_at
    merged_at = Case.objects.filter(pk=report.pk).values_list("ended_at", flat=True).first()
    return merged_at or report.received_at


def _questions(case: Case, *, since: datetime) -> list[str]:
    """
    Return what a reporter is still asked; an answer of anybody who reported the matter is one.

    What was asked before theirs belonged to the case was meant for others, and may speak of them.
    """
    if case.ended_at is not None or not case.timeline.filter(kind=EntryKind.NOTE, data__has_key=ASKS).exists():
        return []
    waiting = unanswered(case.timeline.filter(kind__in=[EntryKind.NOTE, EntryKind.EVIDENCE]))
    return [entry.text for entry in waiting if entry.received_at >= since]


def _reopens_until(case: Case, at: datetime) -> datetime | None:
    if case.ended_at is None or case.category_id is None:
        return None
    until = case.ended_at + timedelta(days=reopen_window_days())
    return until if at <= until else None
