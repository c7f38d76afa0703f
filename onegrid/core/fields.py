"""Database columns that Django lacks: PostgreSQL's own point and tsvector."""

import math
from typing import Final, NamedTuple

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

EARTH_RADIUS: Final = 6371008.8  # meters, the mean of IUGG


class Point(NamedTuple):
    """A place on WGS-84: longitude and latitude in degrees."""

    lon: float
    lat: float


def point_of(text: str) -> Point:
    """Return a point as PostgreSQL writes it, such as `(120.6,27.9)`."""
    lon, _, lat = text[1:-1].partition(",")
    return Point(float(lon), float(lat))


class Box(NamedTuple):
    """A part of the map on WGS-84, its edges included: west, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def literal(self) -> str:
        """Return it the way PostgreSQL reads a box."""
        return f"(({self.west!r},{self.south!r}),({self.east!r},{self.north!r}))"


class Circle(NamedTuple):
    """What lies around a point of WGS-84 within so many meters on the ground, the edge included."""

    center: Point
    meters: float

    def box(self) -> Box:
        """Return a box that the circle lies in; it may be a hair wider."""
        high = math.degrees(self.meters / EARTH_RADIUS) * 1.0001
        lon, lat = self.center
        narrowest = math.cos(math.radians(min(90.0, abs(lat) + high)))
        wide = high / narrowest if narrowest > high / 180 else 180.0
        return Box(lon - wide, lat - high, lon + wide, lat + high)


class PointField(models.Field[Point, Point]):
    """A core PostgreSQL `point` holding (longitude, latitude), indexable with GiST."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002  # Django's signature
        """Name the column's type."""
        return "point"

    def from_db_value(self, value: str | None, *_: object) -> Point | None:
        """Read `(120.6,27.9)` as a Point."""
        return None if value is None else point_of(value)

    def get_prep_value(self, value: Point | tuple[float, float] | None) -> str | None:
        """Write a Point the way PostgreSQL reads it."""
        return None if value is None else f"({value[0]!r},{value[1]!r})"


class Coordinate(models.Func):
    """One of a point's two numbers, in degrees: `Coordinate("place", axis=0)` is its longitude, 1 its latitude."""

    template, arity = "(%(expressions)s)[%(axis)s]", 1

    def __init__(self, point: str, *, axis: int) -> None:
        super().__init__(point, axis=axis, output_field=models.FloatField())


@PointField.register_lookup
class InBox(models.Lookup[Point]):
    """`place__in_box=Box(…)`: the point lies in the box; answered by the GiST index."""

    lookup_name = "in_box"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Write `place <@ box`."""
        column, parameters = self.process_lhs(compiler, connection)
        box = self.rhs
        assert isinstance(box, Box)
        return f"{column} <@ %s::box", (*parameters, box.literal())


@PointField.register_lookup
class InCircle(models.Lookup[Point]):
    """`place__in_circle=Circle(…)`: the great circle to the point is short enough; the box is for the GiST index."""

    lookup_name = "in_circle"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Write `place <@ box AND distance <= meters`."""
        column, parameters = self.process_lhs(compiler, connection)
        circle = self.rhs
        assert isinstance(circle, Circle)
        assert not parameters, "a column has none, and it is written four times"
        lon, lat = circle.center
        half = "power(sin(radians(({column})[{axis}] - %s::float8) / 2), 2)"
        half_lat, half_lon = half.format(column=column, axis=1), half.format(column=column, axis=0)
        narrowing = f"cos(radians(%s::float8)) * cos(radians(({column})[1]))"
        distance = f"2 * {EARTH_RADIUS} * asin(least(1, sqrt({half_lat} + {narrowing} * {half_lon})))"
        return f"({column} <@ %s::box AND {distance} <= %s::float8)", (
            circle.box().literal(),
            *map(repr, (lat, lat, lon, circle.meters)),
        )


class SearchField(models.Field[str, str]):
    """A `tsvector` written by the application from `core.search.terms`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002  # Django's signature
        """Name the column's type."""
        return "tsvector"
