"""The setting of a simulation: the places, kinds, people and phrases that this installation has."""

import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone

from onegrid.accounts.public import Duty
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Point
from onegrid.core.installation import demonstration_accounts
from onegrid.demonstration.readers.crew import Crew, crew
from onegrid.demonstration.rules import assumptions
from onegrid.demonstration.rules.kinds import Kinds
from onegrid.demonstration.rules.telling import Phrases
from onegrid.geography.public import Area, Level, Location, Locator, OutsideDistrictError, locator_for

TEXTS = "demonstration/texts.yaml"  # in the pack
_STREETS, _SPOTS = ("中心路", "北街", "河边路"), ("村口", "公交站旁", "菜场门口")  # where a pack names none
_SPREAD = 0.0009  # degrees around a grid's label, about a hundred meters


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all cases of a simulation share."""

    crew: Crew
    kinds: Kinds
    phrases: Phrases
    spots: Sequence[Point]  # the label of each grid, the busiest first
    by_township: Mapping[str, Sequence[Point]]  # the same, by the township's path
    locator: Locator  # of the areas of today

    def somewhere(self, draw: random.Random) -> Location:
        """Return a place by chance: some grids have ten times the cases of others."""
        spot = self.spots[int(len(self.spots) * draw.random() ** assumptions.CONCENTRATION)]
        return self.beside(spot, draw)

    def beside(self, spot: Point, draw: random.Random) -> Location:
        """Return where a point lies some steps from another, or that one itself if the steps leave the district."""
        try:
            return self.locator.locate(Point(spot.lon + draw.gauss(0, _SPREAD), spot.lat + draw.gauss(0, _SPREAD)))
        except OutsideDistrictError:
            return self.locator.locate(spot)


def setting(*, on: date) -> Setting:
    """Gather the setting from the pack that is loaded."""
    grids = Area.objects.standing().filter(level=Level.GRID).values_list("code", "path", "label_at")
    shown = Duty.objects.live().filter(user__username__in=demonstration_accounts(), area__level=Level.GRID)
    first = set(shown.values_list("area__code", flat=True))  # where a demonstration is tried, most happens
    mixed = sorted(grids, key=lambda grid: (grid[0] not in first, hashlib.sha256(grid[0].encode()).digest()))
    kinds = catalogue().leaves()
    return Setting(
        crew=crew(),
        kinds=Kinds(
            all=kinds,
            of_grid_workers=frozenset(kind.code for kind in kinds if catalogue().admission(kind.code, on=on)),
        ),
        phrases=_phrases(settings.PACK),
        spots=[Point(*label) for *_, label in mixed],
        by_township=_by_township([(path, Point(*label)) for _code, path, label in mixed]),
        locator=locator_for(timezone.localdate()),
    )


def _by_township(spots: Sequence[tuple[str, Point]]) -> Mapping[str, Sequence[Point]]:
    found: dict[str, list[Point]] = {}
    for path, spot in spots:
        found.setdefault(path.rsplit("/", 2)[0], []).append(spot)
    return found


def _phrases(pack: Path) -> Phrases:
    """Read what the pack says; one that says nothing calls every matter by its name."""
    file = pack / TEXTS
    said = yaml.safe_load(file.read_text(encoding="utf8")) if file.exists() else {}
    return Phrases(
        streets=said.get("streets", _STREETS), spots=said.get("spots", _SPOTS), matters=said.get("matters", {})
    )
