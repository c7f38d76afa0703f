"""
A list in parts that follow each other, each along its own index: cases with a limit, then those without.

Where words are searched, it depends on how many cases hold them (`Spread`). Open cases are few and have an index of
words of their own: what it finds is sorted. Of those that are over, words that many hold are looked for case by case in
the order of the list until it is full; others are gathered and sorted. That is not left to the planner, which knows
only the most common words, and not that manholes are covered at once and lamps mended late.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import F, Func, Q, QuerySet
from django.db.models.expressions import OrderBy

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet, seen_by_area
from onegrid.cases.readers.selection import Selection, Spread, asks_for_words, opened, selected_in_parts
from onegrid.core.pagination import UnknownCursorError, place
from onegrid.core.queries import Unindexed

Last = tuple[datetime | None, UUID]  # the moment and the id of the last case that was read


class Order(StrEnum):
    """What comes first: the case due soonest, or the one reported last."""

    DUE = "due"
    NEWEST = "newest"


class _Place(msgspec.Struct, frozen=True, array_like=True):
    order: str
    moment: datetime | None
    pk: UUID


class Part(NamedTuple):
    """Which cases it holds, by which columns they are sorted, and whether all of them are open, or are over."""

    holds: Callable[[CaseQuerySet], CaseQuerySet]
    keys: tuple[str, ...]
    is_open: bool | None = None

    def first(
        self, selection: Selection, *, fields: Sequence[str | Func], limit: int, by: User, at: datetime, spread: Spread
    ) -> QuerySet[Case, tuple[Any, ...]]:
        """Return the first of its cases in order; `spread` is that of the words, if any are searched."""
        seeks = asks_for_words(selection)
        asked = opened(selection) if seeks and self.is_open else selection
        # Of what is over, no index has the order of one area.
        past_others = self.is_open is False and (bool(asked.area) or seen_by_area(by) is not None)
        walks = spread.walks(is_open=asked.is_open or self.is_open, past_others=past_others)
        gathers = seeks and not walks
        found = selected_in_parts(asked, by=by, at=at, walks=walks)
        if self.is_open:
            found = [timed(each, gathers=gathers) for each in found]
        return together([self.holds(each) for each in found], *self.keys, fields=fields, limit=limit, gathers=gathers)


def timed(cases: CaseQuerySet, *, gathers: bool) -> CaseQuerySet:
    """
    Return cases with `due`, until when the running limit is; all that have one are open.

    Where words are gathered no index knows it: to lay out everything that has a limit takes longer than they do.
    """
    return cases.alias(due=Unindexed("stage_due_at") if gathers else F("stage_due_at"))


def together(
    found: Sequence[CaseQuerySet], *names: str, fields: Sequence[str | Func], limit: int, gathers: bool = False
) -> QuerySet[Case, tuple[Any, ...]]:
    """
    Return the first cases, in an order, of what several querysets hold that have nothing in common.

    Of each no more is read than that. What has no limit comes last, as PostgreSQL sorts it.
    """
    first, *others = (sorted_by(each, *names, gathers=gathers).values_list(*fields)[:limit] for each in found)
    return first.union(*others, all=True).order_by(*names)[:limit] if others else first


def place_in(after: str, order: Order) -> Last | None:
    """
    Return behind which case a list of an order goes on; nothing at its beginning.

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    if not after:
        return None
    last = place(after, _Place)
    if last.order != order or (last.moment is None and order is Order.NEWEST):
        raise UnknownCursorError
    return last.moment, last.pk


def parts(order: Order, last: Last | None) -> tuple[Part, ...]:
    """Return what is read one after the other, from the beginning or behind a case."""
    if order is Order.NEWEST:
        return (Part(partial(_reported_before, last=last), ("-reported_at", "-pk")),)
    if last and last[0] is None:
        return (Part(partial(_untimed, after=last[1]), ("pk",), is_open=False),)
    with_limit = Part(partial(_timed, last=last), ("stage_due_at", "pk"), is_open=True)
    return with_limit, Part(_untimed, ("pk",), is_open=False)


def sorted_by(cases: CaseQuerySet, *names: str, gathers: bool) -> CaseQuerySet:
    """Sort cases by columns: along an index, or after all of them have been gathered."""
    return cases.order_by(*(_key(name, gathers=gathers) for name in names))


def _key(name: str, *, gathers: bool) -> OrderBy:
    column = name.removeprefix("-")
    return OrderBy(Unindexed(column) if gathers else F(column), descending=name.startswith("-"))


def _reported_before(cases: CaseQuerySet, *, last: Last | None) -> CaseQuerySet:
    if last is None:
        return cases
    moment, pk = last
    # The first condition bounds the index, the second settles the same moment.
    rest = Q(reported_at__lt=moment) | Q(reported_at=moment, pk__lt=pk)
    return cases.filter(rest, reported_at__lte=moment)


def _timed(cases: CaseQuerySet, *, last: Last | None) -> CaseQuerySet:
    cases = cases.filter(Q(due__isnull=False))
    if last is None:
        return cases
    moment, pk = last
    rest = Q(due__gt=moment) | Q(due=moment, pk__gt=pk)
    return cases.filter(rest, Q(due__gte=moment))


def _untimed(cases: CaseQuerySet, *, after: UUID | None = None) -> CaseQuerySet:
    cases = cases.filter(stage_due_at__isnull=True)
    return cases.filter(pk__gt=after) if after else cases
