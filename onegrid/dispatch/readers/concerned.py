"""Whom what is written into a timeline concerns, and whether it still does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from onegrid.accounts.public import GRANTS, Role
from onegrid.cases.public import (
    STAGE_OF,
    AppealState,
    Case,
    LatenessAppeal,
    Status,
    SupervisionOrder,
    SupportTask,
    TimelineEntry,
    TimeRequest,
    TimeState,
)
from onegrid.dispatch.models import Party
from onegrid.dispatch.permissions import Permission
from onegrid.dispatch.readers.people import ladder_of, people_above, people_of
from onegrid.dispatch.rules.escalation import DECIDES_AT, DO_TASK, NEXT, OnDuty, in_role, responsible
from onegrid.dispatch.rules.telling import LASTING, What
from onegrid.units.public import UnitEntry, directory


def concerned(case: Case, entry: TimelineEntry, what: What) -> Iterable[UUID]:
    """Return the users whom something concerns that an entry of a case says, its author among them."""
    return _WHOM.get(what, _at_work)(case, entry)


def unit_meant(case: Case, entry: TimelineEntry, what: What) -> UnitEntry | None:
    """Return the unit that the notice of something names."""
    units, data = directory(), entry.data
    if what in _OF_TASKS:
        return units.by_name.get(data.get("unit", ""))
    if what == What.DECIDED:
        return units.by_code.get(data.get("lead", ""))
    if what in _OF_ORDERS:
        return units.by_id.get(SupervisionOrder.objects.values_list("unit_id", flat=True).get(pk=data["order"]))
    return units.by_id.get(case.holder_unit_id) if case.holder_unit_id else None


def due_of(case: Case, entry: TimelineEntry, what: What) -> str:
    """Return until when something is to be done, in ISO format; empty where nothing is, or somebody else says so."""
    if what == What.ORDERED:
        return str(entry.data["due_at"])
    if what == What.TASK_LONGER:
        return str(entry.data["to"])
    if what in LASTING | {What.TASK, What.TASK_OFF, What.ORDER_WITHDRAWN} or case.stage_due_at is None:
        return ""
    return case.stage_due_at.isoformat()


def is_overtaken(case: Case, entry: TimelineEntry, what: What) -> bool:
    """Tell whether it has gone on since, so that whom it concerned has no more to do with it."""
    if what in _WAITS:
        return not _WAITS[what](entry)
    if what in LASTING:
        return False
    if case.ended_at is not None:
        return True
    return bool(entry.move) and entry.data.get("to") != case.status


def late_orders(*, since: datetime, at: datetime) -> list[SupervisionOrder]:
    """Return the orders that became late in a time and that nobody has answered, the first due first. One statement."""
    late = SupervisionOrder.objects.open().filter(due_at__gt=since, due_at__lte=at)
    return list(late.select_related("case").order_by("due_at", "id"))


def answering(case: Case, own: Sequence[OnDuty]) -> frozenset[UUID]:
    """Return who of a unit's people answers for a case: its head, and those who work on it."""
    hands = responsible(own, permission="cases.handle", area_path=case.area_path, assignee=case.assignee_id)
    return in_role(own, Role.UNIT_HEAD) | hands


def _at_work(case: Case, _entry: TimelineEntry) -> frozenset[UUID]:
    permission, own = NEXT[STAGE_OF[Status(case.status)]], _people(case.holder_unit_id)
    return responsible(own, permission=permission, area_path=case.area_path, assignee=case.assignee_id)


def _people(unit_id: UUID | None) -> Sequence[OnDuty]:
    return people_of({unit_id}).of_unit.get(unit_id, ()) if unit_id else ()


