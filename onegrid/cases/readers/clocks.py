"""What the clocks of a case are reckoned from, as it stands in memory: marks, terms, calendars. Asks nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from onegrid.cases.models import Case
from onegrid.cases.rules import due
from onegrid.cases.rules.clocks import Terms
from onegrid.cases.rules.marks import Entered, Mark, read
from onegrid.cases.states import Stage, Status
from onegrid.catalogue.public import SNAPSHOT as CATALOGUE
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.snapshots import Snapshot
from onegrid.units.public import calendar_of

_terms: Snapshot[dict[UUID | None, Terms]] = Snapshot(CATALOGUE, dict)


def terms_of(case: Case) -> Terms:
    """Return what the category version that the case stands under allows."""
    return terms_of_category(case.category_id)


def terms_of_category(category_id: UUID | None) -> Terms:
    """Return what a version of a category allows; they are worked out once for a state of the catalogue."""
    kept = _terms.get()
    if category_id not in kept:
        kept[category_id] = due.terms_of(catalogue().by_id[category_id] if category_id else None)
    return kept[category_id]


def _terms_under(category: CategoryEntry | None) -> Terms:
    return terms_of_category(category.id if category else None)


def marks_of(case: Case) -> list[Mark]:
    """Return what a case's clocks are reckoned from."""
    return read(case.marks) or first_marks(
        Status(case.status),
        received_at=case.received_at,
        stage_started_at=case.stage_started_at,
        holder=case.holder_unit_id,
        lead=case.lead_unit_id,
    )


def first_marks(
    status: Status, *, received_at: datetime, stage_started_at: datetime, holder: UUID | None, lead: UUID | None
) -> list[Mark]:
    """
    Return the marks of a case that has none: one that has not moved since it came in, or since clocks are kept so.

    For it stands when it was received, and when its stage began.
    """
    reported = Entered(received_at, Status.REPORTED, holder)
    return [reported] if status == Status.REPORTED else [reported, Entered(stage_started_at, status, holder, lead)]


def first_moments(category: CategoryEntry | None, *, holder: UUID | None, at: datetime) -> due.Moments:
    """Return the moments of a case that comes in under a category, or none yet, to the unit that looks first."""
    marks = [Entered(at, Status.REPORTED, holder)]
    return due.moments(marks, terms=_terms_under(category), calendars=calendar_of, warned=0)


def due_for(category: CategoryEntry | None, stage: Stage, *, unit: UUID, at: datetime) -> datetime | None:
    """Return when a stage would be due that a unit begins now; nothing where the catalogue sets no limit."""
    terms = _terms_under(category)
    limit = terms.limit_of(stage)
    return None if limit is None else calendar_of(unit).after(at, limit, terms.counting_of(stage))


def answer_due(case: Case, hours: float, *, unit: UUID, at: datetime) -> datetime:
    """Return when a unit has used up hours, counted as its handling limit is, if it is asked something now."""
    counting = terms_of(case).counting_of(Stage.HANDLE)
    return calendar_of(unit).after(at, timedelta(hours=hours), counting)
