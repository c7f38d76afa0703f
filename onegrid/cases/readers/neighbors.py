"""
Where a case stands in a list: which comes before it, which after, how many there are.

One statement answers all of it, along the same indexes as the list itself, and
counts no further than anybody reads. Where words are searched the beginning of
the list is read first: to count what comes before takes longer than the list.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.readers.parts import LATEST, SOONEST, Order, keys_without_limit, sorted_by
from onegrid.cases.readers.queue import COUNTED, FOUND, queue_page
from onegrid.cases.readers.selection import Selection, asks_for_words, located, selected
from onegrid.cases.readers.spread import spread_of
from onegrid.core.queries import sql_of


@dataclass(frozen=True, kw_only=True)
class Neighbors:
    """
    The numbers of the cases beside one in a list, empty at its ends, and its place; counts stop at `most`.

    A case that has left the list has no place in it, and the first of the list comes after it.
    """

    previous: str
    next: str
    place: int
    whole: int
    most: int = COUNTED


_Part = tuple[str, tuple[Any, ...]]


def neighbors(selection: Selection, *, order: Order, case: Case, by: User, at: datetime) -> Neighbors:
    """Return what stands beside a case in a list, whose order is that of the queue."""
    seeks = asks_for_words(selection)
    if seeks and (near := _among_first(selection, order=order, case=case, by=by, at=at)):
        return near
    found = selected(selection, by=by, at=at)
    whole = _whole(found, order, is_open=selection.is_open, gathers=seeks)
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


def _among_first(selection: Selection, *, order: Order, case: Case, by: User, at: datetime) -> Neighbors | None:
    """Return what stands beside one of the first that a search finds, as many as are counted; nothing of others."""
    asked = located(selection)
    page = queue_page(asked, order=order, by=by, at=at, limit=FOUND + 1, spread=spread_of(asked, by=by))
    numbers = [row.number for row in page.rows]
    if case.number not in numbers[:FOUND]:
        return None
    place, beside = numbers.index(case.number), ["", *numbers, ""]
    whole = min(len(numbers), FOUND)
    return Neighbors(previous=beside[place], next=beside[place + 2], place=place + 1, whole=whole, most=FOUND)


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


def _whole(found: CaseQuerySet, order: Order, *, is_open: bool | None, gathers: bool) -> _Parts:
    in_order = partial(sorted_by, gathers=gathers)
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
