"""Database columns that Django lacks: PostgreSQL's own point and tsvector."""

from typing import NamedTuple

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


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


class SearchField(models.Field[str, str]):
    """A `tsvector` written by the application from `core.search.terms`."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:  # noqa: ARG002  # Django's signature
        """Name the column's type."""
        return "tsvector"
