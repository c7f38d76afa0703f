"""One line of the table: what was measured, against what, and whether that is what DESIGN §8 asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, kw_only=True)
class Row:
    """One measurement; `holds` is empty where nothing is asked of it."""

    work: str
    ours: str
    floor: str
    ratio: str
    statements: str = ""
    must: str = ""
    holds: bool | None = None


@dataclass(frozen=True)
class Pair:
    """Times of the same work done by us and by the floor, taken in turn, in milliseconds."""

    ours: Sequence[float]
    floor: Sequence[float]

    @property
    def ratio(self) -> float:
        """How many times as long as the floor we take, by the medians."""
        return median(self.ours) / median(self.floor)

    def spread(self, *, parts: int = 4) -> str:
        """Return the least and the greatest ratio among equal parts of the run."""
        size = max(1, len(self.ours) // parts)
        starts = range(0, size * parts, size)
        found = [Pair(self.ours[at : at + size], self.floor[at : at + size]).ratio for at in starts]
        return f"{min(found):.1f}–{max(found):.1f}"


def in_turn(ours: Callable[[], float], floor: Callable[[], float], *, seconds: float, most: int = 400) -> Pair:
    """Take both times in turn, so that what else the machine does hits both alike."""
    for _ in range(10):  # caches, plans and connections are warm from here on
        ours(), floor()
    pair: tuple[list[float], list[float]] = ([], [])
    while len(pair[0]) < most and sum(pair[0]) + sum(pair[1]) < seconds * 1000:
        pair[0].append(ours())
        pair[1].append(floor())
    return Pair(*pair)


def shown(milliseconds: float) -> str:
    """Return a time as a reader wants it."""
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:.0f} ms"  # noqa: PLR2004
