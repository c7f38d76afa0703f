"""
What a case's clocks are reckoned from, in short: which status it entered when and under whom, and time that was given.

The timeline says the same at length, with who decided and why; `story_of` turns it
into the same marks. They stand on the case so that the clocks of a million cases
can be reckoned anew without reading a timeline. They are named tuples because a
frozen dataclass takes three times as long to make, which a million cases feel.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from onegrid.cases.states import Status

_ENTERED, _EXTENDED = "s", "e"
_HOLDER, _LEAD, _UNTIL, _ROUND = 3, 4, 5, 6  # where each stands in a kept mark; empty ones at the end are left out
_STATUSES = {status.value: status for status in Status}


class Entered(NamedTuple):
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


class Extended(NamedTuple):
    """The handling limit of the unit that led then was extended by hours, in the unit of the limit (延期)."""

    at: datetime
    hours: float


Mark = Entered | Extended
KeptMark = Sequence[Any]  # as it stands on the case, in JSON


def kept(mark: Mark) -> KeptMark:
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


def read(rows: Iterable[KeptMark]) -> list[Mark]:
    """Return the marks that are kept on a case, as they were made."""
    return [_read(row) for row in rows]


def _read(row: KeptMark) -> Mark:
    at, length = datetime.fromtimestamp(row[1], UTC), len(row)
    if row[0] == _EXTENDED:
        return Extended(at, row[2])
    return Entered(
        at,
        _STATUSES[row[2]],
        _unit(row[3]) if length > _HOLDER else None,
        _unit(row[4]) if length > _LEAD else None,
        _moment(row[5]) if length > _UNTIL else None,
        length > _ROUND,
    )


@lru_cache(maxsize=4096)  # the same few hundred units in a million marks
def _unit(name: str) -> UUID | None:
    return UUID(name) if name else None


def _moment(seconds: float) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
