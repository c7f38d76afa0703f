"""
What is covered in the public copy of a photo: boxes that were found, boxes that officers drew, and which were lifted.

A box keeps its number for good. Looking through a photo again only ever adds boxes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import msgspec

DRAWN: Final = "drawn"
MOST: Final = 200  # of one photo
LEAST_SIDE: Final = 0.002  # of the picture's: less is a slip of the finger
_ROUNDING: Final = 0.0001
SAME: Final = 0.5  # two boxes that share more of both together show the same thing

Sides = tuple[float, float, float, float]


class Cover(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    One box, in parts of the picture's sides from its upper left corner.

    `kind` is `face`, `plate` or `drawn`; `by` names who drew it. `lifted` is the
    reason why the public sees what lies under it, and `lifted_by` who gave it.
    """

    number: int
    kind: str
    left: float
    top: float
    width: float
    height: float
    score: float = 0.0
    by: str = ""
    lifted: str = ""
    lifted_by: str = ""

    @property
    def sides(self) -> Sides:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverChange:
    """What an officer wants otherwise: boxes more, some lifted with a reason, some of the lifted covered again."""

    drawn: Sequence[Sides] = ()
    lifted: Collection[int] = ()
    covered: Collection[int] = ()
    reason: str = ""


def read_covers(kept: Sequence[Mapping[str, Any]]) -> list[Cover]:
    """Return the covers that a photo keeps."""
    return msgspec.convert(kept, list[Cover])


def as_kept(covers: Sequence[Cover]) -> list[dict[str, Any]]:
    """Return covers as a photo keeps them."""
    return [dict(msgspec.to_builtins(cover)) for cover in covers]


def boxes(covers: Sequence[Cover]) -> list[Sides]:
    """Return what is to be covered."""
    return [cover.sides for cover in covers if not cover.lifted]


def with_found(known: Sequence[Cover], found: Sequence[Cover]) -> list[Cover]:
    """Return what is known with what was found besides; nothing that is covered becomes visible by it."""
    new = [cover for cover in found if not any(overlap(cover.sides, other.sides) > SAME for other in known)]
    return _numbered(known, new)


def changed(known: Sequence[Cover], change: CoverChange, *, by: str) -> list[Cover]:
    """Return the covers as an officer wants them."""
    kept = [_changed(cover, change, by=by) for cover in known]
    drawn = [_drawn(sides, by=by) for sides in change.drawn]
    return _numbered(kept, drawn)


def is_possible(sides: Sides) -> bool:
    """Tell whether a box lies in the picture and is large enough to be meant."""
    left, top, width, height = sides
    inside = min(left, top) >= 0 and max(left + width, top + height) <= 1 + _ROUNDING
    return inside and min(width, height) >= LEAST_SIDE


def overlap(one: Sides, other: Sides) -> float:
    """Return how much of both together two boxes share, from 0 to 1."""
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return 0.0
    return wide * high / (one[2] * one[3] + other[2] * other[3] - wide * high)


def _changed(cover: Cover, change: CoverChange, *, by: str) -> Cover:
    if cover.number in change.lifted and not cover.lifted:
        return msgspec.structs.replace(cover, lifted=change.reason, lifted_by=by)
    if cover.number in change.covered:
        return msgspec.structs.replace(cover, lifted="", lifted_by="")
    return cover


def _drawn(sides: Sides, *, by: str) -> Cover:
    left, top, width, height = (round(side, 4) for side in sides)
    return Cover(number=0, kind=DRAWN, left=left, top=top, width=width, height=height, by=by)


def _numbered(known: Sequence[Cover], new: Sequence[Cover]) -> list[Cover]:
    first = max((cover.number for cover in known), default=0) + 1
    return [*known, *(msgspec.structs.replace(cover, number=first + place) for place, cover in enumerate(new))]
