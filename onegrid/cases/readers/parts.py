"""
A list in parts that follow each other, each along its own index: cases with a limit, then those without.

Of those without one a list of open cases shows the oldest first, for nothing else drives them; any other list holds
what is over too, and shows what was reported last.

Where words are searched, it depends on how many cases hold them (`Spread`). Open cases are few and have an index of
words of their own: what it finds is sorted. Of those that are over, words that many hold are looked for case by case in
the order of the list until it is full; others are gathered and sorted. That is not left to the planner, which knows
only the most common words, and not that manholes are covered at once and lamps mended late.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import UUID

import msgspec
from django.db.models import F, Func, Q, QuerySet
from django.db.models.expressions import OrderBy

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.models.seen import Known
from onegrid.cases.readers.selection import Piece, Selection, opened, selected_in_pieces
from onegrid.cases.readers.spread import Spread
from onegrid.core.pagination import UnknownCursorError, cursor, place
from onegrid.core.queries import Unindexed


class Last(NamedTuple):
    """The case behind which a list goes on: until when its limit runs, when it was reported."""

    due: datetime | None
    reported_at: datetime
    pk: UUID


RowT = TypeVar("RowT", bound="Row")

SOONEST, LATEST, _OLDEST = ("stage_due_at", "pk"), ("-reported_at", "-pk"), ("pk",)


class Order(StrEnum):
    """What comes first: the case due soonest, or the one reported last."""

    DUE = "due"
    NEWEST = "newest"


class _Place(msgspec.Struct, frozen=True, array_like=True):
    order: str
    due: datetime | None
    reported_at: datetime
    pk: UUID


class Row(Protocol):
    """What sorts a case in a list."""

    @property
    def id(self) -> UUID: ...
    @property
    def reported_at(self) -> datetime: ...
    @property
    def stage_due_at(self) -> datetime | None: ...


class Part(NamedTuple):
    """Which cases it holds, by which columns they are sorted, and whether all of them are open, or are over."""

    holds: Callable[[CaseQuerySet], CaseQuerySet]
    keys: tuple[str, ...]
    is_open: bool | None = None

    def first(
        self, selection: Selection, *, fields: Sequence[str | Func], limit: int, by: User, at: datetime, spread: Spread
    ) -> QuerySet[Case, tuple[Any, ...]]:
        """Return the first of its cases in order; `spread` is that of the words, if any are searched."""
        asked = opened(selection) if self.is_open else selection
        walks = spread.walks(is_open=asked.is_open or self.is_open)
        found = []
        order = Known.LATEST if self.keys == LATEST else Known.EVERY
        for piece in selected_in_pieces(asked, by=by, at=at, walks=walks, order=order):
            cases = timed(piece.cases, gathers=piece.gathers) if self.is_open else piece.cases
            found.append(Piece(self.holds(cases), piece.gathers))
        return together(found, *self.keys, fields=fields, limit=limit)


def timed(cases: CaseQuerySet, *, gathers: bool) -> CaseQuerySet:
    """
    Return cases with `due`, until when the running limit is; all that have one are open.

    Where words are gathered no index knows it: to lay out everything that has a limit takes longer than they do.
    """
    return cases.alias(due=Unindexed("stage_due_at") if gathers else F("stage_due_at"))


def together(
    found: Sequence[Piece], *names: str, fields: Sequence[str | Func], limit: int
) -> QuerySet[Case, tuple[Any, ...]]:
    """
    Return the first cases, in an order, of what several pieces hold that have nothing in common.

    Of each no more is read than that. What has no limit comes last, as PostgreSQL sorts it.
    """
    first, *others = (
        sorted_by(piece.cases, *names, gathers=piece.gathers).values_list(*fields)[:limit] for piece in found
    )
    return first.union(*others, all=True).order_by(*names)[:limit] if others else first


def beginning_of(
    found: Sequence[Piece], order: Order, *, fields: Sequence[str | Func], limit: int
) -> QuerySet[Case, tuple[Any, ...]]:
    """Return the first cases of a list of open ones at once, whatever parts they stand in."""
    return together(found, *(LATEST if order is Order.NEWEST else SOONEST), fields=fields, limit=limit)


def in_order(rows: Iterable[RowT], order: Order, *, is_open: bool | None) -> list[RowT]:
    """Return some cases as they follow each other in a list, of open ones or not."""
    soonest, latest, oldest = attrgetter("stage_due_at", "id"), attrgetter("reported_at", "id"), attrgetter("id")
    by_latest = sorted(rows, key=latest, reverse=True)
    if order is Order.NEWEST:
        return by_latest
    timed = sorted((row for row in by_latest if row.stage_due_at), key=soonest)
    untimed = [row for row in by_latest if not row.stage_due_at]
    return timed + (sorted(untimed, key=oldest) if is_open else untimed)


def place_in(after: str, order: Order) -> Last | None:
    """
    Return behind which case a list of an order goes on; nothing at its beginning.

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    if not after:
        return None
    last = place(after, _Place)
    if last.order != order:
        raise UnknownCursorError
    return Last(last.due, last.reported_at, last.pk)


def place_of(row: Row, order: Order) -> str:
    """Return the place of a case in a list of an order, as `place_in` reads it."""
    return cursor(order, row.stage_due_at, row.reported_at, row.id)


def parts(order: Order, *, is_open: bool | None, last: Last | None) -> tuple[Part, ...]:
    """Return what is read one after the other, from the beginning or behind a case; `is_open` tells that all are."""
    if order is Order.NEWEST:
        return (Part(partial(_reported_before, last=last), LATEST),)
    with_limit = Part(partial(_timed, last=last), SOONEST, is_open=True)
    behind = last if last and last.due is None else None
    without = Part(partial(_untimed, is_open=is_open, last=behind), keys_without_limit(is_open=is_open), is_open=False)
    return (without,) if behind else (with_limit, without)


def keys_without_limit(*, is_open: bool | None) -> tuple[str, ...]:
    """Return by which columns cases without a limit are sorted, in a list that is of open cases or not."""
    return _OLDEST if is_open else LATEST


def sorted_by(cases: CaseQuerySet, *names: str, gathers: bool) -> CaseQuerySet:
    """Sort cases by columns: along an index, or after all of them have been gathered."""
    return cases.order_by(*(_key(name, gathers=gathers) for name in names))


def _key(name: str, *, gathers: bool) -> OrderBy:
    column = name.removeprefix("-")
    return OrderBy(Unindexed(column) if gathers else F(column), descending=name.startswith("-"))


def _reported_before(cases: CaseQuerySet, *, last: Last | None) -> CaseQuerySet:
    if last is None:
        return cases
    # The first condition bounds the index, the second settles the same moment.
    rest = Q(reported_at__lt=last.reported_at) | Q(reported_at=last.reported_at, pk__lt=last.pk)
    return cases.filter(rest, reported_at__lte=last.reported_at)


def _timed(cases: CaseQuerySet, *, last: Last | None) -> CaseQuerySet:
    cases = cases.filter(Q(due__isnull=False))
    if last is None:
        return cases
    rest = Q(due__gt=last.due) | Q(due=last.due, pk__gt=last.pk)
    return cases.filter(rest, Q(due__gte=last.due))


def _untimed(cases: CaseQuerySet, *, is_open: bool | None, last: Last | None) -> CaseQuerySet:
    cases = cases.filter(stage_due_at__isnull=True)
    if last and is_open:
        return cases.filter(pk__gt=last.pk)
    return _reported_before(cases, last=last)
