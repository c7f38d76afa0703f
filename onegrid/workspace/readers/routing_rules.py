"""Routing rules as people read them: the table, and what a decided docket may become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import Order, Scope
from onegrid.catalogue.public import catalogue
from onegrid.core.names import in_language
from onegrid.dispatch.public import Docket, Effect, RoutingRule, categories_of, leads_of, routing_rules
from onegrid.geography.public import area_names
from onegrid.units.public import directory
from onegrid.workspace.readers.dockets import holds, unit_named
from onegrid.workspace.rules.filters import Filters

EVERYWHERE = ""


@dataclass(frozen=True, kw_only=True)
class RuleRow:
    """One rule of the table in words; `docket_url` leads to its precedent where it was made of one."""

    code: str
    kind: str
    area: str
    lead: str
    reason: str
    holds: str
    docket_url: str
    docket_name: str
    made_by: str
    is_over: bool
    may_end: bool


@dataclass(frozen=True, kw_only=True)
class ShiftRow:
    """How many cases would go from one unit to another; `url` opens them where a list can show just those."""

    unit: str
    to: str
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class EffectView:
    """What a rule would have done in the last twelve months."""

    shifts: Sequence[ShiftRow]
    moved: int
    stay: int
    elsewhere: int


Pairs = list[tuple[str, str]]


def rule_rows(*, by: User, may_end: bool, at: datetime) -> tuple[list[RuleRow], list[RuleRow]]:
    """Return the rules made here, the newest first, and those of the pack. Two statements."""
    rules = routing_rules(by=by)
    names, today = area_names({rule.area_code for rule in rules if rule.area_code}), localtime(at).date()
    rows = [
        (rule.dispute_id, _row(rule, names, may_end=may_end, is_over=bool(rule.closes_on and rule.closes_on <= today)))
        for rule in rules
    ]
    return [row for made, row in rows if made], [row for made, row in rows if not made]


def _row(rule: RoutingRule, names: Mapping[str, str], *, may_end: bool, is_over: bool) -> RuleRow:
    language, dispute = get_language() or "", rule.dispute
    kind = catalogue().by_code.get(rule.category_code)
    case = dispute.case if dispute else None
    return RuleRow(
        code=rule.code,
        kind=kind.trailed(language) if kind else rule.category_code or _("all categories"),
        area=names.get(rule.area_code, "") or _("everywhere"),
        lead=lead_named(rule.lead),
        reason=in_language(language, rule.reason, rule.reason_en),
        holds=holds(rule.opens_on, rule.closes_on),
        docket_url=reverse("workspace:docket", args=[case.number, dispute.number]) if case and dispute else "",
        docket_name=f"{case.number} / {dispute.number}" if case and dispute else "",
        made_by=rule.made_by_name,
        is_over=is_over,
        may_end=may_end and dispute is not None and rule.closes_on is None,
    )


def lead_named(lead: str) -> str:
    """Return whom a rule gives cases to, in words: a unit, or the nearest one of a kind, named by its head."""
    language = get_language() or ""
    if not lead.startswith("@"):
        unit = directory().by_code.get(lead)
        return unit.named(language) if unit else lead
    kind = directory().by_function.items()
    head = next((unit for (function, path), unit in kind if function == lead[1:] and "/" not in path), None)
    if head:
        return _("%(unit)s or its nearest station") % {"unit": head.named(language)}
    return _("the nearest unit for “%(function)s”") % {"function": lead[1:]}


def proposal_choices(docket: Docket) -> tuple[Pairs, Pairs, Pairs]:
    """Return the categories, areas and leads that a rule of a decided docket may name; from memory."""
    language, kinds, case = get_language() or "", catalogue().by_code, docket.case
    path = case.area_path.split("/")
    names = [_("everywhere in the district"), case.township_name, case.community_name, case.grid_name]
    unit_id = docket.dispute.decided_unit_id
    unit = directory().by_id.get(unit_id) if unit_id else None
    return (
        [(code, kinds[code].trailed(language)) for code in categories_of(docket.dispute)],
        [(EVERYWHERE if place == 0 else code, names[place]) for place, code in enumerate(path)],
        [(lead, lead_named(lead)) for lead in (leads_of(unit) if unit else ())],
    )


def area_at_first(docket: Docket) -> str:
    """Return the area chosen at first: that of the unit decided for, where the case lies in it."""
    unit_id = docket.dispute.decided_unit_id
    _district, *below = directory().by_id[unit_id].area_path.split("/") if unit_id else [""]
    return below[-1] if below and below[-1] in docket.case.area_path.split("/") else EVERYWHERE


def effect_view(effect: Effect, *, category: str, area: str) -> EffectView:
    """Return the effect of a rule with links to the cases where a list can show just those."""
    return EffectView(
        shifts=[
            ShiftRow(
                unit=unit_named(shift.unit.id),
                to=unit_named(shift.to.id),
                count=shift.count,
                url=_cases_of(shift.unit.code, effect, category=category, area=area) if shift.is_whole else "",
            )
            for shift in effect.shifts
        ],
        moved=effect.moved,
        stay=effect.stay,
        elsewhere=effect.elsewhere,
    )


def _cases_of(lead: str, effect: Effect, *, category: str, area: str) -> str:
    filters = Filters(
        scope=Scope.ALL,
        category=category,
        area=area,
        lead=lead,
        came_from=localtime(effect.since).date(),
        came_to=localtime(effect.until).date(),
        ended=True,
        sort=Order.NEWEST,
    )
    return f"{reverse('workspace:queue')}{filters.query()}"
