"""What other apps may use of geography."""

from onegrid.geography.actions.redraw_areas import Drawing, Redrawing, RedrawnTooEarlyError, redraw_areas
from onegrid.geography.models import Area, Level
from onegrid.geography.readers.areas import area_names
from onegrid.geography.readers.atlas import locate, locator_for
from onegrid.geography.readers.communities import Community, communities, community_in
from onegrid.geography.readers.labels import AreaLabel, labels_in
from onegrid.geography.readers.locator import (
    Location,
    Locator,
    NoAreasError,
    NoSuchPlaceError,
    OutsideDistrictError,
    Place,
)
from onegrid.geography.readers.outlines import Outlines, outlines_of
from onegrid.geography.rules.coordinates import CoordinateSystem, from_wgs84, to_wgs84
from onegrid.geography.rules.distances import meters_between

__all__ = [
    "Area",
    "AreaLabel",
    "Community",
    "CoordinateSystem",
    "Drawing",
    "Level",
    "Location",
    "Locator",
    "NoAreasError",
    "NoSuchPlaceError",
    "Outlines",
    "OutsideDistrictError",
    "Place",
    "Redrawing",
    "RedrawnTooEarlyError",
    "area_names",
    "communities",
    "community_in",
    "from_wgs84",
    "labels_in",
    "locate",
    "locator_for",
    "meters_between",
    "outlines_of",
    "redraw_areas",
    "to_wgs84",
]
