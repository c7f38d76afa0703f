"""How much an open case near by looks like another: how far, which kind, which words, how old."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from typing import Final

WORDS_COUNTED: Final = 4
FRESH: Final = timedelta(days=30)


class Kinship(IntEnum):
    """How the categories of two cases stand to each other."""

    NONE = 0
    GROUP = 1
    SAME = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Likeness:
    """What two cases have in common, with the words of it; the greater `weight`, the more alike."""

    meters: float
    kinship: Kinship
    shared: Sequence[str]
    age: timedelta

    def weight(self, *, reach: float) -> float:
        """Return one number to rank by: words count most, then the kind, nearness, and that it is recent."""
        nearness = max(0.0, 1 - self.meters / reach)
        freshness = max(0.0, 1 - self.age / FRESH)
        return 1.5 * min(len(self.shared), WORDS_COUNTED) + self.kinship + 2 * nearness + 0.5 * freshness


def kinship(one: str, other: str) -> Kinship:
    """Return how two category codes stand to each other; an empty one is not known yet."""
    if not one or not other:
        return Kinship.NONE
    if one == other:
        return Kinship.SAME
    parents = one.rpartition(".")[0], other.rpartition(".")[0]
    return Kinship.GROUP if parents[0] and parents[0] == parents[1] else Kinship.NONE


def telling(terms: Collection[str], known: Collection[str]) -> frozenset[str]:
    """Return the terms that say what a matter is: those the catalogue has too, and no single Han character."""
    return frozenset(term for term in terms if term in known and (len(term) > 1 or term.isascii()))
