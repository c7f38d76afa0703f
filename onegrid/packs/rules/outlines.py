"""Whether the areas of one edition are drawn soundly: valid, inside their parents, beside their neighbors."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from onegrid.packs.rules.pack import Edition, Fault, Sheet

TOLERANCE: Final = 25.0  # square meters that rounding of coordinates may cost
PARENT_KEYS: Final = {"district": None, "township": None, "community": "street", "grid": "community"}
_DEGREE: Final = math.pi / 180 * 6371008.8  # meters


def outline_faults(edition: Edition) -> Iterator[Fault]:
    """Name everything wrong with the areas of an edition."""
    parents: dict[str, BaseGeometry] = {}
    for sheet in edition.sheets:
        yield from _codes_twice(sheet)
        shapes: dict[str, BaseGeometry] = {}
        rows: dict[str, int] = {}
        for number, feature in sheet.features.items():
            outline, complaint = _outline(feature)
            code = feature["properties"]["code"]
            if outline is None:
                yield Fault(sheet.file, number, "geometry", complaint)
            elif code not in shapes:
                shapes[code], rows[code] = outline, number
        yield from _outside_parents(sheet, shapes, parents)
        yield from _overlapping(sheet, shapes, rows)
        parents = shapes


def parent_of(feature: Mapping[str, Any], level: str, district: str) -> str | None:
    """Return the code of the area a feature lies in, nothing for the district itself."""
    if level == "district":
        return None
    key = PARENT_KEYS[level]
    return str(feature["properties"].get(key, "")) if key else district


def _codes_twice(sheet: Sheet) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for number, feature in sheet.features.items():
        code = feature["properties"]["code"]
        if seen.setdefault(code, number) != number:
            text = _("“%(value)s” already stands in row %(row)d.") % {"value": code, "row": seen[code]}
            yield Fault(sheet.file, number, "code", text)


def _outline(feature: Mapping[str, Any]) -> tuple[BaseGeometry | None, str]:
    try:
        outline = shape(feature["geometry"])
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None, _("The coordinates cannot be read.")
    if outline.is_empty:
        return None, _("The outline is empty.")
    if not outline.is_valid:
        return None, _("The outline is not a sound polygon: %(why)s.") % {"why": shapely.is_valid_reason(outline)}
    west, south, east, north = outline.bounds
    if west < -180 or south < -90 or east > 180 or north > 90:  # noqa: PLR2004
        return None, _("The coordinates are not degrees of longitude and latitude.")
    return outline, ""


def _outside_parents(
    sheet: Sheet, shapes: Mapping[str, BaseGeometry], parents: Mapping[str, BaseGeometry]
) -> Iterator[Fault]:
    if not parents:
        return
    district = next(iter(parents)) if sheet.level == "township" else ""
    for number, feature in sheet.features.items():
        properties = feature["properties"]
        parent = parent_of(feature, sheet.level, district) or ""
        if parent not in parents:
            text = _("It lies in “%(parent)s”, which the level above does not have.") % {"parent": parent}
            yield Fault(sheet.file, number, PARENT_KEYS[sheet.level] or "code", text)
        elif (outline := shapes.get(properties["code"])) is not None:
            beyond = _square_meters(shapely.difference(outline, parents[parent]))
            if beyond > TOLERANCE:
                text = _("%(area)d m² of it lie outside “%(parent)s”.") % {"area": beyond, "parent": parent}
                yield Fault(sheet.file, number, "geometry", text)


def _overlapping(sheet: Sheet, shapes: Mapping[str, BaseGeometry], rows: Mapping[str, int]) -> Iterator[Fault]:
    codes, outlines = list(shapes), np.array(list(shapes.values()))
    if len(codes) <= 1:
        return
    one, other = shapely.STRtree(outlines).query(outlines, predicate="intersects")
    once = one < other
    one, other = one[once], other[once]
    common = shapely.intersection(outlines[one], outlines[other])
    for first, second, geometry in zip(one.tolist(), other.tolist(), common, strict=True):
        area = _square_meters(geometry)
        if area > TOLERANCE:
            values = {"area": area, "other": codes[first], "row": rows[codes[first]]}
            text = _("It overlaps “%(other)s” in row %(row)d by %(area)d m².") % values
            yield Fault(sheet.file, rows[codes[second]], "geometry", text)


def _square_meters(geometry: BaseGeometry) -> float:
    if geometry.is_empty or not geometry.area:
        return 0.0
    return float(geometry.area * _DEGREE**2 * math.cos(math.radians(geometry.bounds[1])))


def label_point(properties: Mapping[str, Any], outline: Mapping[str, Any]) -> tuple[float, float]:
    """Return where an area's name is written: where the file says, else a point inside it."""
    if "label_lon" in properties and "label_lat" in properties:
        return float(properties["label_lon"]), float(properties["label_lat"])
    inside = shape(dict(outline)).representative_point()
    return round(inside.x, 6), round(inside.y, 6)


def standing_codes(edition: Edition) -> dict[str, Sequence[str]]:
    """Return the codes of an edition's areas by level."""
    return {
        sheet.level: [str(feature["properties"]["code"]) for feature in sheet.features.values()]
        for sheet in edition.sheets
    }
