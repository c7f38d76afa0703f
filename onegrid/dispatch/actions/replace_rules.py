"""Make the given routing rules the ones there are."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time

from django.db import transaction

from onegrid.core.snapshots import bump
from onegrid.dispatch.models import RoutingRule
from onegrid.dispatch.readers.routing import SNAPSHOT
from onegrid.oversight.public import Actor, record


@dataclass(frozen=True, kw_only=True)
class RulePlan:
    """A routing rule as it is to be; see `RoutingRule` for what each column means."""

    code: str
    category_code: str
    area_code: str
    level: str
    weekdays: Sequence[int]
    from_time: time | None
    to_time: time | None
    opens_on: date
    closes_on: date | None
    lead: str
    support: Sequence[str]
    reason: str
    reason_en: str


@transaction.atomic
def replace_rules(*, rules: Iterable[RulePlan], by: Actor, at: datetime) -> int:
    """
    Replace the routing table of the pack and return how many rows were written. Joins the caller's transaction.

    What people here made of decided disputes stays as it is.
    Cases keep the route they were given: the timeline holds the rule's words.
    """
    known = {
        rule.code: rule for rule in RoutingRule.objects.filter(dispute__isnull=True).select_for_update(of=("self",))
    }
    new, changed = [], []
    for plan in rules:
        wanted = asdict(plan) | {"weekdays": list(plan.weekdays), "support": list(plan.support)}
        rule = known.pop(plan.code, None)
        if rule is None:
            new.append(RoutingRule(**wanted))
        elif different := {key: value for key, value in wanted.items() if getattr(rule, key) != value}:
            rule.__dict__ |= different
            changed.append(rule)
    written = len(new) + len(changed) + len(known)
    if written:
        RoutingRule.objects.bulk_create(new)
        RoutingRule.objects.bulk_update(changed, [key for key in RulePlan.__dataclass_fields__ if key != "code"])
        RoutingRule.objects.filter(pk__in=[rule.pk for rule in known.values()]).delete()
        bump(SNAPSHOT)
        data = {"new": len(new), "changed": len(changed), "removed": len(known)}
        record("dispatch.rules-replaced", target="dispatch.RoutingRule", by=by, at=at, data=data)
    return written
