"""The routing table, what a decided docket may become in it, and the end of such a rule."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.dispatch.actions.make_rule import end_rule, make_rule
from onegrid.dispatch.api.docket_schemas import (
    EffectOut,
    RoutingRuleOut,
    RoutingRulesOut,
    RuleEndIn,
    RuleIn,
    ShiftOut,
)
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.readers.routing_rules import Proposal, preview_rule, routing_rules

router = Router(tags=["dispatch"])


@router.get("/routing/rules", response=RoutingRulesOut, operation_id="routing_rules")
@scoped(READ)
def rules(request: HttpRequest) -> RoutingRulesOut:
    """Show the routing table: what was made of dockets, the newest first, then what came with the pack."""
    return RoutingRulesOut(rules=[_rule(rule) for rule in routing_rules(by=acting(request))])


@router.post("/routing/rule-previews", response=EffectOut, operation_id="preview_rule")
@scoped(READ)
def previews(request: HttpRequest, payload: RuleIn) -> EffectOut:
    """Show how many cases of the last twelve months a rule made of a decided docket would have moved; none is made."""
    _proposed, effect = preview_rule(
        dispute_id=payload.dispute, proposal=_proposal(payload), by=acting(request), at=now()
    )
    return EffectOut(
        since=effect.since,
        until=effect.until,
        moved=effect.moved,
        shifts=[ShiftOut(unit=shift.unit.code, to=shift.to.code, cases=shift.count) for shift in effect.shifts],
        stay=effect.stay,
        elsewhere=effect.elsewhere,
    )


@router.post("/routing/rules", response={201: RoutingRuleOut}, operation_id="make_rule")
@scoped(WORK)
@idempotent
def made(request: HttpRequest, payload: RuleIn) -> HttpResponse:
    """Make a routing rule of a decided docket, which stays its precedent. Cases keep the unit they have."""
    rule = make_rule(dispute_id=payload.dispute, proposal=_proposal(payload), by=acting(request), at=now())
    return dumped(_rule(rule), status=201)


@router.post("/routing/rules/{slug:code}/ending", response=RoutingRuleOut, operation_id="end_rule")
@scoped(WORK)
@idempotent
def ending(request: HttpRequest, code: str, payload: RuleEndIn) -> HttpResponse:
    """Let a rule that was made of a docket hold no more from a day on."""
    rule = end_rule(code=code, closes_on=payload.closes_on, reason=payload.reason, by=acting(request), at=now())
    return dumped(_rule(rule))


def _proposal(payload: RuleIn) -> Proposal:
    return Proposal(
        category_code=payload.category,
        area_code=payload.area,
        lead=payload.lead,
        opens_on=payload.opens_on,
        reason=payload.reason,
    )


def _rule(rule: RoutingRule) -> RoutingRuleOut:
    dispute = rule.dispute
    return RoutingRuleOut(
        code=rule.code,
        category=rule.category_code,
        area=rule.area_code,
        lead=rule.lead,
        support=list(rule.support),
        reason=rule.reason,
        opens_on=rule.opens_on,
        closes_on=rule.closes_on,
        case=dispute.case.number if dispute else None,
        docket=dispute.number if dispute else None,
    )
