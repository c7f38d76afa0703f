"""
Cases on the map: counts by area from far, single cases from near.

Both ask the same question as the list (`selection`). The box is answered by
the GiST index over places, partial where only open cases are asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.readers.selection import Selection, selected
from onegrid.cases.rules.clock import Light, light
from onegrid.cases.states import Status
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Box, Point
from onegrid.geography.public import Area, Level

MOST_POINTS = 1500  # about 60 kB compressed; more than that nobody can tell apart on a screen
TOWNSHIPS_BELOW, COMMUNITIES_BELOW, GRIDS_BELOW = 12.0, 14.0, 15.5  # zoom levels of a web map


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaCount:
    """How many of the cases asked for lie in an area, and how many of them are late."""

    code: str
    name: str
    label_at: Point
    cases: int
    late: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
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
    """What a map shows: `pins` from near, else `counts` of the areas of one level; never both."""

    level: Level | None
    counts: Sequence[AreaCount] = ()
    pins: Sequence[Pin] = ()


def map_view(selection: Selection, *, box: Box, zoom: float, by: User, at: datetime) -> MapView:
    """
    Return the cases in a box as the zoom allows, in at most three statements.

    Where a near view holds too many cases to show one by one, the grids are counted instead.
    """
    level = level_at(zoom)
    if level is None:
        pins = pins_in(selection, box=box, by=by, at=at)
        if len(pins) <= MOST_POINTS:
            return MapView(level=None, pins=pins)
    level = level or Level.GRID
    return MapView(level=level, counts=counts_by_area(selection, level=level, box=box, by=by, at=at))


def level_at(zoom: float) -> Level | None:
    """Return of which level the areas are counted at a zoom, or nothing where single cases are shown."""
    if zoom < TOWNSHIPS_BELOW:
        return Level.TOWNSHIP
    if zoom < COMMUNITIES_BELOW:
        return Level.COMMUNITY
    return Level.GRID if zoom < GRIDS_BELOW else None


def counts_by_area(selection: Selection, *, level: Level, box: Box, by: User, at: datetime) -> list[AreaCount]:
    """Return the counts of all areas of a level whose label lies in the box, in two statements."""
    column = f"{level}_code"
    rows = (
        selected(selection, by=by, at=at)
        .order_by()
        .values_list(column)
        .annotate(cases=Count("pk"), late=Count("pk", filter=Q(stage_due_at__lt=at)))
    )
    found = {code: (cases, late) for code, cases, late in rows}
    # An area that was redrawn under the same code is labeled where it lies now.
    labels = Area.objects.filter(level=level, code__in=found, label_at__in_box=box).order_by("opens_on")
    shown = {code: (name, label_at) for code, name, label_at in labels.values_list("code", "name", "label_at")}
    return [
        AreaCount(code=code, name=name, label_at=label_at, cases=found[code][0], late=found[code][1])
        for code, (name, label_at) in shown.items()
    ]


def pins_in(selection: Selection, *, box: Box, by: User, at: datetime) -> list[Pin]:
    """Return the cases in a box, most urgent first; one more than `MOST_POINTS` means that there are too many."""
    cases = selected(selection, by=by, at=at).filter(place__in_box=box).most_urgent_first()
    columns = (
        "number", "place", "status", "is_urgent", "category_id", "title", "stage_started_at", "stage_due_at",
    )  # fmt: skip
    return [_pin(case, at) for case in cases.only(*columns)[: MOST_POINTS + 1]]


def _pin(case: Case, at: datetime) -> Pin:
    entry = catalogue().by_id.get(case.category_id) if case.category_id else None
    return Pin(
        number=case.number,
        place=case.place,
        status=Status(case.status),
        light=light(started_at=case.stage_started_at, due_at=case.stage_due_at, now=at),
        is_urgent=case.is_urgent,
        category=entry.code if entry else "",
        title=case.title,
    )
