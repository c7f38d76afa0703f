"""The areas of an edition as geography wants them drawn."""

from collections.abc import Iterator, Mapping

from onegrid.core.fields import Point
from onegrid.geography.public import Drawing, Level
from onegrid.packs.rules.outlines import label_point, parent_of
from onegrid.packs.rules.pack import Edition
from onegrid.packs.rules.succession import Former


def drawings(edition: Edition) -> Iterator[Drawing]:
    """Return every area of an edition, parents before what lies in them."""
    district = ""
    for sheet in edition.sheets:
        for feature in sheet.features.values():
            properties, geometry = feature["properties"], feature["geometry"]
            district = district or properties["code"]
            yield Drawing(
                code=properties["code"],
                name=properties["name"],
                level=Level(sheet.level),
                parent=parent_of(feature, sheet.level, district),
                outline={"type": geometry["type"], "coordinates": geometry["coordinates"]},
                label_at=Point(*label_point(properties, geometry)),
            )


def formers(edition: Edition) -> Mapping[str, Former]:
    """Return an edition's grids as areas that may since have been redrawn, by code."""
    parents = {drawing.code: drawing.parent for drawing in drawings(edition)}
    return {
        drawing.code: Former(drawing.code, drawing.level.value, parents[drawing.parent or ""] or "", drawing.label_at)
        for drawing in drawings(edition)
        if drawing.level is Level.GRID
    }
