"""Turn the decision of a dispute into a routing rule for all that come after it, and end such a rule."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.accounts.public import User, require
from onegrid.cases.public import actor
from onegrid.core.errors import DomainError, InvalidInputError, NotFoundError
from onegrid.core.snapshots import bump
from onegrid.dispatch.models import Dispute, RoutingRule
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.disputes import district_of
from onegrid.dispatch.readers.routing import SNAPSHOT
from onegrid.dispatch.readers.routing_rules import Proposal, propose
from onegrid.oversight.public import record


class RuleNotFoundError(NotFoundError):
    """There is no such rule, or it is one of the pack."""


class RuleHasEndedError(DomainError):
    """The rule has been ended before."""


@transaction.atomic(durable=True)
def make_rule(*, dispute_id: UUID, proposal: Proposal, by: User, at: datetime) -> RoutingRule:
    """
    Make a routing rule of a decided docket, which stays its precedent. Cases keep the unit they have.

    :raises DisputeNotFoundError: if there is no such docket.
    :raises NotAllowedError: if `by` may make no rules for the district.
    :raises InvalidInputError: naming each part of the proposal that cannot be, or that nothing is decided yet.
    """
    proposed = propose(dispute_id=dispute_id, proposal=proposal, by=by, at=at)
    dispute = Dispute.objects.select_for_update(of=("self",)).select_related("case").get(pk=dispute_id)
    rule = RoutingRule.objects.create(
        code=f"docket-{dispute.case.number.lower()}-{dispute.number}-{dispute.rules.count() + 1}",
        category_code=proposed.rule.category_code,
        area_code=proposed.rule.area_code,
        opens_on=proposed.opens_on,
        lead=proposed.rule.lead,
        reason=proposed.rule.reason,
        dispute=dispute,
        made_by=by,
        made_by_name=by.display_name,
        made_at=at,
    )
    bump(SNAPSHOT)
    data = {"rule": rule.code, "category": rule.category_code, "area": rule.area_code, "lead": rule.lead}
    target = f"dispatch.RoutingRule:{rule.pk}"
    record("dispatch.rule-made", target=target, by=actor(by), at=at, data={**data, "dispute": str(dispute.pk)})
    return rule


@transaction.atomic(durable=True)
def end_rule(*, code: str, closes_on: date | None = None, reason: str, by: User, at: datetime) -> RoutingRule:
    """
    Let a rule that was made of a dispute hold no more from a day on, today unless another is said. It stays readable.

    :raises RuleNotFoundError: if there is none of this code that people made.
    :raises NotAllowedError: if `by` may make no rules for the district.
    :raises RuleHasEndedError: if it was ended before.
    :raises InvalidInputError: if no reason is given, or the day is past.
    """
    rules = RoutingRule.objects.select_for_update(of=("self",)).select_related("dispute__case")
    rule = rules.filter(code=code, dispute__isnull=False).first()
    if rule is None or rule.dispute is None:
        raise RuleNotFoundError(_("There is no such rule that was made of a dispute."))
    require(by, Permission.MAKE_RULE, area_path=district_of(rule.dispute.case))
    if rule.closes_on is not None:
        raise RuleHasEndedError(_("This rule has been ended before."))
    today = localtime(at).date()
    faults = {} if reason.strip() else {"reason": _("Say why it is to hold no more.")}
    if closes_on is not None and closes_on < today:
        faults["closes_on"] = _("It can end today or on a later day.")
    if faults:
        raise InvalidInputError(_("The rule cannot be ended like this."), fields=faults)
    rule.closes_on = max(closes_on or today, rule.opens_on)
    rule.save(update_fields=["closes_on"])
    bump(SNAPSHOT)
    data = {"rule": rule.code, "closes_on": rule.closes_on.isoformat(), "reason": reason.strip()}
    record("dispatch.rule-ended", target=f"dispatch.RoutingRule:{rule.pk}", by=actor(by), at=at, data=data)
    return rule
