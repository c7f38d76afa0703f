"""What the clocks of a case are reckoned from, as it stands in memory: marks, terms, calendars. Asks nothing."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from onegrid.cases.models import Case
from onegrid.cases.rules import due
from onegrid.cases.rules.clock import YELLOW_FROM
from onegrid.cases.rules.clock_left import Left, Lefts, left_of
from onegrid.cases.rules.clocks import Clock, Stretch, Terms, running_clock
from onegrid.cases.rules.marks import Entered, KeptMark, Mark, kept, read
from onegrid.cases.states import STAGE_NAMED, Stage, Status
from onegrid.catalogue.public import SNAPSHOT as CATALOGUE
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.snapshots import Snapshot
from onegrid.units.public import Counting, calendar_of, calendars

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


class Beside(Protocol):
    """What has a clock of its own beside those of its case: a supporting task, or a supervision order."""

    @property
    def unit_id(self) -> UUID:
        """Whose time counts."""
        ...

    @property
    def begun_at(self) -> datetime:
        """Since when."""
        ...

    @property
    def over_at(self) -> datetime | None:
        """Until when, once it is over."""
        ...

    @property
    def limit_time(self) -> timedelta | None:
        """How long it may take, as the catalogue had it then."""
        ...

    @property
    def granted_time(self) -> timedelta | None:
        """What was given beyond that."""
        ...

    @property
    def counting(self) -> str:
        """What of the time counts."""
        ...

    @property
    def due_at(self) -> datetime | None:
        """What all of it comes to."""
        ...


class Allowed(NamedTuple):
    """How long something may take, what of the time counts, and until when it is due by that."""

    limit: timedelta
    counting: Counting
    due_at: datetime


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


def kept_marks_of(case: Case) -> Sequence[KeptMark]:
    """Return the same as it is kept, also where nothing is yet."""
    return case.marks or [kept(mark) for mark in marks_of(case)]


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
    return due.moments(marks, terms=_terms_under(category), calendars=calendars().of, warned=0)


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
    (left,) = times_left([case], now=now)
    return left


def times_left(cases: Iterable[Running], *, now: datetime) -> list[Left | None]:
    """Return what `time_left` says of each of a list."""
    terms, calendars_now, lefts = _terms.get(), calendars(), Lefts(now)
    found: list[Left | None] = []
    for case in cases:
        due_at, until = case.stage_due_at, case.suspended_until
        if due_at is None or case.ended_at is not None or (until is not None and now < until):
            found.append(None)
            continue
        allowed = terms.get(case.category_id) or terms_of_category(case.category_id)
        counting = allowed.counting_of(STAGE_NAMED[case.status])
        found.append(lefts.of(due_at, counting=counting, calendar=calendars_now.of(case.holder_unit_id)))
    return found


def time_left_of(case: Case, *, now: datetime) -> Left | None:
    """
    Return the same of a case whose marks are known, as its explanation has it.

    One that was late before it came back to the unit has not been late in between, which a row alone does not tell.
    """
    left = time_left(case, now=now)
    if left is None or not case.marks or not left.is_late:
        return left
    clock = running_clock(marks_of(case), terms=terms_of(case), calendars=calendar_of)
    rest = clock.remaining(now) if clock else None
    return left if rest is None else left._replace(amount=rest)


def allowed_to_help(case: Case, *, unit: UUID, at: datetime) -> Allowed | None:
    """Return what a unit has for its part of a case if it gets that now: the handling limit, in its own time."""
    terms = terms_of(case)
    limit = terms.limit_of(Stage.HANDLE)
    return None if limit is None else _allowed(limit, terms, unit=unit, at=at)


def allowed_to_answer(case: Case, hours: float, *, unit: UUID, at: datetime) -> Allowed:
    """Return what a unit has that is asked something about a case now: hours, counted as its handling limit is."""
    return _allowed(timedelta(hours=hours), terms_of(case), unit=unit, at=at)


def _allowed(limit: timedelta, terms: Terms, *, unit: UUID, at: datetime) -> Allowed:
    counting = terms.counting_of(Stage.HANDLE)
    return Allowed(limit, counting, due.due_beside(at, limit, counting, calendar=calendar_of(unit)))


def clock_beside(row: Beside) -> Clock | None:
    """Return the clock of a supporting task or a supervision order as it was decided; nothing where it has no limit."""
    if row.limit_time is None:
        return None
    given = row.granted_time or timedelta()
    return Clock(
        stage=Stage.HANDLE, counting=Counting(row.counting), limit=row.limit_time + given, extended=given,
        stretches=(Stretch(row.begun_at, row.over_at, row.unit_id),), calendars=calendar_of,
    )  # fmt: skip


def left_beside(row: Beside, *, now: datetime) -> Left | None:
    """Return what is left of the time for a task or an order, as `time_left` does; nothing once it is over."""
    if row.due_at is None or row.over_at is not None:
        return None
    counting = Counting(row.counting)
    return left_of(row.due_at, counting=counting, calendar=calendar_of(row.unit_id), now=now)


def yellow_beside(row: Beside) -> datetime | None:
    """Return when a task or an order turns yellow; nothing where it has no limit, or ended before."""
    clock = clock_beside(row)
    return clock.moment_of(YELLOW_FROM) if clock else None
