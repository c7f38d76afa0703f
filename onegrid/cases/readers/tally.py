"""How the cases that somebody asks for lie over the district, in one statement for every level."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Q

from onegrid.accounts.public import User
from onegrid.cases.readers.selection import Selection, selected


class GridTally(NamedTuple):
    """The cases of one grid, by the codes and names it had when they were placed: all, due in time, late."""

    township_code: str
    community_code: str
    grid_code: str
    township_name: str
    community_name: str
    grid_name: str
    cases: int
    due: int
    late: int


def tally(selection: Selection, *, by: User, at: datetime, until: datetime) -> list[GridTally]:
    """Count the cases of each grid; due are those whose running stage ends from now `until` then."""
    rows = (
        selected(selection, by=by, at=at)
        .order_by()
        .values_list(*GridTally._fields[:6])
        .annotate(
            cases=Count("pk"),
            due=Count("pk", filter=Q(stage_due_at__gte=at, stage_due_at__lt=until)),
            late=Count("pk", filter=Q(stage_due_at__lt=at)),
        )
    )
    return [GridTally(*row) for row in rows]
