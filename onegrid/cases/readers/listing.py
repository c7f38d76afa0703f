"""Cases in a list: page by page, by the running limit or by when they were reported."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec
from django.db.models import Q

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.readers.selection import Selection, has_common_words, selected
from onegrid.core.pagination import PAGE_SIZE, Slice, UnknownCursorError, cursor, place


class _Place(msgspec.Struct, frozen=True, array_like=True):
    order: str
    moment: datetime | None
    pk: UUID


class Order(StrEnum):
    """What comes first: the case due soonest, or the one reported last."""

    DUE = "due"
    NEWEST = "newest"


def listing(
    selection: Selection, *, order: Order, by: User, at: datetime, after: str = "", limit: int = PAGE_SIZE
) -> Slice[Case]:
    """
    Return one page of the cases asked for, in at most two statements; three where words are searched.

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    cases = selected(selection, by=by, at=at, is_common=has_common_words(selection)).select_related("assignee")
    last = _place(after, order)
    rows = _by_due(cases, last, limit + 1) if order is Order.DUE else _newest(cases, last, limit + 1)
    shown = rows[:limit]
    if len(rows) <= limit:
        return Slice(rows=shown)
    end = shown[-1]
    return Slice(
        rows=shown, next_after=cursor(order, end.stage_due_at if order is Order.DUE else end.reported_at, end.pk)
    )


def _place(after: str, order: Order) -> tuple[datetime | None, UUID] | None:
    if not after:
        return None
    last = place(after, _Place)
    if last.order != order or (last.moment is None and order is Order.NEWEST):
        raise UnknownCursorError
    return last.moment, last.pk


def _newest(cases: CaseQuerySet, last: tuple[datetime | None, UUID] | None, limit: int) -> Sequence[Case]:
    if last:
        moment, pk = last
        # The first condition bounds the index, the second settles the same moment.
        cases = cases.filter(Q(reported_at__lt=moment) | Q(reported_at=moment, pk__lt=pk), reported_at__lte=moment)
    return list(cases.order_by("-reported_at", "-pk")[:limit])


def _by_due(cases: CaseQuerySet, last: tuple[datetime | None, UUID] | None, limit: int) -> Sequence[Case]:
    """Read those with a limit, then those without: each part walks one end of the same index."""
    moment, pk = last or (None, None)
    rows: list[Case] = []
    if last is None or moment is not None:
        timed = cases.filter(stage_due_at__isnull=False)
        if moment is not None:
            timed = timed.filter(
                Q(stage_due_at__gt=moment) | Q(stage_due_at=moment, pk__gt=pk), stage_due_at__gte=moment
            )
        rows += timed.order_by("stage_due_at", "pk")[:limit]
    if len(rows) < limit:
        untimed = cases.filter(stage_due_at__isnull=True)
        if last is not None and moment is None:
            untimed = untimed.filter(pk__gt=pk)
        rows += untimed.order_by("pk")[: limit - len(rows)]
    return rows
