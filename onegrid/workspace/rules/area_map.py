"""How counts become a map: sums by level, shades of one hue, outlines as SVG paths, labels that keep apart."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, radians

from onegrid.cases.public import GridTally
from onegrid.core.fields import Point
from onegrid.geography.public import Level

WIDTH, MARGIN = 2000, 28  # of the drawing, in its own units
LETTER, DIGIT, GAP, LINE = 31, 18, 12, 46  # of its labels
SHADES = 5
CROWDED = 0.12  # no larger part of the areas with cases has the darkest shade
SCALES = tuple(factor * 10**power for power in range(7) for factor in (1, 2, 5))
ENDINGS = ("街道", "镇", "乡")

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True, slots=True)
class Sum:
    """How many cases, how many due in time today, how many late."""

    cases: int = 0
    due: int = 0
    late: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        return Sum(self.cases + other.cases, self.due + other.due, self.late + other.late)


def roll_up(tallies: Iterable[GridTally]) -> dict[Level, dict[str, Sum]]:
    """Return the sums of every level by code, so that a grid of an older edition still counts for its township."""
    levels = {Level.TOWNSHIP: 0, Level.COMMUNITY: 1, Level.GRID: 2}
    sums: dict[Level, dict[str, list[int]]] = {level: {} for level in levels}
    for row in tallies:
        for level, position in levels.items():
            found = sums[level].setdefault(str(row[position]), [0, 0, 0])
            found[0] += row.cases
            found[1] += row.due
            found[2] += row.late
    return {level: {code: Sum(*found) for code, found in by_code.items()} for level, by_code in sums.items()}


def steps(counts: Collection[int]) -> tuple[int, ...]:
    """Return the smallest count of each shade but the lightest; few areas get the darkest, whatever the numbers."""
    filled = [count for count in counts if count]
    for scale in SCALES:
        bounds = (1, 2 * scale, 3 * scale, 5 * scale)
        if sum(count >= bounds[-1] for count in filled) <= CROWDED * len(filled):
            return bounds
    return (1, 2 * SCALES[-1], 3 * SCALES[-1], 5 * SCALES[-1])


def shade(count: int, bounds: Sequence[int]) -> int:
    """Return the shade of a count, 0 for none."""
    return sum(count >= bound for bound in bounds)


def ranges(bounds: Sequence[int]) -> list[str]:
    """Return what each shade stands for, as a legend says it; the last one goes on."""
    inner = [str(low) if high - low == 1 else f"{low}–{high - 1}" for low, high in pairwise(bounds)]
    return ["0", *inner, f"{bounds[-1]}+"]


def short(name: str) -> str:
    """Return the name of a township as a label says it: 梧田 for 梧田街道."""
    ending = next((ending for ending in ENDINGS if name.endswith(ending) and len(name) > len(ending) + 1), "")
    return name.removesuffix(ending)


class Canvas:
    """From degrees to the drawing's units: flat, north up, the whole of the outlines within the margins."""

    def __init__(self, rings: Iterable[Ring]) -> None:
        points = [point for ring in rings for point in ring]
        self.west, self.north = min(x for x, *_ in points), max(y for _, y, *_ in points)
        east, south = max(x for x, *_ in points), min(y for _, y, *_ in points)
        self._across = WIDTH / (east - self.west)
        self._down = self._across / cos(radians((self.north + south) / 2))
        self.height = round((self.north - south) * self._down)

    @property
    def view_box(self) -> str:
        """Return the drawing with its margins, as SVG writes it."""
        return f"{-MARGIN} {-MARGIN} {WIDTH + 2 * MARGIN} {self.height + 2 * MARGIN}"

    def at(self, lon: float, lat: float) -> tuple[int, int]:
        """Return where a place lies on the drawing."""
        return round((lon - self.west) * self._across), round((self.north - lat) * self._down)

    def path(self, rings: Iterable[Ring]) -> str:
        """Return rings as an SVG path, in steps from point to point, which are shorter to write."""
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Ring) -> str:
        here, *rest = [self.at(lon, lat) for lon, lat, *_height in ring[:-1]]
        parts = [f"M{here[0]} {here[1]}l"]
        for there in rest:
            if there != here:
                parts.append(f"{there[0] - here[0]} {there[1] - here[1]} ")
                here = there
        return "".join(parts).rstrip(" l").replace(" -", "-") + "z"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A township's name and, unless `is_bare`, its numbers on the drawing; `x` and `y` are the corner of its box."""

    code: str
    name: str
    cases: int
    late: int
    x: int
    y: int
    is_bare: bool = False

    @property
    def width(self) -> int:
        """Return the width of the box around the words."""
        return 2 * GAP + self._words + (LETTER + DIGIT * len(str(self.late)) + GAP if self.late else 0)

    @property
    def mark_x(self) -> int:
        """Return where the mark for lateness begins, within the box."""
        return GAP + self._words + GAP

    @property
    def late_x(self) -> int:
        """Return where the number of late cases begins, within the box."""
        return self.mark_x + 26

    @property
    def _words(self) -> int:
        letters = sum(LETTER if ord(letter) > 0x2E7F else DIGIT for letter in self.name)  # noqa: PLR2004 — where 汉字 begin
        return letters if self.is_bare else letters + GAP + DIGIT * len(str(self.cases))

    def hits(self, other: "Label") -> bool:
        """Tell whether two boxes overlap."""
        aside = self.x < other.x + other.width and other.x < self.x + self.width
        return aside and abs(self.y - other.y) < LINE


def placed(
    names: Mapping[str, str], sums: Mapping[str, Sum], places: Mapping[str, Point], *, home: Collection[str] = ()
) -> list[Label]:
    """
    Return labels around their places (on the drawing), each moved down or up to the first free line.

    Beside the areas of `home`, if there are any, what holds no case is only named.
    """
    done: list[Label] = []
    for code in sorted(names, key=lambda code: -sums.get(code, Sum()).cases):
        found = sums.get(code, Sum())
        is_bare = bool(home) and code not in home and not found.cases
        label = Label(code=code, name=names[code], cases=found.cases, late=found.late, x=0, y=0, is_bare=is_bare)
        x, y = places[code]
        label = replace(label, x=round(x) - label.width // 2, y=round(y) - LINE // 2)
        moves = [label.y, *(label.y + sign * LINE * far // 2 for far in (1, 2, 3) for sign in (1, -1))]
        tried = [replace(label, y=moved) for moved in moves]
        done.append(next((one for one in tried if not any(one.hits(other) for other in done)), label))
    return done
