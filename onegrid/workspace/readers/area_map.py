"""The map page: counts of every area, the areas around the chosen one, what is due there first. Names from memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.public import (
    GridTally,
    Order,
    Scope,
    Selection,
    known,
    map_view,
    queue_counts,
    queue_page,
    tally,
    time_left,
)
from onegrid.core.durations import clock_words
from onegrid.core.fields import Box
from onegrid.geography.public import Level, Locator, NoAreasError, area_names, locator_for
from onegrid.workspace.readers.chips import Chip, chips
from onegrid.workspace.readers.map_drawing import Drawing, drawing
from onegrid.workspace.readers.queue import Tab, bounded
from onegrid.workspace.rules.area_map import Sum, ranges, roll_up, short, steps
from onegrid.workspace.rules.clockface import Face, face
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError

FIRST = 5
MOST_PINS = 300  # more buttons than that nobody tells apart
CLOSEST = 22.0  # a zoom at which cases are shown one by one
COUNTED = (Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One area of the side list; `url` chooses it on the map, `list_url` opens its cases."""

    code: str
    name: str
    sums: Sum
    url: str
    list_url: str
    is_chosen: bool
    is_former: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """The areas of one level inside another, most cases first."""

    level: str
    title: str
    column: str
    rows: Sequence[Row]
    most: int


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the info box says of the chosen area."""

    code: str
    level: str
    name: str
    sums: Sum
    inside: str
    up_url: str
    up_name: str
    list_url: str


@dataclass(frozen=True, kw_only=True)
class First:
    """A case that is due soon, as the side list draws it."""

    number: str
    title: str
    clock: Face


@dataclass(frozen=True, kw_only=True)
class AreaMap:
    """Everything the map page shows; `home` are the areas it opens on, none where that is the whole district."""

    filters: Filters
    tabs: Sequence[Tab]
    chips: Sequence[Chip]
    total: Sum
    drawing: Drawing | None
    legend: Sequence[str]
    counts: Mapping[str, object]
    chosen: Chosen | None
    groups: Sequence[Group]
    first_title: str
    first: Sequence[First]
    is_part: bool
    home: Sequence[str]


@dataclass(frozen=True)
class _Area:
    """An area that stands, or one of an older edition that cases lie in."""

    code: str
    name: str
    level: Level
    parent: str
    is_former: bool = False


def area_map(filters: Filters, *, place: str, by: User, at: datetime) -> AreaMap:
    """
    Return the map of the cases asked for with one area chosen; four statements besides those of the frame.

    :raises CannotBeFoundError: if a code that is asked for never was, or the text holds no word.
    :raises NoSuchFilterError: if the chosen area neither stands nor holds a case.
    """
    now = localtime(at)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    selection = known(filters.selection(now=now))
    tallies = tally(selection, by=by, at=at, until=midnight + timedelta(days=1))
    sums = roll_up(tallies)
    bounds = steps([found.cases for found in sums[Level.GRID].values()])
    areas = _areas(tallies, now)
    chosen = _chosen_area(areas, place)
    roots = _in_view(by)
    home = (filters.area,) if filters.area else () if "" in roots else roots
    side = _Side(areas=areas, sums=sums, filters=filters, roots=roots, place=chosen)
    first = replace(selection, area=chosen.code, area_level=chosen.level) if chosen else selection
    return AreaMap(
        filters=filters,
        tabs=_tabs(selection, filters, by=by, at=at),
        chips=chips(filters),
        total=sum(sums[Level.TOWNSHIP].values(), Sum()),
        drawing=drawing(sums, bounds=bounds, chosen=chosen.code if chosen else "", home=home),
        legend=ranges(bounds),
        counts=_counts(sums, bounds),
        chosen=side.chosen(),
        groups=side.groups(),
        first_title=_("First due in %(area)s") % {"area": short(chosen.name)} if chosen else _("First due"),
        first=_first_due(first, by=by, at=at),
        is_part="" not in roots,
        home=home,
    )


def pins(filters: Filters, *, box: Box, by: User, at: datetime) -> Mapping[str, object]:
    """
    Return the most urgent cases in a box one by one, and whether there are more, in at most three statements.

    :raises CannotBeFoundError: if a code that is asked for never was, or the text holds no word.
    """
    selection = known(filters.selection(now=localtime(at)))
    seen = map_view(selection, box=box, zoom=CLOSEST, by=by, at=at, most=MOST_PINS)
    words = {**clock_words(), "n": ""}
    found = [
        {
            "number": pin.number,
            "title": pin.title,
            "at": [round(part, 6) for part in pin.place],
            "light": pin.light.value,
            "state": words.get(pin.light.value, ""),
            "url": reverse("workspace:case", args=[pin.number]),
        }
        for pin in seen.pins
    ]
    return {"pins": found, "has_more": seen.has_more}


def _areas(tallies: Sequence[GridTally], now: datetime) -> dict[str, _Area]:
    """Return every area there is to list by its code: those that stand, and those that only cases know of."""
    found: dict[str, _Area] = {}
    locator = _standing(now)
    for level in COUNTED if locator else ():
        for area in locator.places(level) if locator else ():
            parent = area.path.split("/")[-2]
            found[area.code] = _Area(area.code, area.name, level, "" if level == Level.TOWNSHIP else parent)
    former: dict[str, tuple[Level, str]] = {}
    for row in tallies:
        former[row.township_code] = Level.TOWNSHIP, ""
        former[row.community_code] = Level.COMMUNITY, row.township_code
        former[row.grid_code] = Level.GRID, row.community_code
    former = {code: place for code, place in former.items() if code not in found}
    names = area_names(former) if former else {}
    for code, (level, parent) in former.items():
        found[code] = _Area(code, names.get(code, code), level, parent, is_former=True)
    return found


def _standing(now: datetime) -> Locator | None:
    try:
        return locator_for(now.date())
    except NoAreasError:
        return None


def _chosen_area(areas: Mapping[str, _Area], place: str) -> _Area | None:
    if not place:
        return None
    if place not in areas:
        raise NoSuchFilterError(_("There is no area “%(code)s” on this map.") % {"code": place[:40]})
    return areas[place]


def _in_view(by: User) -> tuple[str, ...]:
    """Return the codes of the areas that duties open; one of them empty where that is the whole district."""
    areas = [duty.area for duty in duties_granting(by, "cases.view")]
    return tuple("" if area.level == Level.DISTRICT else area.code for area in areas)


def _counts(sums: Mapping[Level, Mapping[str, Sum]], bounds: Sequence[int]) -> Mapping[str, object]:
    found = {
        level.value: {code: [one.cases, one.late] for code, one in by_code.items()} for level, by_code in sums.items()
    }
    return {"bounds": bounds, **found}


def _tabs(selection: Selection, filters: Filters, *, by: User, at: datetime) -> list[Tab]:
    counts = queue_counts(selection, by=by, at=at)
    labels = {Scope.MINE: (_("Mine"), counts.mine), Scope.UNIT: (_("My unit"), counts.unit)}
    labels[Scope.ALL] = (_("Everything below"), counts.everything)
    return [
        Tab(
            label=label,
            count=bounded(count, counts.most),
            url=filters.query(scope=scope.value),
            is_current=scope == filters.scope,
        )
        for scope, (label, count) in labels.items()
    ]


def _first_due(selection: Selection, *, by: User, at: datetime) -> list[First]:
    words = {**clock_words(), "none": _("no limit")}
    rows = queue_page(selection, order=Order.DUE, by=by, at=at, limit=FIRST).rows
    return [
        First(
            number=row.number,
            title=row.title,
            clock=face(
                started_at=row.stage_started_at,
                yellow_at=row.stage_yellow_at,
                due_at=row.stage_due_at,
                paused_until=row.suspended_until,
                now=at,
                words=words,
                ended=_("over") if row.ended_at else "",
                left=time_left(row, now=at),
            ),
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class _Side:
    """The side list: the areas beside the chosen one, and those inside it."""

    areas: Mapping[str, _Area]
    sums: Mapping[Level, Mapping[str, Sum]]
    filters: Filters
    roots: tuple[str, ...]
    place: _Area | None

    def chosen(self) -> Chosen | None:
        """Return what the info box says."""
        area = self.place
        if area is None:
            return None
        above = self.areas.get(area.parent)
        return Chosen(
            code=area.code,
            level=area.level.value,
            name=area.name,
            sums=self._sum(area),
            inside=self._inside(area),
            up_url=self.filters.query(place=above.code) if above else self.filters.query(),
            up_name=above.name if above else _("Whole district"),
            list_url=reverse("workspace:queue") + self.filters.query(area=area.code),
        )

    def groups(self) -> list[Group]:
        """Return the areas beside the chosen one, and those inside it."""
        area = self.place
        if area is None:
            return [self._group("", Level.TOWNSHIP)]
        found = [self._group(area.parent, area.level)]
        if area.level != Level.GRID:
            found.append(self._group(area.code, COUNTED[COUNTED.index(area.level) + 1]))
        return found

    def _group(self, parent: str, level: Level) -> Group:
        areas = [area for area in self.areas.values() if area.level == level and area.parent == parent]
        rows = [self._row(area) for area in areas if self._is_listed(area)]
        rows.sort(key=lambda row: (-row.sums.cases, -row.sums.late, row.code))
        columns = {Level.TOWNSHIP: _("Township"), Level.COMMUNITY: _("Community"), Level.GRID: _("Grid")}
        above = self.areas.get(parent)
        named = {"area": short(above.name) if above else "", "n": len(rows)}
        titles = {
            Level.TOWNSHIP: _("Townships (%(n)s)") % named,
            Level.COMMUNITY: _("Communities of %(area)s (%(n)s)") % named,
            Level.GRID: _("Grids of %(area)s (%(n)s)") % named,
        }
        return Group(
            level=level.value,
            title=titles[level],
            column=columns[level],
            rows=rows,
            most=max((row.sums.cases for row in rows), default=0) or 1,
        )

    def _row(self, area: _Area) -> Row:
        return Row(
            code=area.code,
            name=self._label(area),
            sums=self._sum(area),
            url=self.filters.query(place=area.code),
            list_url=reverse("workspace:queue") + self.filters.query(area=area.code),
            is_chosen=self.place is not None and area.code == self.place.code,
            is_former=area.is_former,
        )

    def _label(self, area: _Area) -> str:
        if area.level == Level.TOWNSHIP:
            return short(area.name)
        above = self.areas.get(area.parent)
        return area.name.removeprefix(above.name) if above and area.name != above.name else area.name

    def _sum(self, area: _Area) -> Sum:
        return self.sums[area.level].get(area.code, Sum())

    def _is_listed(self, area: _Area) -> bool:
        """Tell whether it holds a case asked for, or would show one if there were any."""
        if self._sum(area).cases:
            return True
        above = self.areas.get(area.parent)
        chain = {"", area.code, area.parent, above.parent if above else ""}
        return any(root in chain for root in self.roots)

    def _inside(self, area: _Area) -> str:
        if area.level == Level.GRID:
            return ""
        parents = {area.code}
        if area.level == Level.TOWNSHIP:
            parents = {one.code for one in self.areas.values() if one.parent == area.code}
        grids = [one for one in self.areas.values() if one.level == Level.GRID and one.parent in parents]
        standing = sum(not grid.is_former for grid in grids)
        former = sum(self._sum(grid).cases for grid in grids if grid.is_former)
        said = ngettext("%(n)d grid", "%(n)d grids", standing) % {"n": standing}
        return said + (" · " + _("%(n)d in former grids") % {"n": former} if former else "")
