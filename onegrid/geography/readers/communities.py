"""The communities of today, each with a point to stand for it: for who can name a place but not point to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from shapely.geometry import shape

from onegrid.core.fields import Point
from onegrid.core.snapshots import Snapshot
from onegrid.geography.models import Area, Level
from onegrid.geography.rules import SNAPSHOT
from onegrid.geography.rules.distances import meters_between


@dataclass(frozen=True, slots=True)
class Community:
    """A community, the point its name is written at, and how far from there its border can be, in meters."""

    code: str
    name: str
    township_name: str
    label_at: Point
    reach_m: int


class _Gazetteer:
    """What has been looked up so far, by day."""

    def __init__(self) -> None:
        self._found: dict[date, Mapping[str, Community]] = {}

    def on(self, day: date) -> Mapping[str, Community]:
        if day not in self._found:
            self._found = {day: _read(day)}
        return self._found[day]


def communities() -> Mapping[str, Community]:
    """Return the communities that stand today by code, township after township."""
    return _snapshot.get().on(timezone.localdate())


def community_in(text: str) -> Community | None:
    """Return the one community that a text holds the name of; where several share it, the township's is asked too."""
    held = [place for place in communities().values() if place.name in text]
    longest = max((len(place.name) for place in held), default=0)
    held = [place for place in held if len(place.name) == longest]
    if len(held) > 1:
        held = [place for place in held if place.township_name in text]
    return held[0] if len(held) == 1 else None


def _read(day: date) -> Mapping[str, Community]:
    areas = list(Area.objects.standing_on(day).filter(level__in=[Level.TOWNSHIP, Level.COMMUNITY]).order_by("path"))
    townships = {area.path: area.name for area in areas if area.level == Level.TOWNSHIP}
    return {
        area.code: Community(area.code, area.name, townships[area.path.rpartition("/")[0]], area.label_at, _reach(area))
        for area in areas
        if area.level == Level.COMMUNITY
    }


def _reach(area: Area) -> int:
    """Measure to the farthest corner of the box around it, in tens of meters."""
    west, south, east, north = shape(area.outline).bounds
    corners = [Point(lon, lat) for lon in (west, east) for lat in (south, north)]
    return 10 * round(max(meters_between(area.label_at, corner) for corner in corners) / 10)


_snapshot = Snapshot(SNAPSHOT, _Gazetteer)
