"""The life of a simulated case while it is told."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from onegrid.cases.public import Hand, Move, Step
from onegrid.demonstration.readers.drafts import Draft
from onegrid.demonstration.rules.pace import moment
from onegrid.dispatch.public import ToldDocket
from onegrid.geography.public import Level
from onegrid.units.public import UnitEntry


@dataclass(slots=True)
class Told:
    """
    A life being told: the steps so far, who leads and who handles, and at which level.

    `decider` decides on the request that waits, `docket` is what is disputed.
    """

    draft: Draft
    case_id: UUID
    level: str
    path: str
    steps: list[Step] = field(default_factory=list)
    lead: UnitEntry | None = None
    handler: Hand | None = None
    support: UnitEntry | None = None
    tasks: list[tuple[UUID, Hand]] = field(default_factory=list)
    decider: Hand | None = None
    docket: ToldDocket | None = None
    rounds: int = 0
    is_pictured: bool = False

    def lead_by(self, unit: UnitEntry, handler: Hand) -> None:
        """Let a unit lead, and somebody there handle; a grid team leads without pulling the case down to its level."""
        self.lead, self.handler = unit, handler
        if unit.level in {Level.TOWNSHIP, Level.DISTRICT}:
            self.level = unit.level

    def until(self) -> datetime | None:
        """Return when the suspension on its way is over."""
        return next((moment(stop.at) for stop in self.draft.stops if stop.move == Move.RESUME), None)
