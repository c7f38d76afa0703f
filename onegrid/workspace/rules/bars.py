"""Pairs of bars along a line, as numbers for a drawing; the page draws them without any script or style."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 720, 160, 20
GAP = 0.25  # of the room of a pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: where it stands, how high it is, and where its number opens."""

    x: float
    y: float
    width: float
    height: float
    url: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two bars side by side, and what stands under them; `label` is empty where there is no room for it."""

    one: Bar
    two: Bar
    label: str
    middle: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one pair shows: two numbers, each with what it says and where it opens, under a label."""

    label: str
    numbers: tuple[int, int]
    says: tuple[str, str]
    urls: tuple[str, str]


def pairs(figures: Sequence[Figure], *, most_labels: int = 10) -> list[Pair]:
    """Return the bars for some pairs of numbers, highest to the top of the drawing."""
    if not figures:
        return []
    top = max(1, *(number for figure in figures for number in figure.numbers))
    room, every = WIDTH / len(figures), -(-len(figures) // most_labels)
    width = round(room * (1 - GAP) / 2, 1)
    found = []
    for place, figure in enumerate(figures):
        left = place * room + room * GAP / 2
        one, two = (
            _bar(figure, side, x=left + side * width, width=width, share=figure.numbers[side] / top) for side in (0, 1)
        )
        label = figure.label if place % every == 0 else ""
        found.append(Pair(one=one, two=two, label=label, middle=round(left + width, 1)))
    return found


def _bar(figure: Figure, side: int, *, x: float, width: float, share: float) -> Bar:
    room = HEIGHT - FOOT
    height = round(max(room * share, 1 if figure.numbers[side] else 0), 1)
    return Bar(
        x=round(x, 1), y=round(room - height, 1), width=width, height=height, url=figure.urls[side],
        says=figure.says[side],
    )  # fmt: skip
