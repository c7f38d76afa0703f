"""How a month's cases stand today, by township and by unit: counts of the public list, each a part of another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case as Either
from django.db.models import Count, F, Min, Q, QuerySet, UUIDField, When
from django.utils.timezone import localtime, make_aware
from django.utils.translation import get_language

from onegrid.cases.public import (
    NONE,
    Case,
    Handling,
    Outcome,
    Said,
    handling,
    handling_by_unit,
    of_ratings,
    strangers,
)
from onegrid.portal.readers.nearby import OF_UNITS, late
from onegrid.units.public import directory

KEPT = 60  # seconds; counting reads every row of a month


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """
    Of the cases that were reported in a month, how many there are of each kind today.

    `late_now` is a part of `running`; `due` are those of `ended` that had a
    deadline, `in_time` a part of these; `fixed` is a part of `ended`, `again` of `reported`.
    `rated` is a part of `ended`, `solved` and `satisfied` are parts of `rated`.
    """

    reported: int = 0
    running: int = 0
    late_now: int = 0
    ended: int = 0
    due: int = 0
    in_time: int = 0
    fixed: int = 0
    again: int = 0
    rated: int = 0
    solved: int = 0
    satisfied: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One township or unit: its code in the filters of the list, its name, its counts."""

    code: str
    name: str
    counts: Counts


@dataclass(frozen=True, kw_only=True, slots=True)
class Hands:
    """One unit: its code, its name, and of how many of the month's cases it left the handling."""

    code: str
    name: str
    handling: Handling


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """
    A month: its first and last day, its counts in all, by township and by unit, and the months beside it.

    `handled` is of the same cases, but counts for each unit that has had one, whoever has it now.
    """

    begins: date
    ends: date
    whole: Counts
    townships: Sequence[Line]
    units: Sequence[Line]
    without_unit: Counts
    handled: Sequence[Hands]
    before: date | None
    after: date | None


def statistics(month: date, *, names: Mapping[str, str], at: datetime) -> Statistics:
    """
    Return the counts of the cases reported in the month of a day; they may be a minute old.

    Three statements, beside the cache's. `names` are the townships that stand, by code;
    those that stood then and are gone go by their code.
    """
    begins = month.replace(day=1)
    following = (begins + timedelta(days=32)).replace(day=1)
    rows, handled = _kept(begins, following, at=at)
    first, this = _first_month(), localtime(at).date().replace(day=1)
    by_township, by_unit = _summed(rows, 0), _summed(rows, 1)
    return Statistics(
        begins=begins,
        ends=following - timedelta(days=1),
        whole=_sum(counts for _township, _unit, counts in rows),
        townships=_named(by_township, names),
        units=_named(by_unit, _unit_names(by_unit)),
        without_unit=by_unit.get("", Counts()),
        handled=_hands(handled),
        before=(begins - timedelta(days=1)).replace(day=1) if first and first < begins else None,
        after=following if following <= this else None,
    )


def _kept(
    begins: date, following: date, *, at: datetime
) -> tuple[list[tuple[str, str, Counts]], Mapping[str, Handling]]:
    key = f"portal.statistics.{begins:%Y%m}"
    kept: tuple[list[tuple[str, str, dict[str, int]]], dict[str, tuple[int, ...]]] | None = cache.get(key)
    if kept is None:
        cohort = strangers.listed().filter(reported_at__gte=_midnight(begins), reported_at__lt=_midnight(following))
        handled = handling_by_unit(handling(), cohort.filter(OF_UNITS), from_cases=True)
        kept = _counted(cohort, at=at), {code: tuple(found) for code, found in handled.items()}
        cache.set(key, kept, KEPT)
    rows, by_unit = kept
    return (
        [(township, unit, Counts(**counts)) for township, unit, counts in rows],
        {code: Handling(*found) for code, found in by_unit.items()},
    )


def _counted(cohort: QuerySet[Case], *, at: datetime) -> list[tuple[str, str, dict[str, int]]]:
    # While it is disputed whose a case is, no unit is named for it, here as on its page.
    unit = Either(When(OF_UNITS, then=F("lead_unit")), output_field=UUIDField())
    has_ended, was_due = Q(ended_at__isnull=False), Q(due_at__isnull=False)
    rows = (
        cohort.order_by()
        .annotate(unit=unit)
        .values("township_code", "unit")
        .annotate(
            reported=Count("pk"),
            running=Count("pk", filter=~has_ended),
            late_now=Count("pk", filter=~has_ended & late(at)),
            ended=Count("pk", filter=has_ended),
            due=Count("pk", filter=has_ended & was_due),
            in_time=Count("pk", filter=has_ended & was_due & ~late(at)),
            fixed=Count("pk", filter=has_ended & Q(outcome=Outcome.FIXED)),
            again=Count("pk", filter=Q(reopen_count__gt=0)),
            **{said.value: Count("pk", filter=of_ratings(said)) for said in Said},
        )
    )
    return [(row["township_code"], _unit_code(row["unit"]), _counts_of(row)) for row in rows]


def _counts_of(row: Mapping[str, Any]) -> dict[str, int]:
    return {field.name: row[field.name] for field in fields(Counts)}


def _unit_code(unit_id: UUID | None) -> str:
    unit = directory().by_id.get(unit_id) if unit_id else None
    return unit.code if unit else ""


def _unit_names(codes: Iterable[str]) -> dict[str, str]:
    known, language = directory().by_code, get_language() or ""
    return {code: known[code].named(language) for code in codes if code in known}


def _summed(rows: Sequence[tuple[str, str, Counts]], place: int) -> dict[str, Counts]:
    groups: dict[str, list[Counts]] = defaultdict(list)
    for row in rows:
        groups[str(row[place])].append(row[2])
    return {code: _sum(counts) for code, counts in groups.items()}


def _sum(several: Iterable[Counts]) -> Counts:
    rows = [asdict(counts) for counts in several]
    return Counts(**{field.name: sum(row[field.name] for row in rows) for field in fields(Counts)})


def _named(counts: Mapping[str, Counts], names: Mapping[str, str]) -> list[Line]:
    """Return the lines in the order of their names: a table to look something up in, not a ranking."""
    lines = [Line(code=code, name=names.get(code, code), counts=found) for code, found in counts.items() if code]
    return sorted(lines, key=lambda line: line.name)


def _hands(handled: Mapping[str, Handling]) -> list[Hands]:
    """Return the units in the order of their names, those of which nothing is known left out."""
    names = _unit_names(handled)
    hands = [Hands(code=code, name=names.get(code, code), handling=found) for code, found in handled.items()]
    return sorted((each for each in hands if each.code != NONE), key=lambda each: each.name)


def _first_month() -> date | None:
    first = strangers.listed().aggregate(first=Min("reported_at"))["first"]
    return localtime(first).date().replace(day=1) if first else None


def _midnight(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001  # it is made aware of the district's zone
