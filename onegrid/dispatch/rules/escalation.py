"""
Whom a share of a limit reaches: those who work on the case, the head of their unit, the township, the district.

Each share reaches all whom the shares before it reach, and more. So whoever was to be told of
several that passed while nobody was told (after a day of downtime) is told of the last alone,
and nobody is left out.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from onegrid.accounts.public import GRANTS, Role
from onegrid.cases.public import Stage


class Rung(StrEnum):
    """Who stands on the ladder, from the case upwards."""

    RESPONSIBLE = "responsible"  # the assignee, else those of the unit who may make the next move
    HEAD = "head"  # who heads the unit
    TOWNSHIP = "township"  # who leads the shift in the centre of the place
    DISTRICT = "district"  # who leads the shift in the district's centre, and who answers for the area


REACHED_FROM: Mapping[Rung, int] = MappingProxyType({
    Rung.RESPONSIBLE: 50,
    Rung.HEAD: 80,
    Rung.TOWNSHIP: 100,
    Rung.DISTRICT: 150,
})  # fmt: skip

NEXT: Mapping[Stage, str] = MappingProxyType({
    Stage.ACCEPT: "cases.accept",
    Stage.CHECK: "cases.answer_check",
    Stage.FILE: "cases.file",
    Stage.DISPATCH: "dispatch.dispatch",
    Stage.DISPUTE: "dispatch.settle",
    Stage.HANDLE: "cases.handle",
    Stage.VERIFY: "cases.verify",
    Stage.CLOSE: "cases.close",
})  # fmt: skip
DECIDES_AT: Mapping[str, Rung] = MappingProxyType({
    "unit": Rung.HEAD,
    "township": Rung.TOWNSHIP,
    "district": Rung.DISTRICT,
})  # fmt: skip
DO_TASK = "cases.do_task"


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody in a role, for a unit, in an area with all inside it."""

    user_id: UUID
    name: str
    role: Role
    unit_id: UUID
    area_path: str

    def is_in_charge_of(self, path: str) -> bool:
        """Test if a place lies in their area."""
        return f"{path}/".startswith(f"{self.area_path}/")


Present = Mapping[Rung, frozenset[UUID]]


def told_at(share: int, present: Present) -> frozenset[UUID]:
    """
    Return whom a share reaches of those who are there.

    Where nobody stands on the rungs that it reaches, it climbs to the next on which somebody does.
    """
    reached = frozenset[UUID]().union(*(present.get(rung, ()) for rung in Rung if REACHED_FROM[rung] <= share))
    return reached or next((present[rung] for rung in Rung if present.get(rung)), frozenset())


def responsible(
    people: Iterable[OnDuty], *, permission: str, area_path: str, assignee: UUID | None = None
) -> frozenset[UUID]:
    """
    Return who of a unit's people must act: the assignee, as long as they work there, else all who may make the move.

    Of those, the ones in whose area the case lies, where there are such (a grid worker for their grid); the
    head only hears where there is nobody else.
    """
    own = list(people)
    if assignee in {each.user_id for each in own}:
        return frozenset({assignee} - {None})
    able = [each for each in own if permission in GRANTS[each.role]]
    hands = [each for each in able if each.role != Role.UNIT_HEAD] or able
    near = [each for each in hands if each.is_in_charge_of(area_path)] or hands
    return frozenset(each.user_id for each in near)


def present_on_ladder(
    *,
    holder: Collection[OnDuty],
    township: Collection[OnDuty],
    district: Collection[OnDuty],
    leaders: Iterable[OnDuty],
    stage: Stage,
    assignee: UUID | None,
    area_path: str,
) -> Present:
    """Return who stands on each rung for a case, from the people of its holder, of both centres, and the leaders."""
    answering = [each for each in leaders if each.is_in_charge_of(area_path)]
    return {
        Rung.RESPONSIBLE: responsible(holder, permission=NEXT[stage], area_path=area_path, assignee=assignee),
        Rung.HEAD: in_role(holder, Role.UNIT_HEAD),
        Rung.TOWNSHIP: in_role(township, Role.SHIFT_LEAD),
        Rung.DISTRICT: in_role(district, Role.SHIFT_LEAD) | in_role(answering, Role.LEADER),
    }


def in_role(people: Iterable[OnDuty], role: Role) -> frozenset[UUID]:
    """Return who of some people is on duty in a role."""
    return frozenset(each.user_id for each in people if each.role == role)
