"""How sure a suggestion is, in words; and whether such words come true."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

LIKELY, PERHAPS = 0.8, 0.35
BINS: Final = 10


class Confidence(StrEnum):
    """How sure a suggestion is."""

    VERY_LIKELY = "very_likely"
    POSSIBLE = "possible"
    UNSURE = "unsure"


def confidence(share: float) -> Confidence:
    """Return the word for a probability."""
    if share >= LIKELY:
        return Confidence.VERY_LIKELY
    return Confidence.POSSIBLE if share >= PERHAPS else Confidence.UNSURE


def calibration_error(said: Sequence[float], right: Sequence[bool]) -> float:
    """Return by how much the probability that was said differs from what came true, on average over ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for share, is_right in zip(said, right, strict=True):
        bins[min(int(share * BINS), BINS - 1)].append((share, is_right))
    off = sum(abs(sum(share - is_right for share, is_right in held)) for held in bins)
    return off / len(said) if said else 0.0
