"""Which cases somebody asks for: the one meaning of every filter, for the queue, the list, the map and exports."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from onegrid.accounts.public import GRANTS, Role, User, live_duties
from onegrid.cases.models import ENDED_LATE, KEEPS_LATE, Case, Channel, TimelineEntry
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.models.seen import Known
from onegrid.cases.readers.appeals import stage_is_exempt, whole_is_exempt
from onegrid.cases.readers.lateness import NONE, Handled, handling, of_handling
from onegrid.cases.states import ENDED, STAGE_OF, Stage, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.ids import first_id_at
from onegrid.core.queries import OneOf, keys
from onegrid.core.search import query
from onegrid.geography.public import Area, Level
from onegrid.units.public import directory


class Scope(StrEnum):
    """Whose cases: what waits for me, what my units must do, what they lead, or everything I may see."""

    MINE = "mine"
    UNIT = "unit"
    LED = "led"
    ALL = "all"


# Which permission acts on which cases: what waits for somebody follows from what they may do.
_ACTS: Mapping[str, frozenset[Status]] = {
    "cases.accept": frozenset({Status.REPORTED}),
    "cases.file": frozenset({Status.ACCEPTED}),
    "dispatch.dispatch": frozenset({Status.FILED}),
    "dispatch.settle": frozenset({Status.DISPUTED}),
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
    ended after their own due moment, `late_in` for those that left that stage late, `is_exempt`
    for those of them that are not counted after an appeal: in that stage, or the whole without one. `handled`
    asks for cases whose handling the unit `handled_by`, or any, left in a period, as the timeline has it.
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
    is_exempt: bool = False
    handled: Handled | None = None
    handled_by: str = ""
    handled_from: datetime | None = None
    handled_before: datetime | None = None
    channel: Channel | None = None
    is_simulated: bool | None = None
    is_urgent: bool | None = None
    text: str = ""
    changed_since: datetime | None = None


_NOTHING = Q(grid_code="")  # what no case has: unlike an empty list, Django writes it as SQL that can be put together


def selected(selection: Selection, *, by: User, at: datetime, walks: bool = False) -> CaseQuerySet:
    """
    Return the cases that somebody may see and asks for, in no particular order.

    `walks` is for those who read only the beginning of it: then words are looked for case by case.
    """
    return selected_in([selection.scope], selection, by=by, at=at, walks=walks)[0]


def selected_in(
    scopes: Iterable[Scope], selection: Selection, *, by: User, at: datetime, walks: bool = False
) -> list[CaseQuerySet]:
    """Return what a selection finds in each of some scopes; what they share is looked up once."""
    asked = located(selection)
    cases = Case.objects.visible_to(by, level=asked.area_level, code=asked.area)
    cases = _narrowed(cases, asked, at=at, walks=walks)
    return [cases.filter(_scope(scope, by)) for scope in scopes]


class Piece(NamedTuple):
    """Some of the cases that a selection finds: read along an index in the order of a list, or gathered and sorted."""

    cases: CaseQuerySet
    gathers: bool


def selected_in_pieces(
    selection: Selection, *, by: User, at: datetime, walks: bool = False, order: Known = Known.EVERY
) -> list[Piece]:
    """
    Return what a selection finds in pieces that have nothing in common, for who reads only the beginning of each.

    See `visible_in_parts`. Where no index has the `order` that is wanted, or only few hold the words, these are
    gathered by the index of words, which is told where they lie, who leads them and of which category they are. Where
    there are only few cases, words are looked for in each. The level of a selection's area is known (`located`), as it
    is asked for several times.
    """
    seeks, level, code = asks_for_words(selection), selection.area_level, selection.area
    found = []
    for scope, held_by in _scope_in_parts(selection.scope, by):
        for seen in Case.objects.visible_in_parts(by, level=level, code=code, held_by=held_by, by_words=seeks):
            gathers = seen.known is Known.NONE or (seeks and not (walks and seen.known >= order))
            looks = seen.are_few or not (seeks and gathers)
            by_keys = not looks and not selection.is_open
            cases = seen.by_keys() if by_keys else seen.cases()
            for named in _keys(selection) if by_keys else ():
                cases = cases.filed_under(named)
            found.append(Piece(_narrowed(cases.filter(scope), selection, at=at, walks=looks, stands="stands"), gathers))
    return found


def _keys(selection: Selection) -> Iterator[tuple[str, ...]]:
    """Return the keys that the index of words has of the category and the unit that a selection names."""
    if selection.category not in {"", NONE}:
        yield tuple(map(str, versions_below(selection.category)))
    if selection.lead not in {"", NONE}:
        yield tuple(map(str, units_of(selection.lead)))


def _narrowed(
    cases: CaseQuerySet, asked: Selection, *, at: datetime, walks: bool = False, stands: str = "status"
) -> CaseQuerySet:
    """Keep what a selection asks for besides its scope; where its area lies is known by now."""
    cases = cases.filter(standing(asked, stands) & _kind(asked) & _time(asked, at) & _implied(asked) & _trouble(asked))
    if asked.area and not asked.area_level:
        cases = cases.filter(_NOTHING)
    if asked.text:
        gathered = cases.open_matching if asked.is_open else cases.matching
        cases = cases.walked_for(asked.text) if walks else gathered(asked.text)
    return cases


def asked_of(selection: Selection) -> CaseQuerySet:
    """Return the cases of a kind and standing that somebody asks for, wherever they lie and whoever sees them."""
    return Case.objects.filter(standing(selection), _kind(selection))


def opened(selection: Selection) -> Selection:
    """Return what a selection asks for of open cases, and says that they are, which has indexes of its own."""
    return replace(selection, is_open=True) if selection.is_open is None else selection


def located(selection: Selection) -> Selection:
    """Return a selection with the level of its area, in one statement where that is not known yet; else in none."""
    if not selection.area or selection.area_level:
        return selection
    return replace(selection, area_level=level_of(selection.area))


def asks_for_words(selection: Selection) -> bool:
    """Tell whether words are searched: a text of signs alone finds everything."""
    return bool(query(selection.text))


def _scope(scope: Scope, by: User) -> Q:
    parts = [
        asked if held_by is None else asked & Q(holder_unit__in=held_by)
        for asked, held_by in _scope_in_parts(scope, by)
    ]
    return reduce(or_, parts)


def _scope_in_parts(scope: Scope, by: User) -> list[tuple[Q, Collection[UUID] | None]]:
    """Return what a scope asks, in parts that have nothing in common, and of which units' cases."""
    units = {duty.unit_id for duty in live_duties(by)}
    if scope is Scope.MINE:
        return [(Q(assignee=by), None), (Q(assignee__isnull=True, status__in=_acted_on(by)), units)]
    if scope is Scope.UNIT:
        return [(Q(), units)]
    return [(Q(lead_unit__in=units) if scope is Scope.LED else Q(), None)]


