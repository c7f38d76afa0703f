"""
Which rule of the routing table fits a case best, and why.

Every condition of a rule must hold; an empty one always does. Of the rules
that fit, the most specific wins: a deeper category beats a wider one, then a
smaller area, then a stated level, then stated hours or days. Of two equally
specific rules one made from a decided dispute wins, the newest first; then the
code decides, so that the answer never wavers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True, kw_only=True, slots=True)
class Precedent:
    """The decided docket that a rule was made from: of which case, which of its dockets, and when the rule was made."""

    case_number: str
    docket: int
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """
    One sentence of the routing table; `lead` and `support` are `@function` or a unit's code.

    `precedent` is there where it was made from a decided dispute, and not by a pack.
    """

    code: str
    lead: str
    support: tuple[str, ...] = ()
    reason: str = ""
    reason_en: str = ""
    category_code: str = ""
    area_code: str = ""
    level: str = ""
    weekdays: frozenset[int] = field(default_factory=frozenset)
    from_time: time | None = None
    to_time: time | None = None
    precedent: Precedent | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What routing looks at: the kind of matter, the place from the district down, the level, the local time."""

    category_code: str
    area_path: str
    level: str
    local_time: datetime


def is_in_hours(rule: Rule, moment: time) -> bool:
    """Tell whether a time of day lies in the rule's hours; hours that end before they start pass midnight."""
    if rule.from_time is None or rule.to_time is None:
        return True
    if rule.from_time <= rule.to_time:
        return rule.from_time <= moment < rule.to_time
    return moment >= rule.from_time or moment < rule.to_time


def fits(rule: Rule, matter: Matter) -> bool:
    """Tell whether every condition of a rule holds for a matter."""
    return (
        (not rule.category_code or f"{matter.category_code}.".startswith(f"{rule.category_code}."))
        and (not rule.area_code or rule.area_code in matter.area_path.split("/"))
        and (not rule.level or rule.level == matter.level)
        and (not rule.weekdays or matter.local_time.isoweekday() in rule.weekdays)
        and is_in_hours(rule, matter.local_time.time())
    )


def specificity(rule: Rule) -> tuple[int, int, int, int]:
    """Return how narrow a rule is: depth of category, smallness of area, level stated, hours and days stated."""
    return (
        len(rule.category_code.split(".")) if rule.category_code else 0,
        len(rule.area_code),
        1 if rule.level else 0,
        (1 if rule.from_time else 0) + (1 if rule.weekdays else 0),
    )


def ranked(rules: Iterable[Rule], matter: Matter) -> list[Rule]:
    """Return the rules that fit a matter, the one that decides first."""
    fitting = [rule for rule in rules if fits(rule, matter)]
    return sorted(fitting, key=order)


def order(rule: Rule) -> tuple[list[int], float, str]:
    """Return the place of a rule among those that fit a case, the one that decides first."""
    made_at = rule.precedent.made_at.timestamp() if rule.precedent else 0.0
    return [-part for part in specificity(rule)], -made_at, rule.code
