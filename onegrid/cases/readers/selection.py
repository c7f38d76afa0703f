"""Which cases somebody asks for: the one meaning of every filter, for the queue, the list, the map and exports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from onegrid.accounts.public import GRANTS, Role, User, live_duties
from onegrid.cases.models import Case, Channel, EntryKind, TimelineEntry
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.states import STAGE_OF, Stage, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.ids import first_id_at
from onegrid.geography.public import Area, Level
from onegrid.units.public import directory


class Scope(StrEnum):
    """Whose cases: what waits for me, what my units must do, what they lead, or everything I may see."""

    MINE = "mine"
    UNIT = "unit"
    LED = "led"
    ALL = "all"


NONE = "-"  # as a code: those that have no category yet, or no such unit

# Which permission acts on which cases: what waits for somebody follows from what they may do.
_ACTS: Mapping[str, frozenset[Status]] = {
    "cases.accept": frozenset({Status.REPORTED}),
    "cases.file": frozenset({Status.ACCEPTED}),
    "dispatch.dispatch": frozenset({Status.FILED}),
    "cases.answer_check": frozenset({Status.CHECKING}),
    "cases.handle": frozenset({Status.DISPATCHED, Status.IN_PROGRESS}),
    "cases.verify": frozenset({Status.HANDLED}),
    "cases.close": frozenset({Status.VERIFIED}),
}


class Due(StrEnum):
    """How the running stage stands with its limit."""

    LATE = "late"
    IN_TIME = "in_time"


@dataclass(frozen=True, kw_only=True)
class Selection:
    """
    A question for cases; what is left out is not asked.

    `area` is the code of an area of any level (`area_level`, where that is known), `category` a code that stands for
    everything below it, `unit` the code of the unit that leads or holds, `lead`
    and `holder` of the one that does just that. `is_missed` asks for cases that
    ended after their own due moment, `late_in` for those that left that stage late.
    `changed_since` counts when this installation wrote it down.
    """

    scope: Scope = Scope.ALL
    is_open: bool | None = None
    statuses: tuple[Status, ...] = ()
    stages: tuple[Stage, ...] = ()
    area: str = ""
    area_level: Level | None = None
    category: str = ""
    unit: str = ""
    lead: str = ""
    holder: str = ""
    due: Due | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None
    reported_from: datetime | None = None
    reported_before: datetime | None = None
    ended_from: datetime | None = None
    ended_before: datetime | None = None
    is_returned: bool = False
    is_missed: bool = False
    late_in: Stage | None = None
    channel: Channel | None = None
    is_simulated: bool | None = None
    is_urgent: bool | None = None
    text: str = ""
    changed_since: datetime | None = None


def selected(selection: Selection, *, by: User, at: datetime) -> CaseQuerySet:
    """Return the cases that somebody may see and asks for, in no particular order."""
    return selected_in([selection.scope], selection, by=by, at=at)[0]


def selected_in(scopes: Iterable[Scope], selection: Selection, *, by: User, at: datetime) -> list[CaseQuerySet]:
    """Return what a selection finds in each of some scopes; what they share is looked up once."""
    cases = Case.objects.visible_to(by).filter(_standing(selection) & _place_and_kind(selection))
    cases = cases.filter(_time(selection, at) & _trouble(selection))
    if selection.text:
        cases = cases.matching(selection.text)
    return [cases.filter(_scope(scope, by)) for scope in scopes]


def _scope(scope: Scope, by: User) -> Q:
    units: set[UUID] = {duty.unit_id for duty in live_duties(by)}
    if scope is Scope.MINE:
        return Q(assignee=by) | Q(assignee__isnull=True, holder_unit__in=units, status__in=_acted_on(by))
    if scope is Scope.UNIT:
        return Q(holder_unit__in=units)
    return Q(lead_unit__in=units) if scope is Scope.LED else Q()


def _acted_on(user: User) -> set[Status]:
    granted = {permission for duty in live_duties(user) for permission in GRANTS[Role(duty.role)]}
    return {status for permission in granted for status in _ACTS.get(permission, ())}


def _standing(selection: Selection) -> Q:
    asked = Q()
    if selection.is_open is not None:
        asked &= Q(ended_at__isnull=selection.is_open)
    statuses = set(selection.statuses)
    if selection.stages:
        of_stages = {status for status, stage in STAGE_OF.items() if stage in selection.stages}
        statuses = statuses & of_stages if statuses else of_stages
        asked &= Q(status__in=statuses)
    elif statuses:
        asked &= Q(status__in=statuses)
    exact = {"is_urgent": selection.is_urgent, "is_simulated": selection.is_simulated, "channel": selection.channel}
    return asked & Q(**{name: value for name, value in exact.items() if value is not None})


def _place_and_kind(selection: Selection) -> Q:
    asked = Q()
    if code := selection.area:
        asked &= _within(code, selection.area_level)
    if selection.category == NONE:
        asked &= Q(category__isnull=True)
    elif code := selection.category:
        below = [entry.id for entry in catalogue().by_id.values() if f"{entry.code}.".startswith(f"{code}.")]
        asked &= Q(category__in=below)
    if code := selection.unit:
        asked &= _of_unit(code, "lead_unit") | _of_unit(code, "holder_unit")
    if code := selection.lead:
        asked &= _of_unit(code, "lead_unit")
    if code := selection.holder:
        asked &= _of_unit(code, "holder_unit")
    return asked


def _of_unit(code: str, field: str) -> Q:
    if code == NONE:
        return Q(**{f"{field}__isnull": True})
    return Q(**{f"{field}__in": [unit.id for unit in directory().by_id.values() if unit.code == code]})


def _trouble(selection: Selection) -> Q:
    """What went wrong on the way: returned by a unit, over only after it was due, late in one stage."""
    asked = Q()
    if selection.is_returned:
        asked &= Q(return_count__gt=0)
    if selection.is_missed:
        asked &= Q(ended_at__gt=F("due_at"))
    if selection.late_in:
        left = TimelineEntry.objects.filter(
            kind=EntryKind.MOVE, data__stage=selection.late_in.value, data__late=True, case=OuterRef("pk")
        )
        asked &= Q(Exists(left))
    return asked


def _within(code: str, known: Level | None) -> Q:
    level = known or Area.objects.filter(code=code).order_by("-opens_on").values_list("level", flat=True).first()
    if level is None:
        return Q(pk__in=[])
    return Q() if level == Level.DISTRICT else Q(**{f"{level}_code": code})


def _time(selection: Selection, at: datetime) -> Q:
    asked = Q()
    if selection.due is Due.LATE:
        asked &= Q(stage_due_at__lt=at)
    elif selection.due is Due.IN_TIME:
        asked &= Q(stage_due_at__gte=at)
    bounds = {
        "stage_due_at__gte": selection.due_from,
        "stage_due_at__lt": selection.due_before,
        "reported_at__gte": selection.reported_from,
        "reported_at__lt": selection.reported_before,
        "ended_at__gte": selection.ended_from,
        "ended_at__lt": selection.ended_before,
    }
    asked &= Q(**{name: moment for name, moment in bounds.items() if moment})
    if selection.changed_since:
        # A timeline entry's id says when it was written, and its index is the primary key.
        written = TimelineEntry.objects.filter(pk__gte=first_id_at(selection.changed_since))
        asked &= Q(pk__in=written.values("case"))
    return asked