def stood_in(selection: Selection, before: Mapping[str, str | None], *, by: User) -> bool:
    """
    Test if a case that they could see stood in a list, by what it was before a change.

    The reverse of `_scope` and `_standing`, for what moves change; what is filed
    anew under another place or category is taken to have stood where it stands.
    """
    status = Status(str(before["status"]))
    if selection.is_open is not None and (status not in ENDED) != selection.is_open:
        return False
    if selection.statuses and status not in selection.statuses:
        return False
    if selection.stages and STAGE_OF.get(status) not in selection.stages:
        return False
    return _stood_in_scope(selection.scope, before, by=by)


def _stood_in_scope(scope: Scope, before: Mapping[str, str | None], *, by: User) -> bool:
    units = {str(duty.unit_id) for duty in live_duties(by)}
    if scope is Scope.MINE:
        waited = before["holder"] in units and Status(str(before["status"])) in _acted_on(by)
        return before["assignee"] == str(by.pk) or (before["assignee"] is None and waited)
    if scope is Scope.UNIT:
        return before["holder"] in units
    return before["lead"] in units if scope is Scope.LED else True


def _acted_on(user: User) -> set[Status]:
    granted = {permission for duty in live_duties(user) for permission in GRANTS[Role(duty.role)]}
    return {status for permission in granted for status in _ACTS.get(permission, ())}


