"""Cases in a list: page by page, by the running limit or by when they were reported."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from onegrid.accounts.public import User
from onegrid.cases.readers.compiled import compiled
from onegrid.cases.readers.parts import Order, Part, parts, place_in, place_of
from onegrid.cases.readers.selection import Selection, located
from onegrid.cases.readers.spread import spread_of
from onegrid.core.fields import Coordinate
from onegrid.core.pagination import PAGE_SIZE, Slice
from onegrid.core.queries import sql_of
from onegrid.core.statements import Statement, Written


class Listed(NamedTuple):
    """One case as a program reads it in a list."""

    id: UUID
    number: str
    version: int
    title: str
    status: str
    outcome: str
    category_id: UUID | None
    lon: float
    lat: float
    address: str
    grid_code: str
    township_name: str
    community_name: str
    lead_unit_id: UUID | None
    holder_unit_id: UUID | None
    assignee__display_name: str | None
    is_urgent: bool
    reported_at: datetime
    stage_started_at: datetime
    stage_yellow_at: datetime | None
    stage_due_at: datetime | None
    suspended_until: datetime | None
    due_at: datetime | None
    ended_at: datetime | None


_PLACE = {"lon": Coordinate("place", axis=0), "lat": Coordinate("place", axis=1)}
_COLUMNS = tuple(_PLACE.get(name, name) for name in Listed._fields)


def listing(
    selection: Selection, *, order: Order, by: User, at: datetime, after: str = "", limit: int = PAGE_SIZE
) -> Slice[Listed]:
    """
    Return one page of the cases asked for, in at most two statements; three where words are searched.

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    asked, spread, last = located(selection), spread_of(selection, by=by), place_in(after, order)

    def read(part: Part) -> list[Listed]:
        def write(at: datetime) -> Written:
            found = part.first(asked, fields=_COLUMNS, limit=limit + 1, by=by, at=at, spread=spread)
            return sql_of(found)

        # Only the beginning of a list is asked for again and again.
        if last:
            statement = Statement(*write(at))
        else:
            statement = compiled(("listing", order, part.keys, spread, limit), write, by=by, selections=[asked])
        return [Listed._make(row) for row in statement.rows(at)]

    rows: list[Listed] = []
    for part in parts(order, is_open=asked.is_open, last=last):
        rows += read(part) if len(rows) <= limit else []
    shown = rows[:limit]
    if len(rows) <= limit:
        return Slice(rows=shown)
    return Slice(rows=shown, next_after=place_of(shown[-1], order))
