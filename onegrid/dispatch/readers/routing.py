"""Where a case would go and why: the routing table in memory, and the simulator over it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, require
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.names import in_readers_language
from onegrid.core.snapshots import Snapshot
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.rules.routing import Matter, Precedent, Rule, ranked
from onegrid.geography.public import CoordinateSystem, Level, Location, locate
from onegrid.units.public import UnitEntry, UnitKind, directory

SNAPSHOT = "routing"
_LADDER = (Level.GRID, Level.COMMUNITY, Level.TOWNSHIP, Level.DISTRICT)


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Who leads and who supports, which rule says so, and what else would have fitted."""

    lead: UnitEntry | None
    support: tuple[UnitEntry, ...]
    rule: Rule | None
    category: CategoryEntry
    others: tuple[Rule, ...] = ()

    @property
    def reason(self) -> str:
        """Say in the reader's language why it would go there."""
        if self.rule:
            return said_because(self.rule)
        if self.lead is None:
            return _("No rule fits, and the catalogue names no lead unit.")
        text = _("No rule fits; the catalogue names “%(unit)s” for %(category)s.")
        language = get_language() or ""
        return text % {"unit": self.lead.named(language), "category": self.category.named(language)}

    def as_data(self) -> Mapping[str, object]:
        """Return it as the timeline keeps it."""
        return {
            "lead": self.lead.code if self.lead else "",
            "support": [unit.code for unit in self.support],
            "rule": self.rule.code if self.rule else "",
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class _Dated:
    rule: Rule
    opens_on: date
    closes_on: date | None

    def holds_on(self, day: date) -> bool:
        return self.opens_on <= day and (self.closes_on is None or day < self.closes_on)


def _build() -> Mapping[str, Sequence[_Dated]]:
    """Read the routing table, by the category that a rule names."""
    found: dict[str, list[_Dated]] = {}
    for row in RoutingRule.objects.select_related("dispute__case"):
        rule = Rule(
            code=row.code,
            lead=row.lead,
            support=tuple(row.support),
            reason=row.reason,
            reason_en=row.reason_en,
            category_code=row.category_code,
            area_code=row.area_code,
            level=row.level,
            weekdays=frozenset(row.weekdays),
            from_time=row.from_time,
            to_time=row.to_time,
            precedent=_precedent(row),
        )
        dated = _Dated(rule=rule, opens_on=row.opens_on, closes_on=row.closes_on)
        found.setdefault(row.category_code, []).append(dated)
    return found


def _precedent(row: RoutingRule) -> Precedent | None:
    if row.dispute is None or row.made_at is None:
        return None
    return Precedent(case_number=row.dispute.case.number, docket=row.dispute.number, made_at=row.made_at)


_snapshot = Snapshot(SNAPSHOT, _build)


def rules_for(code: str, *, on: date) -> Iterator[Rule]:
    """Yield the rules that hold on a day and name the category, one above it, or none."""
    parts, table = code.split("."), _snapshot.get()
    for length in range(len(parts) + 1):
        for dated in table.get(".".join(parts[:length]), ()):
            if dated.holds_on(on):
                yield dated.rule


def route(*, category: CategoryEntry, area_path: str, level: str, at: datetime) -> Route:
    """
    Return where a case of this category, at this place and moment, would go.

    The routing table decides; where no rule fits, the category's own lead for the level does.
    A grid team is passed over unless the category is admitted to grid workers that day.
    """
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    matter = Matter(category_code=category.code, area_path=area_path, level=level, local_time=local)
    fitting = ranked(rules_for(category.code, on=local.date()), matter)
    if (found := deciding(fitting, matter, category=category, on=local.date())) is None:
        return _by_category(category, area_path, level, on=local.date())
    rule, lead = found
    named = (_unit(name, _seen_from(area_path, level)) for name in rule.support)
    support = tuple(unit for unit in named if unit is not None and unit != lead)
    others = tuple(other for other in fitting if other is not rule)
    return Route(lead=lead, support=support, rule=rule, category=category, others=others)


def deciding(
    fitting: Sequence[Rule], matter: Matter, *, category: CategoryEntry, on: date
) -> tuple[Rule, UnitEntry] | None:
    """Return the first of some rules whose unit there is and may be given such a matter, with that unit."""
    seen_from = _seen_from(matter.area_path, matter.level)
    for rule in fitting:
        lead = _unit(rule.lead, seen_from)
        if lead and may_lead(lead, category=category, on=on):
            return rule, lead
    return None


def first_level(category: CategoryEntry | None) -> Level:
    """Return at which level a case of a category comes in."""
    return Level.DISTRICT if category and category.lowest_level == Level.DISTRICT else Level.TOWNSHIP


@dataclass(frozen=True, kw_only=True, slots=True)
class Simulation:
    """Where a case that nobody reported would lie, and where it would go."""

    location: Location
    route: Route


def simulate(
    *, category_code: str, place: tuple[float, float], system: CoordinateSystem, level: Level, by: User, at: datetime
) -> Simulation:
    """
    Return where a case of this category, at this place and moment, would go.

    :raises InvalidInputError: if there is no such category.
    :raises OutsideDistrictError: if the place is not in the district.
    :raises NotAllowedError: if `by` may not try the routing out there.
    """
    location = locate(*place, system)
    require(by, Permission.SIMULATE, area_path=location.grid.path)
    category = catalogue().by_code.get(category_code)
    if category is None:
        message = _("There is no such category.")
        raise InvalidInputError(message, fields={"category": message})
    path = location.district.path if level == Level.DISTRICT else location.grid.path
    return Simulation(location=location, route=route(category=category, area_path=path, level=level, at=at))


def may_lead(unit: UnitEntry, *, category: CategoryEntry, on: date) -> bool:
    """Tell whether a unit may be given such a case: a grid team only what was admitted (DESIGN §3.9)."""
    return unit.kind != UnitKind.GRID_TEAM or catalogue().admission(category.code, on=on) is not None


def why_not_lead(code: str, *, area_path: str, category: CategoryEntry, at: datetime) -> str:
    """Return why a case of a category, at a place, cannot be given to the unit with a code; nothing if it can."""
    unit, language = directory().by_code.get(code), get_language() or ""
    if reason := why_not_work(code, area_path=area_path):
        return reason
    day = at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    if unit and not may_lead(unit, category=category, on=day):
        message = _("“%(category)s” is not admitted to grid workers, so %(unit)s cannot be given it.")
        return message % {"category": category.named(language), "unit": unit.named(language)}
    return ""


def why_not_work(code: str, *, area_path: str) -> str:
    """Return why the unit with a code cannot act at a place; nothing if it can."""
    unit = directory().by_code.get(code)
    if unit is None or not unit.is_open:
        return _("There is no such unit.")
    if not f"{area_path}/".startswith(f"{unit.area_path}/"):
        return _("%(unit)s does not work there.") % {"unit": unit.named(get_language() or "")}
    return ""


def _seen_from(area_path: str, level: str) -> str:
    """Return from where the nearest unit is looked for: at district level not from the township below."""
    return area_path.split("/", maxsplit=1)[0] if level == Level.DISTRICT else area_path


def _by_category(category: CategoryEntry, area_path: str, level: str, *, on: date) -> Route:
    """Return the lead the catalogue names for the level, or for the next above that has one that may lead."""
    for higher in _LADDER[_LADDER.index(Level(level)) :]:
        function = category.lead.get(higher)
        lead = _unit(f"@{function}", _seen_from(area_path, higher)) if function else None
        if lead and may_lead(lead, category=category, on=on):
            return Route(lead=lead, support=(), rule=None, category=category)
    return Route(lead=None, support=(), rule=None, category=category)


def said_because(rule: Rule) -> str:
    """Return the reason of a rule in the reader's language."""
    return in_readers_language(rule.reason, rule.reason_en)


def _unit(name: str, area_path: str) -> UnitEntry | None:
    units = directory()
    if name.startswith("@"):
        return units.find(name[1:], area_path)
    return units.by_code.get(name)
