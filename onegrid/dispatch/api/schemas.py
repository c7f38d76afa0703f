"""The shapes in which dispatch speaks."""

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In, Moment, Number, Whole, YesOrNo
from onegrid.geography.public import CoordinateSystem, Level
from onegrid.units.public import LONGEST_REASON

Code = Annotated[str, Field(max_length=120)]
Version = Annotated[Whole, Field(ge=1, le=2**31 - 1)]


class SupportIn(In):
    """What one supporting unit is asked to do."""

    unit: Code
    what: Annotated[str, Field(max_length=200)] = ""


class AssignmentIn(In):
    """Who leads and who supports; `version` is the one that was seen, unless If-Match says it."""

    version: Version | None = None
    lead: Code
    support: Annotated[list[SupportIn], Field(max_length=20, default_factory=list)]
    note: Annotated[str, Field(max_length=2000)] = ""


class RecallIn(In):
    version: Version | None = None
    reason: Annotated[str, Field(max_length=2000)]


class SpanIn(In):
    """Working time within a day on the clock there, such as 08:30 to 12:00; the end of a day is 24:00."""

    start: Annotated[str, Field(max_length=5)]
    end: Annotated[str, Field(max_length=5)]


class DayIn(In):
    """What a day is to be, and why; no spans on a working day mean the usual ones."""

    is_working: YesOrNo
    spans: Annotated[list[SpanIn], Field(max_length=24, default_factory=list)]
    reason: Annotated[str, Field(max_length=LONGEST_REASON)]


class AssignmentOut(Schema):
    """The case after it was given to a unit, or taken back."""

    number: str
    version: int
    status: str
    lead_unit: str | None
    stage_due_at: datetime | None


class SimulationIn(In):
    """A case that nobody reported: what kind, where, and when."""

    category: Code
    x: Number
    y: Number
    system: CoordinateSystem = CoordinateSystem.WGS84
    level: Level = Level.TOWNSHIP
    at: Moment | None = None


class RoutedUnitOut(Schema):
    code: str
    name: str


class RuleOut(Schema):
    """A rule that fits, in plain words."""

    code: str
    reason: str


class SimulationOut(Schema):
    """Where the case would go, and why; `others` would have fitted too, less closely."""

    grid_code: str
    lead: RoutedUnitOut | None
    support: list[RoutedUnitOut]
    rule: str | None
    reason: str
    others: list[RuleOut]
