"""Lateness appeals: what was late, what was said against it, and what waits for whose review."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from onegrid.accounts.public import Duty, Role, User, duties_granting, live_duties
from onegrid.cases.models import KEEPS_LATE, AppealState, Case, LatenessAppeal, TimelineEntry
from onegrid.cases.models.appeal import WAITING
from onegrid.cases.readers.clocks import marks_of
from onegrid.cases.rules.appeals import Late, own
from onegrid.cases.states import Move, Stage, Status
from onegrid.geography.public import Level

REVIEW = "cases.review_appeal"
SHOWN = 200
_EXEMPT = Q(state=AppealState.SECOND_YES)


def late_facts(case: Case) -> list[Late]:
    """Return what its lead unit may appeal against on a closed case: the whole, then its stages. One statement."""
    return late_among(case, case.timeline.filter(Q(kind__in=KEEPS_LATE, data__late=True) | Q(data__whole_late=True)))


def late_among(case: Case, timeline: Iterable[TimelineEntry]) -> list[Late]:
    """Return the same from a timeline that was read before; asks nothing."""
    if case.status != Status.CLOSED or case.lead_unit_id is None or case.ended_at is None:
        return []
    told = sorted(timeline, key=lambda entry: (entry.received_at, entry.pk))
    left = [
        Late(stage=Stage(data["stage"]), due_at=datetime.fromisoformat(data["due_at"]), done_at=entry.happened_at)
        for entry in told
        if entry.kind in KEEPS_LATE and (data := entry.data).get("late") and data.get("stage") and "due_at" in data
    ]
    return [*_late_whole(case, told), *own(left, marks_of(case), unit_id=case.lead_unit_id)]


def _late_whole(case: Case, told: Iterable[TimelineEntry]) -> list[Late]:
    """Return the whole as it was late last: at its end, or when its limit was moved."""
    assert case.ended_at
    if case.due_at and case.ended_at > case.due_at:
        return [Late(stage=None, due_at=case.due_at, done_at=case.ended_at)]
    if case.passed_due_at is None:
        return []
    moved = [entry for entry in told if entry.data.get("whole_late") and entry.move != Move.REOPEN]
    done_at = moved[-1].happened_at if moved else case.ended_at
    return [Late(stage=None, due_at=case.passed_due_at, done_at=done_at)]


def appeals_of(case: Case) -> Sequence[LatenessAppeal]:
    """Return what was said against lateness on a case, oldest first; one statement, none where it never was closed."""
    if case.status != Status.CLOSED and not case.reopen_count:
        return ()
    return list(case.appeals.select_related("asked_by", "first_by", "second_by"))


def waiting_of(appeals: Collection[LatenessAppeal]) -> LatenessAppeal | None:
    """Return the appeal that waits for a review, the oldest first."""
    return next((appeal for appeal in appeals if appeal.state in WAITING), None)


def reviewing_duty(user: User, appeal: LatenessAppeal, *, area_path: str) -> Duty | None:
    """
    Return the duty with which somebody's post makes the next review of an appeal.

    The first is for a shift lead whose area the case lies in, the second for a leader of the district.
    """
    duties = _second(user) if appeal.state == AppealState.FIRST_YES else _first(user)
    return next((duty for duty in duties if f"{area_path}/".startswith(f"{duty.area.path}/")), None)


def why_not_review(user: User, appeal: LatenessAppeal) -> str:
    """Return why somebody must not review an appeal, whatever their post."""
    if appeal.asked_by_id == user.pk:
        return _("You made this appeal yourself, so others must decide.")
    if appeal.unit_id in {duty.unit_id for duty in live_duties(user)}:
        return _("You belong to the unit that appeals, so others must decide.")
    if appeal.first_by_id == user.pk:
        return _("You made the first review, so somebody else must make the second.")
    return ""


def appeals_waiting_on(user: User) -> QuerySet[LatenessAppeal]:
    """Return the appeals that wait for somebody's review, in no order; none that they must not review."""
    mine = Q(pk__isnull=True)
    for state, duties in ((AppealState.ASKED, _first(user)), (AppealState.FIRST_YES, _second(user))):
        for duty in duties:
            inside = Q() if "/" not in duty.area.path else _inside(duty.area.path)
            mine |= Q(state=state) & inside
    units = {duty.unit_id for duty in live_duties(user)}
    found = LatenessAppeal.objects.filter(mine, state__in=WAITING).exclude(asked_by=user).exclude(unit__in=units)
    return found.exclude(first_by=user)


def appeals_for(user: User) -> list[LatenessAppeal]:
    """Return the appeals that wait for somebody's review with their cases, oldest first. One statement."""
    found = appeals_waiting_on(user).select_related("case", "asked_by", "first_by")
    return list(found.order_by("asked_at", "id")[:SHOWN])


def whole_is_exempt() -> Combinable:
    """Return what tells of cases whether statistics leave out that they ended late, as they stand now."""
    return Exists(LatenessAppeal.objects.filter(_EXEMPT, case=OuterRef("pk"), stage="", round=OuterRef("reopen_count")))


def stage_is_exempt(stage: Stage) -> Q:
    """Return the cases that left a stage late and of which statistics leave that out; late again after it counts."""
    appeals = LatenessAppeal.objects.filter(_EXEMPT, case=OuterRef("pk"), covers__contains=[stage.value])
    left = TimelineEntry.objects.filter(kind__in=KEEPS_LATE, data__stage=stage.value, data__late=True)
    counted = left.filter(case=OuterRef("pk"))
    earlier = LatenessAppeal.objects.filter(
        _EXEMPT, case=OuterRef("case"), covers__contains=[stage.value], asked_at__gte=OuterRef("received_at")
    )
    return Q(Exists(appeals)) & Q(Exists(counted)) & ~Q(Exists(counted.exclude(Exists(earlier))))


def _first(user: User) -> list[Duty]:
    return [duty for duty in duties_granting(user, REVIEW) if duty.role == Role.SHIFT_LEAD]


def _second(user: User) -> list[Duty]:
    duties = duties_granting(user, REVIEW)
    return [duty for duty in duties if duty.role == Role.LEADER and duty.area.level == Level.DISTRICT]


def _inside(path: str) -> Q:
    return Q(case__area_path=path) | Q(case__area_path__startswith=f"{path}/")
