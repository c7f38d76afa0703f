"""Which unit of a pack is responsible for what, where: the nearest with the function, from the place upwards."""

from onegrid.packs.rules.outlines import standing_codes
from onegrid.packs.rules.pack import Pack


class Responsibility:
    """The functions of a pack's units by area."""

    def __init__(self, pack: Pack) -> None:
        """Learn who does what where, and the areas of the first edition."""
        self._have = {(row["function"], row["area"]) for row in pack["units"]}
        self.codes = set(pack["units"].column("code"))
        areas = standing_codes(pack.editions[0]) if pack.editions else {}
        self._townships = list(areas.get("township", ()))
        self._districts = list(areas.get("district", ()))

    def gap(self, function: str, level: str) -> str:
        """Return an area for which nobody with this function is responsible at a level, empty if there is none."""
        at_district = any((function, district) in self._have for district in self._districts)
        if level == "district":
            return "" if at_district else (self._districts or [""])[0]
        missing = (area for area in self._townships if (function, area) not in self._have)
        return "" if at_district else next(missing, "")

    def knows(self, name: str) -> bool:
        """Tell whether a rule's `@function` or unit code leads to a unit from every place."""
        return not self.gap(name[1:], "township") if name.startswith("@") else name in self.codes