def _given(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    assignee = case.assignee
    return {assignee.pk} if assignee and assignee.display_name == entry.data["assignee"] else ()


def _rework(case: Case, _entry: TimelineEntry) -> frozenset[UUID]:
    """Rework is for whoever said that it was done, as long as they work there; the head hears of it."""
    own = _people(case.holder_unit_id)
    hands = responsible(own, permission="cases.handle", area_path=case.area_path, assignee=case.handled_by_id)
    return hands | in_role(own, Role.UNIT_HEAD)


def _deciding_on_time(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    people = people_above([(case.holder_unit_id, case.area_path)])
    stage = STAGE_OF[Status(case.status)]
    ladder = ladder_of(people, holder_id=case.holder_unit_id, stage=stage, assignee_id=None, area_path=case.area_path)
    return ladder[DECIDES_AT[entry.data["level"]]]


def _asked_for_time(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    asked_by = TimeRequest.objects.filter(pk=entry.data.get("request")).values_list("asked_by_id", flat=True)
    return _at_work(case, entry) | set(asked_by)


def _of_task(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    unit = directory().by_name.get(entry.data.get("unit", ""))
    own = _people(unit.id if unit else None)
    return responsible(own, permission=DO_TASK, area_path=case.area_path)


def _gave_task(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    """Those who work for the unit that leads, which waits for it, and who gave it."""
    own = _people(case.lead_unit_id)
    hands = responsible(own, permission="cases.handle", area_path=case.area_path, assignee=case.assignee_id)
    given = SupportTask.objects.filter(pk=entry.data.get("task"), given_by__isnull=False)
    return hands | set(given.values_list("given_by_id", flat=True))


def _of_ordered(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    return answering(case, _people(SupervisionOrder.objects.get(pk=entry.data["order"]).unit_id))


def _orders(_case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    return SupervisionOrder.objects.filter(pk=entry.data["order"]).values_list("ordered_by_id", flat=True)


def _parties(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    """Those who may argue for the units that a docket names, or for the one that has just been invited."""
    docket = {"dispute__case": case, "dispute__number": entry.data["docket"]}
    named = Party.objects.filter(**docket, named_at__lte=entry.happened_at)  # who is invited later hears of that
    if invited := directory().by_name.get(entry.data.get("invited", "")):
        named = named.filter(unit=invited.id)
    units = people_of(set(named.values_list("unit_id", flat=True))).of_unit
    return {each.user_id for own in units.values() for each in own if Permission.DISPUTE in GRANTS[each.role]}


def _first_reviewers(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    """The shift leads of the centre of the place; where it is the centre that appeals, those of the district's."""
    appeal, people = _appeal(entry), people_above([(None, case.area_path)])
    leads = [each for unit in people.of_unit.values() for each in unit if each.role == Role.SHIFT_LEAD]
    able = [each for each in leads if each.is_in_charge_of(case.area_path) and each.unit_id != appeal.unit_id]
    nearest = max((len(each.area_path) for each in able), default=0)
    return {each.user_id for each in able if len(each.area_path) == nearest}


def _second_reviewers(case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    appeal, district = _appeal(entry), case.area_path.split("/", maxsplit=1)[0]
    leaders = people_of(()).leaders
    return {each.user_id for each in leaders if each.area_path == district and each.unit_id != appeal.unit_id}


def _appealed(_case: Case, entry: TimelineEntry) -> Iterable[UUID]:
    appeal = _appeal(entry)
    return in_role(_people(appeal.unit_id), Role.UNIT_HEAD) | {appeal.asked_by_id}


def _appeal(entry: TimelineEntry) -> LatenessAppeal:
    return LatenessAppeal.objects.get(pk=entry.data["appeal"])


_OF_TASKS = frozenset({What.TASK, What.TASK_DONE, What.TASK_OFF, What.TASK_LONGER})
_OF_ORDERS = frozenset({What.ORDERED, What.ANSWERED, What.ORDER_WITHDRAWN})
_WHOM: Mapping[What, Callable[[Case, TimelineEntry], Iterable[UUID]]] = MappingProxyType({
    What.GIVEN: _given,
    What.REWORK: _rework,
    What.TIME_ASKED: _deciding_on_time,
    What.TIME_GRANTED: _asked_for_time,
    What.TIME_REFUSED: _asked_for_time,
    What.TASK: _of_task,
    What.TASK_OFF: _of_task,
    What.TASK_LONGER: _of_task,
    What.TASK_DONE: _gave_task,
    What.ORDERED: _of_ordered,
    What.ORDER_WITHDRAWN: _of_ordered,
    What.ANSWERED: _orders,
    What.HEARD: _parties,
    What.DECIDED: _parties,
    What.APPEAL_FIRST: _first_reviewers,
    What.APPEAL_SECOND: _second_reviewers,
    What.APPEAL_GRANTED: _appealed,
    What.APPEAL_REFUSED: _appealed,
})  # fmt: skip
# What asks for something that may have been done since: whether it still waits.
_WAITS: Mapping[What, Callable[[TimelineEntry], bool]] = MappingProxyType({
    What.TIME_ASKED: lambda entry: (
        TimeRequest.objects.filter(pk=entry.data["request"], state=TimeState.PENDING).exists()
    ),
    What.ORDERED: lambda entry: SupervisionOrder.objects.open().filter(pk=entry.data["order"]).exists(),
    What.APPEAL_FIRST: lambda entry: _appeal(entry).state == AppealState.ASKED,
    What.APPEAL_SECOND: lambda entry: _appeal(entry).state == AppealState.FIRST_YES,
})  # fmt: skip
