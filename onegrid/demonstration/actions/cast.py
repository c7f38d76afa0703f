"""Who plays the stories, and one case on its way: since when, and how fast it goes."""

import random
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from onegrid.accounts.public import Duty, Role, User
from onegrid.cases.public import Channel, Stage, Status
from onegrid.demonstration.readers.paces import pace_for, usual_lead
from onegrid.demonstration.rules.journeys import DAY
from onegrid.demonstration.rules.pace import Pace, moment
from onegrid.demonstration.rules.stories import Story
from onegrid.geography.public import Area, locate
from onegrid.units.public import directory

# The stages that lie behind a case, by where it stands.
_PATH = (Stage.ACCEPT, Stage.FILE, Stage.DISPATCH, Stage.HANDLE, Stage.VERIFY, Stage.CLOSE)
_BEHIND: Mapping[Status, int] = {
    Status.REPORTED: 0, Status.CHECKING: 1, Status.ACCEPTED: 1, Status.FILED: 2, Status.DISPATCHED: 3,
    Status.IN_PROGRESS: 3, Status.SUSPENDED: 3,
    Status.DISPUTED: 3, Status.HANDLED: 4, Status.VERIFIED: 5, Status.CLOSED: 6, Status.REFUSED: 1, Status.MERGED: 1,
}  # fmt: skip
# Where a case stands while a stage runs.
_AT: Mapping[Stage, Status] = {
    Stage.ACCEPT: Status.REPORTED, Stage.CHECK: Status.CHECKING, Stage.FILE: Status.ACCEPTED,
    Stage.DISPATCH: Status.FILED, Stage.HANDLE: Status.IN_PROGRESS, Stage.DISPUTE: Status.DISPUTED,
    Stage.VERIFY: Status.HANDLED, Stage.CLOSE: Status.VERIFIED,
}  # fmt: skip
_DAYS_SINCE = 9  # at most since a case was over
_IN_A_STAGE: Mapping[Status, Stage] = {Status.CHECKING: Stage.CHECK, Status.DISPUTED: Stage.DISPUTE}


@dataclass(frozen=True)
class Cast:
    """Who plays: the demonstration accounts, by role and unit, and the grid workers by grid."""

    by_unit: Mapping[tuple[str, UUID], list[User]]
    by_grid: Mapping[str, list[User]]

    @classmethod
    def assemble(cls) -> "Cast":
        """Call together everybody who holds a duty."""
        by_unit: dict[tuple[str, UUID], list[User]] = defaultdict(list)
        by_grid: dict[str, list[User]] = defaultdict(list)
        for duty in (
            Duty.objects.live().select_related("user", "area").defer("area__outline").order_by("user__username")
        ):
            by_unit[duty.role, duty.unit_id].append(duty.user)
            if duty.role == Role.GRID_WORKER:
                by_grid[duty.area.code].append(duty.user)
        return cls(by_unit, by_grid)

    def of_unit(self, role: Role, unit_id: UUID | None) -> User | None:
        """Return the first who holds a role in a unit."""
        return next(iter(self.by_unit.get((role.value, unit_id), [])), None) if unit_id else None


@dataclass
class Play:
    """One case on its way; `clock` is the moment the next thing happens, `since` when its stage began."""

    story: Story
    case_id: UUID
    grid: Area
    cast: Cast
    clock: datetime
    draw: random.Random
    pace: Pace
    since: datetime = field(init=False)
    secret: str = ""
    version: int = 1
    lead_id: UUID | None = None
    handler: User | None = None

    def __post_init__(self) -> None:
        """Let the first stage begin with the report."""
        self.since = self.clock

    def centre(self, role: Role) -> User:
        """
        Return who holds a role in the centre of the place, else in the district's.

        :raises LookupError: if nobody does.
        """
        path = self.grid.path
        while unit := directory().centre(path):
            if (user := self.cast.of_unit(role, unit.id)) is not None:
                return user
            path = unit.area_path.rpartition("/")[0]
        message = f"No {role} for {self.grid.code}: load the pack with its demonstration accounts."
        raise LookupError(message)

    def district(self, role: Role) -> User:
        """
        Return who holds a role in the centre of the district.

        :raises LookupError: if nobody does.
        """
        unit = directory().centre(self.grid.path.split("/", maxsplit=1)[0])
        if unit is None or (user := self.cast.of_unit(role, unit.id)) is None:
            message = f"No {role} of the district: load the pack with its demonstration accounts."
            raise LookupError(message)
        return user

    def lead_handler(self) -> User:
        """
        Return who handles for the lead unit.

        :raises LookupError: if the case was given to nobody.
        """
        if self.handler is None:
            message = f"Nobody handles {self.case_id}."
            raise LookupError(message)
        return self.handler

    def spend(self, stage: Stage, share: float) -> None:
        """Let the time go by until a share of the running stage's limit is used."""
        reached = moment(self.pace.desks[_AT[stage]].reached(self.since.timestamp(), share, self.draw))
        self.clock = max(self.clock, reached)

    def pass_stage(self, stage: Stage) -> None:
        """Let the time go by that the stage took; the next begins."""
        self.spend(stage, self.story.shares[stage])
        self.since = self.clock

    def stamp(self) -> "Stamp":
        """Return which case, as it was last seen, and when; the version is counted on."""
        version, self.version = self.version, self.version + 1
        return Stamp(case_id=self.case_id, version=version, at=self.clock)


class Stamp(TypedDict):
    """What every move is told."""

    case_id: UUID
    version: int
    at: datetime


def begin(story: Story, *, case_id: UUID, grid: Area, cast: Cast, now: datetime) -> Play:
    """Return a play that begins so long ago that its story stands where it should at a moment, in counted time."""
    draw = random.Random(story.number)  # noqa: S311 — a story, not a secret
    kind, place = story.category, locate(*grid.label_at)
    has_kind = story.channel != Channel.PORTAL or kind.public_may_report
    pace = pace_for(kind, has_kind=has_kind, path=grid.path, lead=usual_lead(kind, place))
    start, running = now.timestamp(), _running(story)
    if running is None:
        start -= DAY * _DAYS_SINCE * story.waited
    else:
        start = pace.desks[_AT[running]].begun(start, story.waited)
    for stage in reversed(_PATH[: _BEHIND[story.target]]):
        start = pace.desks[_AT[stage]].begun(start, story.shares[stage])
    return Play(story, case_id, grid, cast, moment(start), draw, pace)


def _running(story: Story) -> Stage | None:
    if story.target in {Status.CLOSED, Status.REFUSED, Status.MERGED}:
        return None
    return _IN_A_STAGE.get(story.target, _PATH[_BEHIND[story.target]])
