"""
The locators of this process, one for each stretch of days between two changes of areas.

They are built when first asked for and kept until the areas change, in
whatever process that happens (see `core.snapshots`).
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from onegrid.core.snapshots import Snapshot
from onegrid.geography.models import Area
from onegrid.geography.readers.locator import Location, Locator, checked
from onegrid.geography.rules import SNAPSHOT
from onegrid.geography.rules.coordinates import CoordinateSystem


@dataclass
class _Atlas:
    """The days on which areas opened or closed, in order, and the locators of the stretches between them."""

    changes: list[date]
    stretches: dict[int, Locator] = field(default_factory=dict)

    def on(self, day: date) -> Locator:
        """Return the locator of the stretch a day falls in, reading its areas if nobody asked before."""
        stretch = bisect_right(self.changes, day)
        if stretch not in self.stretches:
            self.stretches[stretch] = Locator(Area.objects.standing_on(day))
        return self.stretches[stretch]


def locate(
    lon: float, lat: float, system: CoordinateSystem | str = CoordinateSystem.WGS84, *, on: date | None = None
) -> Location:
    """
    Return the grid, community, township and district a point lies in, today or on a past day.

    :raises NoSuchPlaceError: if the coordinates name no place.
    :raises OutsideDistrictError: if the place is not in the district.
    :raises NoAreasError: if no areas stood on that day.
    """
    point = checked(lon, lat, system)
    return locator_for(on or timezone.localdate()).locate(point)


def locator_for(day: date) -> Locator:
    """
    Return the locator of the areas that stood on a day.

    :raises NoAreasError: if there were none.
    """
    return _snapshot.get().on(day)


def _build() -> _Atlas:
    pairs = Area.objects.order_by().values_list("opens_on", "closes_on").distinct()
    return _Atlas(sorted({day for pair in pairs for day in pair if day}))


_snapshot = Snapshot(SNAPSHOT, _build)
