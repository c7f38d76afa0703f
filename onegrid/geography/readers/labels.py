"""Where on a map the name of each area stands: read once, and again when the areas change."""

from collections.abc import Sequence
from typing import NamedTuple

from onegrid.core.fields import Box, Point
from onegrid.core.snapshots import Snapshot
from onegrid.geography.models import Area, Level
from onegrid.geography.rules import SNAPSHOT


class AreaLabel(NamedTuple):
    """An area by its code, with its name and the point where a map writes it."""

    code: str
    name: str
    label_at: Point
    is_standing: bool


def labels_in(level: Level, box: Box) -> list[AreaLabel]:
    """Return the areas of a level, former ones too, whose label lies in a box."""
    west, south, east, north = box
    return [
        label
        for label in _snapshot.get()[level]
        if west <= label.label_at.lon <= east and south <= label.label_at.lat <= north
    ]


def _build() -> dict[Level, Sequence[AreaLabel]]:
    found: dict[Level, dict[str, AreaLabel]] = {level: {} for level in Level}
    # An area that was redrawn under the same code is labeled where it lies now.
    rows = Area.objects.order_by("opens_on").values_list("level", "code", "name", "label_at", "closes_on")
    for level, code, name, label_at, closes_on in rows:
        found[Level(level)][code] = AreaLabel(code, name, label_at, closes_on is None)
    return {level: list(labels.values()) for level, labels in found.items()}


_snapshot = Snapshot(SNAPSHOT, _build)