def standing(selection: Selection, status: str = "status") -> Q:
    """Return what a selection asks about where a case stands, by this name, and through which door it came."""
    asked = Q()
    if selection.is_open is not None:
        asked &= Q(ended_at__isnull=selection.is_open)
    statuses = set(selection.statuses)
    if selection.stages:
        of_stages = {status for status, stage in STAGE_OF.items() if stage in selection.stages}
        statuses = statuses & of_stages if statuses else of_stages
        asked &= Q(**{f"{status}__in": statuses})
    elif statuses:
        asked &= Q(**{f"{status}__in": statuses})
    exact = {"is_urgent": selection.is_urgent, "is_simulated": selection.is_simulated, "channel": selection.channel}
    return asked & Q(**{name: value for name, value in exact.items() if value is not None})


def _implied(selection: Selection) -> Q:
    """Return what the statuses say about the ending, which lets the indexes of open cases answer."""
    ended = {status in ENDED for status in selection.statuses}
    return Q(ended_at__isnull=not ended.pop()) if len(ended) == 1 else Q()


def _kind(selection: Selection) -> Q:
    asked = Q()
    if selection.category == NONE:
        asked &= Q(category__isnull=True)
    elif code := selection.category:
        below = versions_below(code)
        asked &= Q(OneOf(F("category"), keys(below))) if below else _NOTHING
    if code := selection.unit:
        asked &= _of_unit(code, "lead_unit") | _of_unit(code, "holder_unit")
    if code := selection.lead:
        asked &= _of_unit(code, "lead_unit")
    if code := selection.holder:
        asked &= _of_unit(code, "holder_unit")
    return asked


def versions_below(code: str) -> list[UUID]:
    """Return every version, former ones too, of the category of a code and of those below it; from memory."""
    return [entry.id for entry in catalogue().by_id.values() if f"{entry.code}.".startswith(f"{code}.")]


def _of_unit(code: str, field: str) -> Q:
    if code == NONE:
        return Q(**{f"{field}__isnull": True})
    units = units_of(code)
    return Q(**{f"{field}__in": units}) if units else _NOTHING


def units_of(code: str) -> list[UUID]:
    """Return the units of a code, closed ones too; from memory."""
    return [unit.id for unit in directory().by_id.values() if unit.code == code]


def _trouble(selection: Selection) -> Q:
    """What went wrong on the way: returned by a unit, over only after it was due, late in one stage."""
    asked = Q()
    if selection.is_returned:
        asked &= Q(return_count__gt=0)
    if selection.is_missed:
        asked &= ENDED_LATE
    if selection.late_in:
        left = TimelineEntry.objects.filter(
            kind__in=KEEPS_LATE, data__stage=selection.late_in.value, data__late=True, case=OuterRef("pk")
        )
        asked &= Q(Exists(left))
    if selection.is_exempt:
        asked &= stage_is_exempt(selection.late_in) if selection.late_in else Q(whole_is_exempt())
    if selection.handled:
        asked &= of_handling(selection.handled, handling_in(selection))
    return asked


def handling_in(selection: Selection) -> QuerySet[TimelineEntry, Any]:
    """Return the entries by which units left the handling as a selection asks, of whatever cases."""
    return handling(unit=selection.handled_by, begins=selection.handled_from, before=selection.handled_before)


def level_of(code: str) -> Level | None:
    """Return the level of the area of a code, in one statement; in none without a code."""
    if not code:
        return None
    found = Area.objects.filter(code=code).order_by("-opens_on").values_list("level", flat=True).first()
    return Level(found) if found else None


def within(level: Level | None, code: str) -> Q:
    """Return what lies in the area of a code; nothing does in one that never was."""
    if level is None:
        return _NOTHING
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
