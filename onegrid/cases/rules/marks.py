"""
What a case's clocks are reckoned from, in short: which status it entered when and under whom, and time that was given.

The timeline says the same at length, with who decided and why; `story_of` turns it
into the same marks. They stand on the case so that the clocks of a million cases
can be reckoned anew without reading a timeline.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from onegrid.cases.states import Status

_ENTERED, _EXTENDED = "s", "e"


@dataclass(frozen=True, slots=True)
class Entered:
    """
    A case came to a status.

    `holder` is who must act there, `lead` the unit that leads it then; `until` the end of a
    suspension that was said beforehand; `is_new_round` is true where it was reopened.
    """

    at: datetime
    status: Status
    holder: UUID | None = None
    lead: UUID | None = None
    until: datetime | None = None
    is_new_round: bool = False


@dataclass(frozen=True, slots=True)
class Extended:
    """The handling limit of the unit that led then was extended by hours, in the unit of the limit (延期)."""

    at: datetime
    hours: float


Mark = Entered | Extended


def kept(mark: Mark) -> list[Any]:
    """Return a mark as it is kept on the case; moments in seconds since 1970, to the microsecond."""
    if isinstance(mark, Extended):
        return [_EXTENDED, mark.at.timestamp(), mark.hours]
    tail = [
        mark.holder.hex if mark.holder else "",
        mark.lead.hex if mark.lead else "",
        mark.until.timestamp() if mark.until else 0,
        1 if mark.is_new_round else 0,
    ]
    while tail and not tail[-1]:
        tail.pop()
    return [_ENTERED, mark.at.timestamp(), mark.status.value, *tail]


def read(rows: Iterable[Sequence[Any]]) -> list[Mark]:
    """Return the marks that are kept on a case, as they were made."""
    return [_read(row) for row in rows]


def _read(row: Sequence[Any]) -> Mark:
    if row[0] == _EXTENDED:
        return Extended(_moment(row[1]), row[2])
    holder, lead, until, new_round = (list(row[3:]) + ["", "", 0, 0][len(row) - 3 :])[:4]
    return Entered(
        _moment(row[1]),
        Status(row[2]),
        UUID(holder) if holder else None,
        UUID(lead) if lead else None,
        _moment(until) if until else None,
        bool(new_round),
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
