"""
How a kind of matter may be handled beyond its plain way: more time, pauses, disputes, checks.

The national standards leave these figures to the place (GB/T 30428.8 names the means,
not the numbers), so they are data of the pack, and what is not said there has the
values below. Levels name who decides: `unit` the head of the unit that asks,
`township` and `district` the centre there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

GRANTING = ("unit", "township", "district")


@dataclass(frozen=True, kw_only=True, slots=True)
class Procedure:
    """
    What a category allows.

    - `extensions`: how often the handling limit may be extended (延期); 0 never.
    - `extension_share`: how long each extension may be at most, in parts of the original handling limit.
    - `extension_levels`: who grants the first, the second …; the last one also all that follow.
    - `suspension_days`: how long a case may be suspended (挂账), once, in days; 0 never.
    - `suspension_level`: who grants it.
    - `verification`: `always`, or `sampled` where only a part of what is reported done is looked at.
    - `sampled_percent`, `on_the_spot_percent`: how much of it, and of what was solved on the spot.
    - `dispute_hours`: how long deciding a dispute may take, in the centre's hours.
    - `returns_before_dispute`: the return that opens a dispute by itself.
    - `supervision_hours`: how long a unit has to answer a supervision order (督办), by its kind.
    - `nudge_hours`: how long a reporter waits between two nudges (催办).
    - `appeal_days`: within how many days after closing lateness may be appealed (申诉); 0 never.
    """

    extensions: int = 2
    extension_share: float = 1.0
    extension_levels: tuple[str, ...] = ("township", "district")
    suspension_days: int = 365
    suspension_level: str = "district"
    verification: str = "always"
    sampled_percent: float = 5.0
    on_the_spot_percent: float = 5.0
    dispute_hours: float = 16.0
    returns_before_dispute: int = 3
    supervision_hours: Mapping[str, float] = field(
        default_factory=lambda: {"overdue": 24.0, "leader": 48.0, "important": 48.0}
    )
    nudge_hours: float = 24.0
    appeal_days: int = 10

    def extension_level(self, granted: int) -> str:
        """Return who grants the next extension after so many."""
        return self.extension_levels[min(granted, len(self.extension_levels) - 1)]

    def answer_hours(self, kind: str) -> float:
        """Return how long a unit has to answer a supervision order; what a pack leaves out is as usual."""
        return self.supervision_hours.get(kind, USUAL.supervision_hours[kind])


USUAL = Procedure()
_NAMES = frozenset(entry.name for entry in fields(Procedure))


def procedure_from(said: Mapping[str, Any]) -> Procedure:
    """
    Return the usual procedure with what a pack says otherwise.

    :raises ValueError: if it says something that no procedure has.
    """
    if unknown := set(said) - _NAMES:
        raise ValueError(", ".join(sorted(unknown)))
    levels = {"extension_levels": tuple(said["extension_levels"])} if "extension_levels" in said else {}
    return replace(USUAL, **{**said, **levels})
