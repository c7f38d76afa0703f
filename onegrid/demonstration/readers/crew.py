"""Who acts in a simulation: everybody who holds a duty, by role and unit, and the grid workers by grid."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from onegrid.accounts.public import Duty, Role
from onegrid.cases.public import Hand, ladder_from
from onegrid.units.public import UnitEntry, directory

_HANDLERS = (Role.HANDLER, Role.UNIT_HEAD, Role.GRID_WORKER)


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Hands by what they are there for."""

    by_unit: Mapping[tuple[str, UUID], Sequence[Hand]]
    by_grid: Mapping[str, Sequence[Hand]]

    def at_centre(self, role: Role, path: str, draw: random.Random) -> Hand | None:
        """Return somebody of a role in the centre of a place, else in the district's."""
        while path and (unit := directory().centre(path)):
            if hands := self.by_unit.get((role.value, unit.id)):
                return draw.choice(hands)
            path = unit.area_path.rpartition("/")[0]
        return None

    def decider(
        self, level: str, *, lead: UnitEntry, path: str, asked_by: Hand, draw: random.Random
    ) -> tuple[str, Hand] | None:
        """Return who decides on what a unit asks, and at which level: the one that is named, or the next above."""
        for rung in ladder_from(level):
            place = path.split("/", maxsplit=1)[0] if rung == "district" else path
            unit = lead if rung == "unit" else directory().centre(place)
            if unit is None or (unit.id == lead.id) != (rung == "unit"):
                continue
            role = Role.UNIT_HEAD if rung == "unit" else Role.SHIFT_LEAD
            if others := [hand for hand in self.by_unit.get((role.value, unit.id), ()) if hand.id != asked_by.id]:
                return rung, draw.choice(others)
        return None

    def handler(self, unit: UnitEntry, grid_code: str, draw: random.Random) -> Hand | None:
        """Return who handles for a unit; of a grid team the worker of the grid, if there is one."""
        if own := [hand for hand in self.by_grid.get(grid_code, ()) if hand.unit_name == unit.name]:
            return own[0]
        for role in _HANDLERS:
            if hands := self.by_unit.get((role.value, unit.id)):
                return draw.choice(hands)
        return None

    def grid_worker(self, grid_code: str, draw: random.Random) -> Hand | None:
        """Return somebody who looks after a grid, if anybody does."""
        hands = self.by_grid.get(grid_code)
        return draw.choice(hands) if hands else None


def crew() -> Crew:
    """Call together everybody who holds a duty. One query."""
    by_unit: dict[tuple[str, UUID], list[Hand]] = defaultdict(list)
    by_grid: dict[str, list[Hand]] = defaultdict(list)
    duties = Duty.objects.live().select_related("user", "area", "unit").defer("area__outline")
    for duty in duties.order_by("user__username", "pk"):
        hand = Hand(id=duty.user_id, name=duty.user.display_name, unit_name=duty.unit.name)
        by_unit[duty.role, duty.unit_id].append(hand)
        if duty.role == Role.GRID_WORKER:
            by_grid[duty.area.code].append(hand)
    return Crew(by_unit=by_unit, by_grid=by_grid)
