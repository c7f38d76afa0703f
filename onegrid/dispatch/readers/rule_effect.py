"""
What a new routing rule would have done: which cases of the last twelve months it would have moved to its unit.

The cases are counted by kind, place and unit in one statement; whether the rule would
have decided is worked out in memory for each such group, by the same reckoning that
routes cases. Places and hours are told apart only where another rule could go before it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Q, Value, When
from django.db.models.functions import ExtractIsoWeekDay
from django.utils.timezone import localtime

from onegrid.cases.public import Case
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.dispatch.readers.routing import deciding, first_level, rules_for
from onegrid.dispatch.rules.effect import boundaries, has_weekdays, moment_in_week
from onegrid.dispatch.rules.routing import Matter, Rule, order, ranked
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry, directory

LOOKED_BACK = timedelta(days=365)  # whole days of the district, so that a list can name the same ones
_COLUMN = {Level.TOWNSHIP: "township_code", Level.COMMUNITY: "community_code", Level.GRID: "grid_code"}


@dataclass(frozen=True, kw_only=True)
class Shift:
    """How many cases had gone to one unit and would go to another; `of` how many of the one's own the rule names."""

    unit: UnitEntry
    to: UnitEntry
    count: int
    of: int

    @property
    def is_whole(self) -> bool:
        """Tell whether all cases of the unit that the rule names would move, so that a list shows just those."""
        return self.count == self.of


@dataclass(frozen=True, kw_only=True)
class Effect:
    """
    What a rule would have done to the cases that came in from `since` to before `until` and were given to a unit.

    `shifts` are those that would move, by the unit that had them, most first; `stay` had the
    new unit already; `elsewhere` would not be moved by it, because another rule goes before it.
    """

    since: datetime
    until: datetime
    shifts: Sequence[Shift]
    stay: int
    elsewhere: int

    @property
    def moved(self) -> int:
        """Return how many would move."""
        return sum(shift.count for shift in self.shifts)


@dataclass(frozen=True, kw_only=True)
class _Group:
    """Cases that every rule treats alike."""

    unit_id: UUID
    category: CategoryEntry
    matter: Matter
    count: int


def effect_of(rule: Rule, *, level: Level | None, on: date, at: datetime) -> Effect:
    """
    Return what a rule would have done in the year before `at`, among the rules of the day `on`. One statement.

    `level` is that of the area it names; none is everywhere. Cases are taken to come in as
    new ones do: at the level of their category, at the moment at which they were reported.
    """
    since = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0) - LOOKED_BACK
    before = {code: _before(rule, code, on=on) for code in {entry.code for entry in _kinds(rule)}}
    moved, total, stay, elsewhere = Counter[tuple[UUID, UUID]](), Counter[UUID](), 0, 0
    for group in _groups(rule, before, level=level, since=since, until=at):
        total[group.unit_id] += group.count
        rules = ranked([*before[group.category.code], rule], group.matter)
        found = deciding(rules, group.matter, category=group.category, on=on)
        if found is None or found[0] is not rule:
            elsewhere += group.count
        elif group.unit_id == found[1].id:
            stay += group.count
        else:
            moved[group.unit_id, found[1].id] += group.count
    units = directory().by_id
    shifts = [
        Shift(unit=units[unit_id], to=units[to], count=count, of=total[unit_id])
        for (unit_id, to), count in moved.most_common()
    ]
    return Effect(since=since, until=at, shifts=shifts, stay=stay, elsewhere=elsewhere)


def _kinds(rule: Rule) -> list[CategoryEntry]:
    """Return every version of the categories that a rule names."""
    code = rule.category_code
    return [entry for entry in catalogue().by_id.values() if not code or f"{entry.code}.".startswith(f"{code}.")]


def _before(rule: Rule, code: str, *, on: date) -> list[Rule]:
    """Return the rules of a day that decide before another one where they fit a case of the category too."""
    return [other for other in rules_for(code, on=on) if order(other) < order(rule)]


def _groups(
    rule: Rule, before: Mapping[str, Sequence[Rule]], *, level: Level | None, since: datetime, until: datetime
) -> Iterable[_Group]:
    others = [other for found in before.values() for other in found]
    times, by_id = boundaries(others), catalogue().by_id
    cases = Case.objects.filter(
        reported_at__gte=since, reported_at__lt=until, lead_unit__isnull=False,
        category__in=[entry.id for entry in _kinds(rule)],
    )  # fmt: skip
    if level in _COLUMN:
        cases = cases.filter(**{_COLUMN[level]: rule.area_code})
    apart = ["area_path"] if others or rule.lead.startswith("@") else []
    if has_weekdays(others):
        cases, apart = cases.annotate(weekday=ExtractIsoWeekDay("reported_at")), [*apart, "weekday"]
    if times:
        cases, apart = cases.annotate(hours=_hours(times)), [*apart, "hours"]
    for row in cases.order_by().values("category_id", "lead_unit_id", *apart).annotate(count=Count("pk")):
        category, place = by_id[row["category_id"]], row.get("area_path", rule.area_code)
        yield _Group(
            unit_id=row["lead_unit_id"],
            category=category,
            matter=_matter(row, category, place, times=times),
            count=row["count"],
        )


def _hours(times: Sequence[time]) -> Choice:
    """Return how many of some times of day have passed when a case was reported, in the district's own time."""
    passed = [When(Q(reported_at__time__gte=moment), then=Value(place)) for place, moment in enumerate(times, 1)]
    return Choice(*reversed(passed), default=Value(0), output_field=IntegerField())


def _matter(row: Mapping[str, Any], category: CategoryEntry, place: str, *, times: Sequence[time]) -> Matter:
    passed = row.get("hours", 0)
    return Matter(
        category_code=category.code,
        area_path=place,
        level=first_level(category),
        local_time=moment_in_week(row.get("weekday", 1), times[passed - 1] if passed else time()),
    )
