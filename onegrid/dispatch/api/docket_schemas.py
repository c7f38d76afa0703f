"""The shapes in which disputes, and rules made of them, are spoken of."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In
from onegrid.core.pagination import LONGEST_CURSOR
from onegrid.dispatch.api.schemas import Code, Version
from onegrid.dispatch.models import DisputeReason, PartyRole

Words = Annotated[str, Field(max_length=2000)]


class DisputeIn(In):
    """Why a case is not the unit's own, and whose it is if known; `version` was seen, unless If-Match says it."""

    version: Version | None = None
    reason: DisputeReason
    words: Words
    claimed: Code = ""


class ArgumentIn(In):
    """What a unit says; `unit` says which, where the caller acts for several, `evidence` is a file of the case."""

    text: Words
    unit: Code = ""
    evidence: UUID | None = None


class InvitationIn(In):
    unit: Code


class DecisionIn(In):
    """Whose the case is, and why; `version` is the one that was seen, unless If-Match says it."""

    version: Version | None = None
    lead: Code
    ruling: Words


class PartyOut(Schema):
    unit: str
    role: PartyRole


class ArgumentOut(Schema):
    """What was said for a unit, by whom and when."""

    id: UUID
    unit: str
    by: str
    text: str
    evidence: UUID | None
    at: datetime


class DisputeOut(Schema):
    """A docket: who says what about whose a case is, and what was decided."""

    id: UUID
    case: str
    number: int
    category: str
    reason: DisputeReason
    words: str
    unit: str | None
    claimed: str | None
    opened_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    decided_by: str | None
    decided_unit: str | None
    ruling: str


class DocketOut(DisputeOut):
    """A docket with its units and everything that was said in it."""

    version: int
    parties: list[PartyOut]
    arguments: list[ArgumentOut]


class DisputesOut(Schema):
    """A page of dockets; `next_after` is empty at the end."""

    disputes: list[DisputeOut]
    next_after: str


class DisputesIn(In):
    """Where a list of dockets goes on."""

    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""


class PrecedentsIn(DisputesIn):
    """Decisions about a category and all below it, page by page."""

    category: Code = ""


class RuleIn(In):
    """What a decided docket is to mean for others: matters, where, to whom, from when, and why."""

    dispute: UUID
    category: Code
    area: Code = ""
    lead: Code
    opens_on: date
    reason: Annotated[str, Field(max_length=200)]


class ShiftOut(Schema):
    """How many cases had gone to one unit and would go to another."""

    unit: str
    to: str
    cases: int


class EffectOut(Schema):
    """
    What the rule would have done to the cases of the last twelve months.

    `stay` had its unit already, `elsewhere` would go another way still, because a narrower rule decides.
    """

    since: datetime
    until: datetime
    moved: int
    shifts: list[ShiftOut]
    stay: int
    elsewhere: int


class RoutingRuleOut(Schema):
    """A rule of the routing table; `case` and `docket` name the precedent of one that was made of a dispute."""

    code: str
    category: str
    area: str
    lead: str
    support: list[str]
    reason: str
    opens_on: date
    closes_on: date | None
    case: str | None
    docket: int | None


class RoutingRulesOut(Schema):
    rules: list[RoutingRuleOut]


class RuleEndIn(In):
    """Why a rule is to hold no more, and from which day on; today if left out."""

    reason: Words
    closes_on: date | None = None
