"""
Marks: what a page had seen when it was drawn, as PostgreSQL's own snapshot of transactions.

`12:15:12,13` says: everything before 12 was there, 12 and 13 were still under
way, nothing from 15 on had begun. However transactions overlap, each change is
on one side of a mark, so that between two marks nothing is lost and nothing told twice.
"""

import re
from dataclasses import dataclass

from onegrid.core.errors import InvalidInputError

_FORM = re.compile(r"(\d{1,19}):(\d{1,19}):((?:\d{1,19},)*\d{1,19})?")
LONGEST = 4000


class NotAMarkError(InvalidInputError):
    """Somebody made the mark up."""


@dataclass(frozen=True)
class Mark:
    """A snapshot of transactions that can be asked."""

    text: str
    first_open: int
    next: int
    open: frozenset[int]

    def covers(self, xid: int) -> bool:
        """Test if the changes of a transaction were there when the mark was made."""
        return xid < self.first_open or (xid < self.next and xid not in self.open)


def mark(text: str) -> Mark:
    """
    Read a mark.

    :raises NotAMarkError: if it is none.
    """
    match = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if match is None:
        raise NotAMarkError(text[:80])
    first_open, following = int(match[1]), int(match[2])
    under_way = [int(xid) for xid in match[3].split(",")] if match[3] else []
    is_in_order = under_way == sorted(set(under_way)) and all(first_open <= xid < following for xid in under_way)
    if not 0 < first_open <= following or not is_in_order:
        raise NotAMarkError(text[:80])
    return Mark(text, first_open, following, frozenset(under_way))
