"""The shapes in which units leave through the API."""

from typing import Annotated

from ninja import Schema
from pydantic import Field

from onegrid.core.api.interface import In
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.units.models import UnitKind


class UnitsIn(In):
    """Which units: of a kind, of a field of work, in an area; page by page."""

    kind: UnitKind | None = None
    function: Annotated[str, Field(max_length=40)] = ""
    area: Annotated[str, Field(max_length=20)] = ""
    after: Annotated[str, Field(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, Field(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class UnitOut(Schema):
    """A unit that stands now; `area` is the code of where it works."""

    code: str
    name: str
    name_en: str
    kind: UnitKind
    function: str
    level: str
    area: str


class UnitsOut(Schema):
    """A page of units; `next_after` is empty at the end."""

    units: list[UnitOut]
    next_after: str
