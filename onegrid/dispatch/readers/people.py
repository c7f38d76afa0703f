"""Who works in units, as those who tell them something need to know."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from onegrid.accounts.public import Duty, Role
from onegrid.cases.public import Stage
from onegrid.catalogue.public import TimeUnit, catalogue
from onegrid.dispatch.rules.escalation import OnDuty, Present, present_on_ladder, told_at
from onegrid.units.public import directory


@dataclass(frozen=True, kw_only=True)
class People:
    """The people of some units, and all leaders."""

    of_unit: Mapping[UUID | None, Sequence[OnDuty]]
    leaders: Sequence[OnDuty]
    names: Mapping[UUID, str]


def people_of(unit_ids: Collection[UUID]) -> People:
    """Return who is on duty in these units, and the leaders. One query."""
    wanted = Duty.objects.live().filter(Q(unit__in=unit_ids) | Q(role=Role.LEADER), user__is_active=True)
    columns = ("user_id", "user__display_name", "role", "unit_id", "area__path")
    of_unit, leaders, names = defaultdict[UUID | None, list[OnDuty]](list), [], {}
    for user_id, name, role, unit_id, path in wanted.order_by("user__username").values_list(*columns):
        each = OnDuty(user_id, name, Role(role), unit_id, path)
        of_unit[unit_id].append(each)
        names[user_id] = name
        if each.role == Role.LEADER:
            leaders.append(each)
    return People(of_unit=of_unit, leaders=leaders, names=names)


def people_above(held: Collection[tuple[UUID | None, str]]) -> People:
    """Return the people of units that hold cases at places, and of the centres above them. One query."""
    holders = {holder for holder, _path in held if holder}
    return people_of(holders | {unit for path in {path for _, path in held} for unit in _centres(path) if unit})


def ladder_of(
    people: People, *, holder_id: UUID | None, stage: Stage, assignee_id: UUID | None, area_path: str
) -> Present:
    """Return who stands on each rung for a case."""
    township, district = _centres(area_path)
    return present_on_ladder(
        holder=people.of_unit.get(holder_id, ()),
        township=people.of_unit.get(township, ()),
        district=people.of_unit.get(district, ()),
        leaders=people.leaders,
        stage=stage,
        assignee=assignee_id,
        area_path=area_path,
    )


def names_told(people: People, ladder: Present, share: int) -> list[str]:
    """Return the names of those whom a share reaches on a ladder, sorted."""
    return sorted(people.names[user_id] for user_id in told_at(share, ladder))


def everybody() -> People:
    """Return the people of all units. One query."""
    return people_of(list(directory().by_id))


def _centres(path: str) -> tuple[UUID | None, UUID | None]:
    """Return the centre that is responsible for a place, and that of the whole district."""
    units = directory()
    near, whole = units.centre(path), units.centre(path.split("/", maxsplit=1)[0])
    return near.id if near else None, whole.id if whole else None


def is_pressing(category_id: UUID | None, *, is_urgent: bool) -> bool:
    """Tell whether a case runs in urgent hours: what is told of it may leave at night."""
    category = catalogue().by_id.get(category_id) if category_id else None
    return is_urgent or (category is not None and category.time_unit == TimeUnit.URGENT)


def named(category_id: UUID | None) -> Mapping[str, str]:
    """Return the names of a category as a notice keeps them."""
    category = catalogue().by_id.get(category_id) if category_id else None
    return {"category": category.name, "category_en": category.name_en} if category else {}
