"""The townships of today with how many cases lie in each, as a map and as the same numbers in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from onegrid.core.installation import area_named
from onegrid.geography.public import Area, Level
from onegrid.portal.readers.nearby import State, Tally
from onegrid.portal.rules.drawing import sheet_for

HEIGHT = 260
SHADES = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Township:
    """One township: its outline, where its number stands, how dark it is, and its count."""

    code: str
    name: str
    path: str
    x: float
    y: float
    shade: int
    count: int
    is_chosen: bool


def standing(on: date) -> list[Area]:
    """Return the townships that stand on a day. One statement."""
    return list(Area.objects.standing_on(on).filter(level=Level.TOWNSHIP).order_by("code"))


def townships(areas: Sequence[Area], counts: Tally, *, state: State, chosen: str) -> Sequence[Township]:
    """Return the townships with their counts, most cases first."""
    if not areas:
        return []
    sheet = sheet_for([area.outline for area in areas], height=HEIGHT)
    numbers = {area.code: counts.of(state, area.code) for area in areas}
    most = max(numbers.values()) or 1
    found = []
    for area in areas:
        x, y = sheet.at(area.label_at)
        found.append(
            Township(
                code=area.code,
                name=area_named(area.name),
                path=sheet.path(area.outline),
                x=x,
                y=y,
                shade=min(SHADES - 1, numbers[area.code] * SHADES // (most + 1)),
                count=numbers[area.code],
                is_chosen=area.code == chosen,
            )
        )
    return sorted(found, key=lambda township: -township.count)
