"""The public list of cases: filters, pages by keyset, and how many there are in each township."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import ClassVar, NamedTuple
from uuid import UUID

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from onegrid.cases.public import (
    ENDED_LATE,
    Case,
    Channel,
    Handled,
    Left,
    Light,
    Outcome,
    Said,
    Status,
    case_number,
    handling,
    light,
    of_handling,
    of_ratings,
    outcome_words,
    strangers,
    time_left,
)
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.durations import spoken
from onegrid.core.installation import area_named
from onegrid.core.moments import in_full
from onegrid.core.pagination import Slice, cursor, place
from onegrid.units.public import directory

PAGE = 30
OF_UNITS = ~Q(status=Status.DISPUTED)  # while it is disputed whose a case is, no unit is named for it
COUNTS_KEPT = 60  # seconds; counting reads every row


class _Place(NamedTuple):
    reported_at: datetime
    id: UUID


class State(StrEnum):
    """Whether a case is still being handled."""

    OPEN = "open"
    ENDED = "ended"
    ALL = "all"


class Timing(StrEnum):
    """Whether the deadline of the whole case was kept, or is over by now."""

    ANY = ""
    IN_TIME = "in_time"
    LATE = "late"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """
    What somebody asks the list for; what is left out asks for nothing.

    `said` is what reporters say of the result, `handled` how a unit, or any, had left the handling.
    """

    NO_UNIT: ClassVar[str] = "none"

    text: str = ""
    township: str = ""
    group: str = ""
    state: State = State.OPEN
    reported_since: date | None = None
    reported_until: date | None = None
    ended_since: date | None = None
    outcome: str = ""
    unit: str = ""
    timing: Timing = Timing.ANY
    is_reopened: bool = False
    said: Said | None = None
    handled: Handled | None = None
    handled_by: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One case in a public list."""

    number: str
    title: str
    place: str
    unit: str
    state: str
    chip: str
    counts: str
    due_at: datetime | None
    since: datetime | None
    reported_at: str
    report_count: int
    is_simulated: bool
    is_imported: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How many of the cases asked for are open and ended, in each township and in all."""

    by_township: Mapping[str, tuple[int, int]]

    def of(self, state: State, township: str = "") -> int:
        """Return how many there are of a state, in one township or in all."""
        rows = [self.by_township.get(township, (0, 0))] if township else list(self.by_township.values())
        count = {State.OPEN: lambda row: row[0], State.ENDED: lambda row: row[1], State.ALL: sum}[state]
        return sum(count(row) for row in rows)


def groups() -> list[CategoryEntry]:
    """Return the groups of the catalogue that lie at its root."""
    return list(catalogue().children.get("", ()))


def page(asked: Asked, *, after: str, at: datetime) -> Slice[Row]:
    """
    Return one page of the list, newest first. One statement.

    :raises UnknownCursorError: if `after` is no place in this list.
    """
    cases = _of_state(_asked_for(asked, at=at), asked.state)
    if asked.township:
        cases = cases.filter(township_code=asked.township)
    if after:
        moment, pk = place(after, _Place)
        # The first condition bounds the index, the second settles the same moment.
        cases = cases.filter(Q(reported_at__lt=moment) | Q(reported_at=moment, pk__lt=pk), reported_at__lte=moment)
    rows = list(cases.order_by("-reported_at", "-pk")[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return Slice(
        rows=[row_of(case, at=at) for case in rows[:PAGE]],
        next_after=cursor(last.reported_at, last.pk) if last else "",
    )


def late(at: datetime) -> Q:
    """Return what is late at a moment: what ended after its deadline, and what is still running past it."""
    return ENDED_LATE | Q(ended_at__isnull=True, due_at__lt=at)


def tally(asked: Asked, *, at: datetime) -> Tally:
    """Return the counts of everything asked for but state and township. One statement, beside the cache's."""
    if asked.text:
        return Tally(by_township=_counted(asked, at=at))
    question = repr(replace(asked, state=State.ALL, township=""))
    key = f"portal.tally.{sha256(question.encode()).hexdigest()}"
    counts = cache.get(key)
    if counts is None:
        counts = _counted(asked, at=at)
        cache.set(key, counts, COUNTS_KEPT)
    return Tally(by_township=counts)


def _counted(asked: Asked, *, at: datetime) -> dict[str, tuple[int, int]]:
    rows = (
        _asked_for(asked, at=at)
        .order_by()
        .values_list("township_code")
        .annotate(
            running=Count("pk", filter=Q(ended_at__isnull=True)), over=Count("pk", filter=Q(ended_at__isnull=False))
        )
    )
    return {code: (running, over) for code, running, over in rows}


