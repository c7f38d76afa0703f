"""
Turn what phones and maps deliver in China into WGS-84, and back.

Chinese map services shift coordinates: GCJ-02 by a published series of sines,
BD-09 by a further twist of GCJ-02. Only the forward formulas are published;
the way back is found by iteration, here to well below a millimeter.
"""

import math
from collections.abc import Callable
from typing import Final

from django.db.models import TextChoices

from onegrid.core.fields import Point

_AXIS: Final = 6378245.0  # of the Krasovsky ellipsoid, meters
_FLATTENING: Final = 0.00669342162296594323  # its first eccentricity squared
_BD_TURN: Final = math.pi * 3000.0 / 180.0
_EXACT: Final = 1e-11  # degrees; far below what any receiver can tell
_MOST_ROUNDS: Final = 30
# The box outside which the published algorithm changes nothing: west, south, east, north.
CHINA: Final = (72.004, 0.8293, 137.8347, 55.8271)

_Shift = Callable[[Point], Point]


class CoordinateSystem(TextChoices):
    """The coordinate system in which a place was given."""

    WGS84 = "wgs84", "WGS-84"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"


def is_shifted_at(point: Point) -> bool:
    """Tell whether Chinese maps shift coordinates at this place."""
    west, south, east, north = CHINA
    return west <= point.lon <= east and south <= point.lat <= north


def to_wgs84(point: Point, system: CoordinateSystem) -> Point:
    """Return the WGS-84 coordinates of a point given in another system."""
    if system is CoordinateSystem.WGS84:
        return point
    gcj = point if system is CoordinateSystem.GCJ02 else _unshifted(point, _gcj_to_bd)
    return _unshifted(gcj, _wgs_to_gcj)


def from_wgs84(point: Point, system: CoordinateSystem) -> Point:
    """Return the coordinates in another system of a point given in WGS-84."""
    if system is CoordinateSystem.WGS84:
        return point
    gcj = _wgs_to_gcj(point)
    return gcj if system is CoordinateSystem.GCJ02 else _gcj_to_bd(gcj)


def _unshifted(point: Point, shift: _Shift) -> Point:
    """Find the point that `shift` moves to this one: each round corrects by what is still missing."""
    if not is_shifted_at(point):
        return point
    guess = point
    for _ in range(_MOST_ROUNDS):
        reached = shift(guess)
        missing = Point(point.lon - reached.lon, point.lat - reached.lat)
        guess = Point(guess.lon + missing.lon, guess.lat + missing.lat)
        if abs(missing.lon) < _EXACT and abs(missing.lat) < _EXACT:
            break
    return guess


def _wgs_to_gcj(point: Point) -> Point:
    if not is_shifted_at(point):
        return point
    x, y = point.lon - 105.0, point.lat - 35.0
    latitude = math.radians(point.lat)
    bulge = 1 - _FLATTENING * math.sin(latitude) ** 2
    east = math.degrees(_meters_east(x, y) / (_AXIS / math.sqrt(bulge) * math.cos(latitude)))
    north = math.degrees(_meters_north(x, y) / (_AXIS * (1 - _FLATTENING) / (bulge * math.sqrt(bulge))))
    return Point(point.lon + east, point.lat + north)


def _gcj_to_bd(point: Point) -> Point:
    if not is_shifted_at(point):
        return point
    lon, lat = point
    length = math.hypot(lon, lat) + 0.00002 * math.sin(lat * _BD_TURN)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * _BD_TURN)
    return Point(length * math.cos(angle) + 0.0065, length * math.sin(angle) + 0.006)


def _ripple(x: float) -> float:
    return (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0


def _meters_north(x: float, y: float) -> float:
    plane = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    short = (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    long = (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    return plane + _ripple(x) + short + long


def _meters_east(x: float, y: float) -> float:
    plane = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    short = (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    long = (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    return plane + _ripple(x) + short + long
