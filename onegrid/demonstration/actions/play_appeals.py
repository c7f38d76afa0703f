"""Let some units appeal against lateness in the last days, through the same actions that people use."""

import random
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from onegrid.accounts.public import Role
from onegrid.cases.public import (
    Case,
    LatenessAppeal,
    Move,
    Stage,
    Status,
    TimelineEntry,
    appeal_lateness,
    late_facts,
    review_appeal,
)
from onegrid.demonstration.actions.cast import Cast
from onegrid.demonstration.rules import assumptions, words
from onegrid.units.public import directory

_CLOSED_SINCE, _CLOSED_BEFORE = timedelta(days=8), timedelta(days=1)


def play_appeals(*, at: datetime, seed: int) -> int:
    """
    Let the heads of some units appeal shortly before a moment; some reviews are made. Return how many appealed.

    Two wait at most in one unit.
    """
    cast, draw, played = Cast.assemble(), random.Random(seed), 0  # noqa: S311 — a simulation, not a secret
    asked: dict[str, int] = {}
    for case in _late(at):
        if played == assumptions.APPEALS:
            break
        head, proof = cast.of_unit(Role.UNIT_HEAD, case.lead_unit_id), case.evidence.first()
        unit = str(case.lead_unit_id)
        if head is None or proof is None or asked.get(unit, 0) == assumptions.APPEALS_OF_A_UNIT:
            continue
        if all(late.stage != Stage.HANDLE for late in late_facts(case)):
            continue
        asked_at = at - timedelta(hours=draw.uniform(3, 20))
        appeal_lateness(
            case_id=case.pk, version=case.version, stage=Stage.HANDLE, reason=draw.choice(words.APPEALED),
            proof=[proof.pk], by=head, at=asked_at,
        )  # fmt: skip
        asked[unit], played = asked.get(unit, 0) + 1, played + 1
        _review(case, cast, draw, at=asked_at + (at - asked_at) * draw.random(), until=at)
    return played


def _late(at: datetime) -> QuerySet[Case]:
    """Return what was closed in the last days, reported done too late and never appealed about, the last first."""
    closed = Case.objects.filter(is_simulated=True, status=Status.CLOSED)
    recent = closed.filter(ended_at__gte=at - _CLOSED_SINCE, ended_at__lte=at - _CLOSED_BEFORE)
    late = TimelineEntry.objects.filter(case=OuterRef("pk"), move=Move.REPORT_BACK, data__late=True)
    asked = LatenessAppeal.objects.filter(case=OuterRef("pk"))  # another simulation may have played before
    return recent.filter(Exists(late), ~Exists(asked)).order_by("-ended_at", "pk")


def _review(case: Case, cast: Cast, draw: random.Random, *, at: datetime, until: datetime) -> None:
    """Let the centre of the place make the first review of some, and a leader the second of some of these."""
    centre = directory().centre(case.area_path)
    by = cast.of_unit(Role.SHIFT_LEAD, centre.id) if centre and centre.id != case.lead_unit_id else None
    if by is None or draw.random() >= assumptions.APPEALS_REVIEWED:
        return
    is_yes = draw.random() < assumptions.APPEALS_GRANTED
    note = draw.choice(words.APPEAL_REVIEWED[is_yes])
    case = review_appeal(case_id=case.pk, version=case.version + 1, is_yes=is_yes, note=note, by=by, at=at)
    district = directory().centre(case.area_path.split("/", maxsplit=1)[0])
    leader = cast.of_unit(Role.LEADER, district.id) if district and district.id != case.lead_unit_id else None
    if is_yes and leader and draw.random() < assumptions.APPEALS_SETTLED:
        note, at = draw.choice(words.APPEAL_REVIEWED[True]), at + (until - at) * draw.random()
        review_appeal(case_id=case.pk, version=case.version, is_yes=True, note=note, by=leader, at=at)