def newest(count: int, *, at: datetime) -> list[Row]:
    """Return the cases reported last."""
    return [row_of(case, at=at) for case in strangers.listed().order_by("-reported_at", "-pk")[:count]]


def row_of(case: Case, *, at: datetime) -> Row:
    """Return a case as a line of a public list."""
    (state, chip), left = _face(case, at), time_left(case, now=at)
    counts = left.ticks if left else ""
    return Row(
        number=case.number,
        title=strangers.title_of(case),
        place=f"{area_named(case.township_name)} · {area_named(case.community_name)}",
        unit=strangers.unit_name(case.holder_unit_id or case.lead_unit_id),
        state=state,
        chip=_said(left) if left and counts else chip,
        counts=counts,
        due_at=case.stage_due_at if case.ended_at is None else None,
        since=case.stage_started_at,
        reported_at=in_full(case.reported_at),
        report_count=case.report_count,
        is_simulated=case.is_simulated,
        is_imported=case.channel == Channel.IMPORT,
    )


def _said(left: Left) -> str:
    return (_("%s late") if left.is_late else _("%s left")) % left.said


def _face(case: Case, at: datetime) -> tuple[str, str]:
    if case.ended_at is None:
        shape = light(
            started_at=case.stage_started_at,
            yellow_at=case.stage_yellow_at,
            due_at=case.stage_due_at,
            paused_until=case.suspended_until,
            now=at,
        )
        if shape == Light.PAUSED:
            return shape.value, _("until %(moment)s") % {"moment": in_full(case.suspended_until)}
        return shape.value, "" if case.stage_due_at else "–"  # what is left is said in the unit of its limit
    words = outcome_words(case.outcome)
    if case.due_at and case.ended_at > case.due_at:
        late = _("%s late") % spoken(case.ended_at - case.due_at)
        return Light.RED.value, f"{words} · {late}"
    if case.passed_due_at:
        return Light.RED.value, f"{words} · {_('was late')}"
    return Light.NONE.value, words


def _asked_for(asked: Asked, *, at: datetime) -> QuerySet[Case]:
    cases = _by_text(asked.text)
    if asked.group:
        cases = cases.filter(category__in=strangers.versions_of(asked.group))
    if asked.unit:
        cases = _of_unit(cases, asked.unit)
    return cases.filter(_when(asked), _how(asked, at))


def _when(asked: Asked) -> Q:
    found = Q()
    if asked.reported_since:
        found &= Q(reported_at__gte=_morning(asked.reported_since))
    if asked.reported_until:
        found &= Q(reported_at__lt=_morning(asked.reported_until + timedelta(days=1)))
    return found & Q(ended_at__gte=_morning(asked.ended_since)) if asked.ended_since else found


def _how(asked: Asked, at: datetime) -> Q:
    found = Q(outcome=Outcome(asked.outcome)) if asked.outcome else Q()
    if asked.timing is Timing.LATE:
        found &= late(at)
    elif asked.timing is Timing.IN_TIME:
        found &= Q(ended_at__isnull=False, due_at__isnull=False) & ~ENDED_LATE
    if asked.said:
        found &= of_ratings(asked.said)
    if asked.handled:
        found &= OF_UNITS & of_handling(asked.handled, handling(unit=asked.handled_by))
    return found & Q(reopen_count__gt=0) if asked.is_reopened else found


def _of_unit(cases: QuerySet[Case], code: str) -> QuerySet[Case]:
    """Return those that a unit handles; while it is disputed whose a case is, it is nobody's, as on its page."""
    if code == Asked.NO_UNIT:
        return cases.filter(Q(lead_unit__isnull=True) | ~OF_UNITS)
    unit = directory().by_code.get(code)
    return cases.filter(OF_UNITS, lead_unit=unit.id) if unit else cases.none()


def _by_text(text: str) -> QuerySet[Case]:
    if number := case_number(text):
        return strangers.listed().filter(number=number)
    return strangers.found(text) if text.strip() else strangers.listed()


def _of_state(cases: QuerySet[Case], state: State) -> QuerySet[Case]:
    return cases if state is State.ALL else cases.filter(ended_at__isnull=state is State.OPEN)


def _morning(day: date) -> datetime:
    return make_aware(datetime.combine(day, time.min))
