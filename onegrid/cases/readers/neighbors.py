"""
Where a case stands in a list: which comes before it, which after, how many there are.

One statement answers all of it, along the same indexes as the list itself, and
counts no further than anybody reads.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet, seen_by_area
from onegrid.cases.readers.parts import LATEST, SOONEST, Order, keys_without_limit, sorted_by
from onegrid.cases.readers.queue import COUNTED
from onegrid.cases.readers.selection import Selection, asks_for_words, located, selected, spread_of
from onegrid.core.queries import sql_of


@dataclass(frozen=True, kw_only=True)
class Neighbors:
    """
    The numbers of the cases beside one in a list, empty at its ends, and its place; counts stop at `COUNTED`.

    A case that has left the list has no place in it, and the first of the list comes after it.
    """

    previous: str
    next: str
    place: int
    whole: int


_Part = tuple[str, tuple[Any, ...]]


def neighbors(selection: Selection, *, order: Order, case: Case, by: User, at: datetime) -> Neighbors:
    """Return what stands beside a case in a list, whose order is that of the queue."""
    asked = located(selection)
    # Whoever sees more than one area sees an OR, through which no index walks.
    is_whole = seen_by_area(by, level=asked.area_level, code=asked.area) is None
    walks = is_whole and spread_of(asked, by=by).walks(is_open=asked.is_open)
    found = selected(asked, by=by, at=at, walks=walks)
    in_order = partial(sorted_by, gathers=asks_for_words(selection) and not walks)
    whole = _whole(found, order, in_order, is_open=selection.is_open)
    if order is Order.NEWEST:
        earlier, later = _newest(whole, case)
    else:
        earlier, later = _soonest(whole, case, is_open=selection.is_open)
    parts = [
        _first([part.reverse() for part in earlier]),
        _first(later),
        _first(whole),
        _count(earlier),
        _count(whole),
        _count([found.filter(pk=case.pk)]),
    ]
    with connection.cursor() as database:
        values = [value for _sql, values in parts for value in values]
        database.execute(f"SELECT {', '.join(sql for sql, _values in parts)}", values)
        before, after, start, ahead, total, is_there = database.fetchone()
    if not is_there:
        return Neighbors(previous="", next=start or "", place=0, whole=total)
    return Neighbors(previous=before or "", next=after or "", place=min(ahead + 1, COUNTED), whole=total)


_Parts = list[CaseQuerySet]


def _newest(whole: _Parts, case: Case) -> tuple[_Parts, _Parts]:
    (found,), moment = whole, case.reported_at
    # The first condition bounds the index, the second settles the same moment.
    earlier = found.filter(reported_at__gte=moment).exclude(reported_at=moment, pk__lte=case.pk)
    later = found.filter(reported_at__lte=moment).exclude(reported_at=moment, pk__gte=case.pk)
    return [earlier], [later]


def _soonest(whole: _Parts, case: Case, *, is_open: bool | None) -> tuple[_Parts, _Parts]:
    """Divide the list at a case; those without a due moment come last, so a part can have two halves."""
    (dated, undated), moment = whole, case.stage_due_at
    if moment:
        earlier = dated.filter(stage_due_at__lte=moment).exclude(stage_due_at=moment, pk__gte=case.pk)
        later = dated.filter(stage_due_at__gte=moment).exclude(stage_due_at=moment, pk__lte=case.pk)
        return [earlier], [later, undated]
    if is_open:
        return [undated.filter(pk__lt=case.pk), dated], [undated.filter(pk__gt=case.pk)]
    (earlier,), behind = _newest([undated], case)
    return [earlier, dated], behind


def _whole(found: CaseQuerySet, order: Order, in_order: Callable[..., CaseQuerySet], *, is_open: bool | None) -> _Parts:
    if order is Order.NEWEST:
        return [in_order(found, *LATEST)]
    dated = in_order(found.filter(stage_due_at__isnull=False), *SOONEST)
    return [dated, in_order(found.filter(stage_due_at__isnull=True), *keys_without_limit(is_open=is_open))]


def _first(parts: list[CaseQuerySet]) -> _Part:
    """Return the SQL for the number of the first case of the first part that has one."""
    pieces = [sql_of(part.values("number")[:1]) for part in parts]
    sql = ", ".join(f"({sql})" for sql, _values in pieces)
    return f"COALESCE({sql}, NULL)", tuple(value for _sql, values in pieces for value in values)


def _count(parts: list[CaseQuerySet]) -> _Part:
    """Return the SQL for how many cases the parts hold together."""
    pieces = [sql_of(part.order_by().values("pk")[:COUNTED]) for part in parts]
    sql = " + ".join(f"(SELECT count(*) FROM ({sql}) AS counted)" for sql, _values in pieces)  # noqa: S608 — Django's own
    return f"LEAST({sql}, {COUNTED})", tuple(value for _sql, values in pieces for value in values)
