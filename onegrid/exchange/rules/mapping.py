"""
How the columns of a city's past cases become our cases: the mapping file.

A mapping is YAML; `docs/reference/case-mapping.schema.json` describes it and is
made from the classes here. Texts with `{column}` take the row's values.
"""

import re
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from django.utils.translation import gettext as _
from msgspec import Meta

from onegrid.core.errors import InvalidInputError

Text = Annotated[str, Meta(min_length=1)]


class Table(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """How the file is written. An XLSX file ignores encoding and delimiter."""

    encoding: str = "utf-8-sig"
    delimiter: Annotated[str, Meta(min_length=1, max_length=1)] = ","


class Moment(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A column with a moment; `format` is that of strptime, ISO 8601 where it is absent."""

    column: Text
    format: str = ""


class Place(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """
    The columns with the coordinates, their system, and where the case goes.

    `system` is wgs84, gcj02, bd09 or any `EPSG:n`. `carry_over: quantile` moves a
    file of another city into this district: the share of rows west and south of
    a row decides the grid, so that dense quarters stay dense.
    """

    x: Text
    y: Text
    system: str = "wgs84"
    carry_over: Literal["none", "quantile"] = "none"


class Choice(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """A column whose values are looked up in a table; `otherwise` takes what is not in it."""

    column: Text
    table: dict[str, str]
    otherwise: str = ""


class Sign(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """An outcome that is recognized by words in a column, whatever their case."""

    contains: Text
    outcome: Text


class Result(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What came of a closed case: the first sign found in the column, else `otherwise`."""

    column: Text
    signs: list[Sign]
    otherwise: Text
    note: str = ""


class Mapping(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """
    One file's mapping.

    `key` is what tells rows apart (rows that are wholly alike are counted).
    `time_zone` is `district` to keep the clock's face, or an IANA zone. A row
    without `closed_at` is an open case: with its lead unit where the routing
    finds one, else waiting for dispatch, or `reported` if `open_as` says so.
    """

    name: Annotated[str, Meta(pattern="^[a-z0-9-]+$", max_length=40)]
    key: Annotated[str, Meta(min_length=1)]
    title: Text
    description: str = ""
    address: str = ""
    source: str = ""
    table: Table = Table()
    time_zone: str = "district"
    reported_at: Moment
    closed_at: Moment | None = None
    due_at: Moment | None = None
    place: Place
    category: Choice
    outcome: Result | None = None
    open_as: Literal["dispatched", "reported"] = "dispatched"


class UnusableMappingError(InvalidInputError):
    """The mapping file is not what its schema asks for."""


def read_mapping(content: object) -> Mapping:
    """
    Check the parsed YAML of a mapping.

    :raises UnusableMappingError: naming the place that is wrong.
    """
    try:
        mapping = msgspec.convert(content, Mapping)
    except msgspec.ValidationError as fault:
        raise UnusableMappingError(str(fault)) from fault
    _require_templates(mapping)
    _require_zone(mapping.time_zone)
    return mapping


def _require_templates(mapping: Mapping) -> None:
    texts = {name: getattr(mapping, name) for name in ("key", "title", "description", "address", "source")}
    texts["outcome.note"] = mapping.outcome.note if mapping.outcome else ""
    for name, text in texts.items():
        if re.search(r"[{}]", re.sub(r"\{[^{}]+\}", "", text)):
            message = _("%(name)s: in “%(text)s” a brace is opened or closed alone.")
            raise UnusableMappingError(message % {"name": name, "text": text})


def _require_zone(name: str) -> None:
    try:
        ZoneInfo("UTC" if name == "district" else name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise UnusableMappingError(_("There is no time zone “%(name)s”.") % {"name": name}) from fault


def mapping_schema() -> dict[str, object]:
    """Return the JSON Schema of a mapping file."""
    return msgspec.json.schema(Mapping)
