"""
Whether what is reported done is looked at by somebody else: by category, by risk, else by a draw anybody can repeat.

A draw is a number from 0 to below 100, made from a secret of the month, the case and the
round of its handling. The secret is kept until its month is over, so that nobody who
handles a case can know beforehand; its hash is published when the month begins, so that
nobody can change it afterwards. `docs/explanation/verification.md` says how an outsider
checks it.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from onegrid.catalogue.public import Procedure

ALWAYS = "always"  # as the catalogue says it of a category whose every result is verified
MANY_REPORTS = 3  # reports of one matter from which on its result is looked at
_SCALE = 10_000  # numbers are drawn to this part of a percent
SECRET_BYTES = 32


class Ground(StrEnum):
    """Why a case is verified, or that chance decides."""

    CATEGORY = "category"
    URGENT = "urgent"
    SENSITIVE = "sensitive"
    NOT_SOLVED = "not_solved"
    REOPENED = "reopened"
    REWORKED = "reworked"
    LATE = "late"
    MANY_REPORTS = "many_reports"
    CHANCE = "chance"


GROUND_WORDS: Mapping[Ground, Promise] = {
    Ground.CATEGORY: _("everything of this category is verified"),
    Ground.URGENT: _("it is urgent"),
    Ground.SENSITIVE: _("the matter is sensitive"),
    Ground.NOT_SOLVED: _("a reporter said that it was not solved"),
    Ground.REOPENED: _("it was opened again before"),
    Ground.REWORKED: _("it was sent back as not done before"),
    Ground.LATE: _("it was reported done after its time"),
    Ground.MANY_REPORTS: _("several people reported it"),
    Ground.CHANCE: _("it was drawn by chance"),
}


@dataclass(frozen=True, slots=True)
class Seed:
    """The secret from which the draws of a month (such as 2026-11) are made."""

    month: str
    secret: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What decides about a case that is reported done; `round` grows with every rework and reopening."""

    case_id: UUID
    round: int
    is_on_the_spot: bool
    is_urgent: bool
    is_sensitive: bool
    was_not_solved: bool
    reopened: int
    reworked: int
    is_late: bool
    reports: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Draw:
    """What was decided, with all that is needed to decide it again; `percent` of such cases are drawn by chance."""

    ground: Ground
    percent: float
    number: Decimal
    month: str
    round: int

    @property
    def is_drawn(self) -> bool:
        """Tell whether somebody looks."""
        return is_drawn(self.ground, number=self.number, percent=self.percent)

    def as_data(self) -> dict[str, object]:
        """Return it as the timeline and the audit trail keep it."""
        return {
            "ground": self.ground.value,
            "percent": self.percent,
            "number": str(self.number),
            "month": self.month,
            "round": self.round,
            "drawn": self.is_drawn,
        }


def draw(facts: Facts, *, procedure: Procedure, seed: Seed) -> Draw:
    """Decide whether a case that is reported done is verified."""
    by_category = procedure.verification == ALWAYS and not facts.is_on_the_spot
    percent = procedure.on_the_spot_percent if facts.is_on_the_spot else procedure.sampled_percent
    return Draw(
        ground=Ground.CATEGORY if by_category else _risk(facts) or Ground.CHANCE,
        percent=100.0 if by_category else percent,
        number=number_of(facts.case_id, facts.round, secret=seed.secret),
        month=seed.month,
        round=facts.round,
    )


def _risk(facts: Facts) -> Ground | None:
    """Return the first reason, the gravest first, for which a case is looked at whatever chance says."""
    holds = {
        Ground.URGENT: facts.is_urgent,
        Ground.SENSITIVE: facts.is_sensitive,
        Ground.NOT_SOLVED: facts.was_not_solved,
        Ground.REOPENED: facts.reopened > 0,
        Ground.REWORKED: facts.reworked > 0,
        Ground.LATE: facts.is_late,
        Ground.MANY_REPORTS: facts.reports >= MANY_REPORTS,
    }
    return next((ground for ground, is_so in holds.items() if is_so), None)


def is_drawn(ground: Ground, *, number: Decimal, percent: float) -> bool:
    """Tell whether a case is verified: for every reason but chance, and by chance below the percentage."""
    return ground != Ground.CHANCE or number < Decimal(str(percent))


def number_of(case_id: UUID, round_: int, *, secret: bytes) -> Decimal:
    """Return the number, from 0 to below 100 with four decimals, that a month's secret gives a round of a case."""
    digest = hmac.digest(secret, f"{case_id}:{round_}".encode(), "sha256")
    return Decimal(int.from_bytes(digest[:8], "big") * 100 * _SCALE >> 64).scaleb(-4)


def commitment_to(secret: bytes) -> str:
    """Return the hash by which a secret is published before anything is drawn from it."""
    return hashlib.sha256(secret).hexdigest()


def month_of(moment: datetime) -> str:
    """Return the month of a local moment, such as 2026-11."""
    return f"{moment:%Y-%m}"


def month_after(month: str) -> str:
    """Return the month after one."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12}-{number % 12 + 1:02d}"
