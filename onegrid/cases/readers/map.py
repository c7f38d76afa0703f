"""
Cases on the map: counts by area from far, single cases from near.

Both ask the same question as the list (`selection`). Counts come from the
counters where those know the question. The box of single cases is answered by
the GiST index over places, partial where only open cases are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from onegrid.accounts.public import User
from onegrid.cases.readers.compiled import compiled
from onegrid.cases.readers.selection import Selection, located, selected
from onegrid.cases.readers.tally import tally
from onegrid.cases.rules.clock import Light, light
from onegrid.cases.states import Status
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Box, Point, point_of
from onegrid.core.queries import sql_of
from onegrid.core.statements import SOMEWHERE, Written
from onegrid.geography.public import Level, labels_in

MOST_POINTS = 1500  # about 60 kB compressed; more than that nobody can tell apart on a screen
DISTRICT_BELOW, TOWNSHIPS_BELOW, COMMUNITIES_BELOW, GRIDS_BELOW = 8.0, 12.0, 14.0, 15.5  # zoom levels of a web map


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCount:
    """How many of the cases asked for lie in an area, and how many of them are late."""

    code: str
    name: str
    label_at: Point
    cases: int
    late: int


class Pin(NamedTuple):
    """One case as a point on the map."""

    number: str
    place: Point
    status: Status
    light: Light
    is_urgent: bool
    category: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MapView:
    """
    What a map shows: `pins` from near, else `counts` of the areas of one level; never both.

    With `has_more`, the pins are the most urgent of those in the box.
    """

    level: Level | None
    counts: Sequence[AreaCount] = ()
    pins: Sequence[Pin] = ()
    has_more: bool = False


def map_view(
    selection: Selection, *, box: Box, zoom: float, by: User, at: datetime, most: int = MOST_POINTS
) -> MapView:
    """Return the cases in a box as the zoom allows, in at most three statements; `most` bounds the single ones."""
    level = level_at(zoom)
    if level is not None:
        return MapView(level=level, counts=counts_by_area(selection, level=level, box=box, by=by, at=at))
    pins = pins_in(selection, box=box, by=by, at=at, limit=most + 1)
    return MapView(level=None, pins=pins[:most], has_more=len(pins) > most)


def level_at(zoom: float) -> Level | None:
    """Return of which level the areas are counted at a zoom, or nothing where single cases are shown."""
    if zoom < DISTRICT_BELOW:
        return Level.DISTRICT
    if zoom < TOWNSHIPS_BELOW:
        return Level.TOWNSHIP
    if zoom < COMMUNITIES_BELOW:
        return Level.COMMUNITY
    return Level.GRID if zoom < GRIDS_BELOW else None


def counts_by_area(selection: Selection, *, level: Level, box: Box, by: User, at: datetime) -> list[AreaCount]:
    """Return the counts of all areas of a level whose label lies in the box, in one statement; names from memory."""
    found: dict[str, list[int]] = {}
    for row in tally(selection, by=by, at=at, until=at, level=level):
        codes = {Level.TOWNSHIP: row.township_code, Level.COMMUNITY: row.community_code, Level.GRID: row.grid_code}
        sums = found.setdefault(codes.get(level, ""), [0, 0])
        sums[:] = [sums[0] + row.cases, sums[1] + row.late]
    shown = labels_in(level, box)
    if level == Level.DISTRICT:
        found = {label.code: found.get("", [0, 0]) for label in shown if label.is_standing}
    return [
        AreaCount(
            code=label.code,
            name=label.name,
            label_at=label.label_at,
            cases=found[label.code][0],
            late=found[label.code][1],
        )
        for label in shown
        if label.code in found
    ]


_STATUSES = {status.value: status for status in Status}
_READ = (
    "number", "place", "status", "is_urgent", "category_id", "title",
    "stage_started_at", "stage_yellow_at", "stage_due_at", "suspended_until",
)  # fmt: skip


def pins_in(selection: Selection, *, box: Box, by: User, at: datetime, limit: int) -> list[Pin]:
    """Return the first so many cases in a box: urgent before others, then by the running limit, then the newest."""
    asked = located(selection)

    def write(at: datetime) -> Written:
        cases = selected(asked, by=by, at=at).filter(place__in_box=SOMEWHERE)
        cases = cases.order_by("-is_urgent", F("stage_due_at").asc(nulls_last=True), "-pk")
        return sql_of(cases.values_list(*_READ)[:limit])

    by_id, statement = catalogue().by_id, compiled(("pins", limit), write, by=by, selections=[asked])
    return [
        Pin(
            number,
            point_of(place),
            _STATUSES[status],
            light(started_at=started_at, yellow_at=yellow_at, due_at=due_at, paused_until=paused_until, now=at),
            is_urgent,
            entry.code if category_id and (entry := by_id.get(category_id)) else "",
            title,
        )
        for number, place, status, is_urgent, category_id, title, started_at, yellow_at, due_at, paused_until
        in statement.rows(at, box=box)
    ]  # fmt: skip
