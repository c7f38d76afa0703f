"""Distances on the ground between places given in degrees."""

import math

from onegrid.core.fields import EARTH_RADIUS, Point


def meters_between(one: Point, other: Point) -> float:
    """Return the length of the great circle between two points."""
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((other_lat - lat) / 2) ** 2
    half_lon = math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half_lat + math.cos(lat) * math.cos(other_lat) * half_lon))
