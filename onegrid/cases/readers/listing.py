"""Cases in a list: page by page, by the running limit or by when they were reported."""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Q

from onegrid.accounts.public import User
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.readers.compiled import compiled
from onegrid.cases.readers.selection import Selection, has_common_words, located, selected
from onegrid.core.fields import Point, point_of
from onegrid.core.pagination import PAGE_SIZE, Slice, UnknownCursorError, cursor, place
from onegrid.core.queries import sql_of
from onegrid.core.statements import Statement, Written


class _Place(msgspec.Struct, frozen=True, array_like=True):
    order: str
    moment: datetime | None
    pk: UUID


class Order(StrEnum):
    """What comes first: the case due soonest, or the one reported last."""

    DUE = "due"
    NEWEST = "newest"


class Listed(NamedTuple):
    """One case as a program reads it in a list."""

    id: UUID
    number: str
    version: int
    title: str
    status: str
    outcome: str
    category_id: UUID | None
    place: Point
    address: str
    grid_code: str
    township_name: str
    community_name: str
    lead_unit_id: UUID | None
    holder_unit_id: UUID | None
    assignee__display_name: str | None
    is_urgent: bool
    reported_at: datetime
    stage_started_at: datetime
    stage_yellow_at: datetime | None
    stage_due_at: datetime | None
    suspended_until: datetime | None
    due_at: datetime | None
    ended_at: datetime | None


_Last = tuple[datetime | None, UUID]
_Narrowed = Callable[[CaseQuerySet], CaseQuerySet]


def listing(
    selection: Selection, *, order: Order, by: User, at: datetime, after: str = "", limit: int = PAGE_SIZE
) -> Slice[Listed]:
    """
    Return one page of the cases asked for, in at most two statements; three where words are searched.

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    asked, common, last = located(selection), has_common_words(selection), _place(after, order)

    def read(narrowed: _Narrowed) -> list[Listed]:
        def write(at: datetime) -> Written:
            found = narrowed(selected(asked, by=by, at=at, is_common=common))
            return sql_of(found.values_list(*Listed._fields)[: limit + 1])

        # Only the beginning of a list is asked for again and again.
        if last:
            statement = Statement(*write(at))
        else:
            statement = compiled((narrowed, common, limit), write, by=by, selections=[asked])
        return [_listed(row) for row in statement.rows(at)]

    rows: list[Listed] = []
    for part in _parts(order, last):
        rows += read(part) if len(rows) <= limit else []
    shown = rows[:limit]
    if len(rows) <= limit:
        return Slice(rows=shown)
    end = shown[-1]
    return Slice(
        rows=shown, next_after=cursor(order, end.stage_due_at if order is Order.DUE else end.reported_at, end.id)
    )


def _listed(row: Sequence[Any]) -> Listed:
    listed = Listed._make(row)
    return listed._replace(place=point_of(str(listed.place)))


def _place(after: str, order: Order) -> _Last | None:
    if not after:
        return None
    last = place(after, _Place)
    if last.order != order or (last.moment is None and order is Order.NEWEST):
        raise UnknownCursorError
    return last.moment, last.pk


def _parts(order: Order, last: _Last | None) -> tuple[_Narrowed, ...]:
    """
    Return what is read one after the other.

    Those with a limit come before those without: each part walks one end of the same index.
    """
    if last is None:
        return (_by_report,) if order is Order.NEWEST else (_timed, _untimed)
    if order is Order.NEWEST:
        return (partial(_reported_before, last=last),)
    if last[0] is None:
        return (partial(_untimed_after, pk=last[1]),)
    return partial(_due_after, last=last), _untimed


def _by_report(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.order_by("-reported_at", "-pk")


def _reported_before(cases: CaseQuerySet, *, last: _Last) -> CaseQuerySet:
    moment, pk = last
    # The first condition bounds the index, the second settles the same moment.
    rest = Q(reported_at__lt=moment) | Q(reported_at=moment, pk__lt=pk)
    return _by_report(cases.filter(rest, reported_at__lte=moment))


def _timed(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.filter(stage_due_at__isnull=False).order_by("stage_due_at", "pk")


def _due_after(cases: CaseQuerySet, *, last: _Last) -> CaseQuerySet:
    moment, pk = last
    rest = Q(stage_due_at__gt=moment) | Q(stage_due_at=moment, pk__gt=pk)
    return _timed(cases.filter(rest, stage_due_at__gte=moment))


def _untimed(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.filter(stage_due_at__isnull=True).order_by("pk")


def _untimed_after(cases: CaseQuerySet, *, pk: UUID) -> CaseQuerySet:
    return _untimed(cases.filter(pk__gt=pk))
