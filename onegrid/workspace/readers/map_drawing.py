"""The district as SVG paths, drawn from the same outlines as the interactive map and kept until they change."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onegrid.core.fields import Point
from onegrid.geography.public import Level, outlines_of
from onegrid.workspace.rules.area_map import SHADES, Canvas, Label, Sum, placed, shade, short


@dataclass(frozen=True, kw_only=True)
class Outline:
    """A township on the drawing, to be clicked."""

    code: str
    name: str
    path: str
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The map without script: one path for each shade, townships above, the labels on top."""

    view_box: str
    shades: Sequence[str]
    townships: Sequence[Outline]
    chosen: str
    labels: Sequence[Label]
    edition: Mapping[str, str]


@dataclass(frozen=True)
class _Sheet:
    """What does not depend on any case: paths and label places by code, names of townships."""

    view_box: str
    paths: Mapping[Level, Mapping[str, str]]
    places: Mapping[str, Point]
    names: Mapping[str, str]


def drawing(
    sums: Mapping[Level, Mapping[str, Sum]], *, bounds: Sequence[int], chosen: str, home: Collection[str]
) -> Drawing | None:
    """Return the map of these sums, with one area chosen; nothing where no areas stand."""
    editions = {level: outlines_of(level).edition for level in (Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)}
    sheet = _sheet(*editions.values())
    if sheet is None:
        return None
    names = {code: short(name) for code, name in sheet.names.items()}
    shaded: list[list[str]] = [[] for _ in range(SHADES)]
    for code, path in sheet.paths[Level.GRID].items():
        shaded[shade(sums[Level.GRID].get(code, Sum()).cases, bounds)].append(path)
    return Drawing(
        view_box=sheet.view_box,
        shades=["".join(paths) for paths in shaded],
        townships=[
            Outline(code=code, name=sheet.names[code], path=path, is_chosen=code == chosen)
            for code, path in sheet.paths[Level.TOWNSHIP].items()
        ],
        chosen=next((paths[chosen] for paths in sheet.paths.values() if chosen in paths), ""),
        labels=placed(names, sums[Level.TOWNSHIP], sheet.places, home=home),
        edition={level.value: edition for level, edition in editions.items()},
    )


@lru_cache(maxsize=2)
def _sheet(*_editions: str) -> _Sheet | None:
    features = {level: _features(level) for level in (Level.TOWNSHIP, Level.COMMUNITY, Level.GRID)}
    rings = [ring for feature in features[Level.TOWNSHIP] for ring in _rings(feature)]
    if not rings:
        return None
    canvas = Canvas(rings)
    townships = {feature["properties"]["code"]: feature["properties"] for feature in features[Level.TOWNSHIP]}
    return _Sheet(
        view_box=canvas.view_box,
        paths={
            level: {feature["properties"]["code"]: canvas.path(_rings(feature)) for feature in found}
            for level, found in features.items()
        },
        places={code: Point(*canvas.at(*properties["label"])) for code, properties in townships.items()},
        names={code: properties["name"] for code, properties in townships.items()},
    )


def _features(level: Level) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(outlines_of(level).plain())["features"]
    return found


def _rings(feature: Mapping[str, Any]) -> list[list[list[float]]]:
    geometry = feature["geometry"]
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring for part in parts for ring in part]
