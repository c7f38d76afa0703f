"""Routing rules as people read them: the table, what a decided dispute may become, and what that would change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, duties_granting, require
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.dispatch.models import Dispute, RoutingRule
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.disputes import DisputeNotFoundError, district_of
from onegrid.dispatch.readers.routing import why_not_work
from onegrid.dispatch.readers.rule_effect import Effect, effect_of
from onegrid.dispatch.rules.routing import Precedent, Rule
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry, directory

LONGEST_REASON = 200
_LADDER = (Level.DISTRICT, Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """
    What a decision is to mean for others of its kind.

    `category_code` is that of the case or one above it; `area_code` one of the areas in which the case lies,
    empty for everywhere; `lead` the unit decided for, or `@` and its function: the nearest unit with it.
    """

    category_code: str
    area_code: str
    lead: str
    opens_on: date
    reason: str


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """A proposal that can be made a rule: the docket it comes from, the rule, and at which level its area lies."""

    dispute: Dispute
    rule: Rule
    level: Level | None
    opens_on: date


def routing_rules(*, by: User) -> list[RoutingRule]:
    """
    Return the whole routing table, the newest of those made here first, then the pack's by code. One statement.

    :raises NotAllowedError: if their duties include no routing.
    """
    seen_with = (Permission.SIMULATE, Permission.SETTLE, Permission.MAKE_RULE)
    if not any(duties_granting(by, permission) for permission in seen_with):
        raise NotAllowedError(_("Your duties do not include the routing rules."))
    rules = RoutingRule.objects.select_related("dispute__case")
    return sorted(rules, key=lambda rule: (-(rule.made_at.timestamp() if rule.made_at else 0.0), rule.code))


def preview_rule(*, dispute_id: UUID, proposal: Proposal, by: User, at: datetime) -> tuple[Proposed, Effect]:
    """
    Return what a proposal says and what it would have done in the last twelve months; nothing is written.

    :raises DisputeNotFoundError: if there is no such docket.
    :raises NotAllowedError: if `by` may make no rules for the district.
    :raises InvalidInputError: naming each part of the proposal that cannot be, or that nothing is decided yet.
    """
    proposed = propose(dispute_id=dispute_id, proposal=proposal, by=by, at=at)
    effect = effect_of(proposed.rule, level=proposed.level, on=proposed.opens_on, at=at)
    return proposed, effect


def propose(*, dispute_id: UUID, proposal: Proposal, by: User, at: datetime) -> Proposed:
    """
    Return a proposal as a rule, checked. One statement.

    :raises DisputeNotFoundError: if there is no such docket.
    :raises NotAllowedError: if `by` may make no rules for the district.
    :raises InvalidInputError: naming each part of the proposal that cannot be, or that nothing is decided yet.
    """
    dispute = Dispute.objects.select_related("case").filter(pk=dispute_id).first()
    if dispute is None:
        raise DisputeNotFoundError(_("There is no such docket, or it is not yours to see."))
    require(by, Permission.MAKE_RULE, area_path=district_of(dispute.case))
    if dispute.decided_unit_id is None:
        raise InvalidInputError(_("Only what has been decided can become a rule."))
    path = dispute.case.area_path.split("/")
    if faults := _faults(dispute, proposal, path, today=localtime(at).date()):
        raise InvalidInputError(_("This cannot be made a rule as it is."), fields=faults)
    precedent = Precedent(case_number=dispute.case.number, docket=dispute.number, made_at=at)
    is_everywhere = proposal.area_code in {"", path[0]}
    rule = Rule(
        code="", lead=proposal.lead, category_code=proposal.category_code, reason=proposal.reason.strip(),
        area_code="" if is_everywhere else proposal.area_code, precedent=precedent,
    )  # fmt: skip
    level = None if is_everywhere else _LADDER[path.index(proposal.area_code)]
    return Proposed(dispute=dispute, rule=rule, level=level, opens_on=proposal.opens_on)


def categories_of(dispute: Dispute) -> list[str]:
    """Return the codes that a rule of a docket may name: its category and those above it, the narrowest first."""
    parts = dispute.category_code.split(".")
    codes = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return [code for code in codes if code in catalogue().by_code]


def leads_of(unit: UnitEntry) -> Sequence[str]:
    """Return what a rule that gives cases to a unit may say: its code, or its function."""
    return (unit.code, f"@{unit.function}") if unit.function else (unit.code,)


def _faults(dispute: Dispute, proposal: Proposal, path: Sequence[str], *, today: date) -> dict[str, str]:
    assert dispute.decided_unit_id
    unit = directory().by_id[dispute.decided_unit_id]
    faults = {}
    if proposal.category_code not in categories_of(dispute):
        faults["category"] = _("Choose the category of the case, or one above it.")
    if proposal.area_code and proposal.area_code not in path:
        faults["area"] = _("Choose an area in which the case lies.")
    if proposal.lead not in leads_of(unit):
        faults["lead"] = _("Choose the unit that was decided for, or its function.")
    elif "area" not in faults and (why_not := _why_not_there(unit, proposal, path)):
        faults["area"] = why_not
    if proposal.opens_on < today:
        faults["opens_on"] = _("A rule holds from today or a later day.")
    if not proposal.reason.strip():
        faults["reason"] = _("Say in a sentence why such cases go there.")
    elif len(proposal.reason.strip()) > LONGEST_REASON:
        faults["reason"] = _("At most %(most)d characters.") % {"most": LONGEST_REASON}
    return faults


def _why_not_there(unit: UnitEntry, proposal: Proposal, path: Sequence[str]) -> str:
    """Return why a unit named by itself cannot lead everywhere in an area; a function finds the nearest."""
    if proposal.lead != unit.code:
        return ""
    depth = path.index(proposal.area_code) + 1 if proposal.area_code else 1
    where = "/".join(path[:depth])
    if why_not := why_not_work(unit.code, area_path=where):
        language = get_language() or ""
        if unit.is_open:
            return _("%(unit)s does not work everywhere there. Choose a smaller area, or its function.") % {
                "unit": unit.named(language)
            }
        return why_not
    return ""
