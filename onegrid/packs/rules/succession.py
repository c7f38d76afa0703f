"""Which area takes the place of one that is closed: the one with its code, or else the nearest."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onegrid.core.fields import Point
from onegrid.geography.public import Area, meters_between


@dataclass(frozen=True)
class Former:
    """An area that may no longer stand."""

    code: str
    level: str
    township: str  # its code; empty for the district
    label_at: Point


class Succession:
    """The areas that stand, ready to be asked for successors."""

    def __init__(self, standing: Iterable[Area]) -> None:
        """Sort them by code and by level and township."""
        self.by_code: Mapping[str, Area] = {area.code: area for area in standing}
        self._near: dict[tuple[str, str], list[Area]] = {}
        for area in self.by_code.values():
            self._near.setdefault((area.level, township_of(area.path)), []).append(area)

    def of(self, former: Former) -> Area | None:
        """Return the area with the same code, else the nearest of its level in its township, else nothing."""
        same = self.by_code.get(former.code)
        if same is not None and same.level == former.level:
            return same
        return min(
            self._near.get((former.level, former.township), ()),
            key=lambda area: (meters_between(area.label_at, former.label_at), area.code),
            default=None,
        )


def township_of(path: str) -> str:
    """Return the code of the township in a path, empty for the district itself."""
    return [*path.split("/"), ""][1]
