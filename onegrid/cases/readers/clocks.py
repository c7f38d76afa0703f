"""What the clocks of a case are reckoned from, as it stands in memory: marks, terms, calendars. Asks nothing."""

from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from onegrid.cases.models import Case
from onegrid.cases.rules import due
from onegrid.cases.rules.clock_left import Left, left_of
from onegrid.cases.rules.clocks import Terms
from onegrid.cases.rules.marks import Entered, Mark, read
from onegrid.cases.states import STAGE_OF, Stage, Status
from onegrid.catalogue.public import SNAPSHOT as CATALOGUE
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.snapshots import Snapshot
from onegrid.units.public import calendar_of

_terms: Snapshot[dict[UUID | None, Terms]] = Snapshot(CATALOGUE, dict)


class Running(Protocol):
    """What is known of the clock of a case in a list: a row of any of them."""

    @property
    def status(self) -> str:
        """Where it stands."""
        ...

    @property
    def category_id(self) -> UUID | None:
        """By which limits."""
        ...

    @property
    def holder_unit_id(self) -> UUID | None:
        """In whose time."""
        ...

    @property
    def stage_due_at(self) -> datetime | None:
        """Until when."""
        ...

    @property
    def suspended_until(self) -> datetime | None:
        """Until when the clock stands still."""
        ...

    @property
    def ended_at(self) -> datetime | None:
        """Since when it is over."""
        ...


def terms_of(case: Case) -> Terms:
    """Return what the category version that the case stands under allows."""
    return terms_of_category(case.category_id)


def terms_of_category(category_id: UUID | None) -> Terms:
    """Return what a version of a category allows; they are worked out once for a state of the catalogue."""
    kept = _terms.get()
    found = kept.get(category_id)
    if found is None:
        found = kept[category_id] = due.terms_of(catalogue().by_id[category_id] if category_id else None)
    return found


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


def time_left(case: Running, *, now: datetime) -> Left | None:
    """
    Return what is left of the running stage in the unit of its limit, in the time of who holds the case.

    Nothing where it has no limit, stands still, or is over. From memory, so that lists can have it too.
    """
    is_still = case.suspended_until is not None and now < case.suspended_until
    if case.stage_due_at is None or case.ended_at is not None or is_still:
        return None
    counting = terms_of_category(case.category_id).counting_of(STAGE_OF[Status(case.status)])
    return left_of(case.stage_due_at, counting=counting, calendar=calendar_of(case.holder_unit_id), now=now)


def answer_due(case: Case, hours: float, *, unit: UUID, at: datetime) -> datetime:
    """Return when a unit has used up hours, counted as its handling limit is, if it is asked something now."""
    counting = terms_of(case).counting_of(Stage.HANDLE)
    return calendar_of(unit).after(at, timedelta(hours=hours), counting)
