"""
The work list of a desk: what waits for somebody, soonest due first, as lean as the page needs it.

One statement without joins fetches a page, another counts the scopes as far as
anybody reads; names of units and categories come from memory, not from here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.models import SupportTask
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.models.seen import Known
from onegrid.cases.readers.appeals import REVIEW, appeals_waiting_on
from onegrid.cases.readers.compiled import compiled
from onegrid.cases.readers.more_time import GRANT_IN_AREA, GRANT_IN_UNIT, waiting_on
from onegrid.cases.readers.parts import Last, Order, beginning_of, in_order, parts, place_in, place_of, timed
from onegrid.cases.readers.selection import (
    Piece,
    Scope,
    Selection,
    asks_for_words,
    located,
    opened,
    selected,
    selected_in_pieces,
)
from onegrid.cases.readers.spread import Spread, spread_of
from onegrid.cases.readers.supervision import ANSWER, orders_waiting_for
from onegrid.core.pagination import PAGE_SIZE, Slice
from onegrid.core.queries import sql_of
from onegrid.core.statements import Answer, Written
from onegrid.live.public import MARK_NOW

COUNTED = 1000  # nobody reads further; a count that reaches this is shown as "more than"
_MINE = Selection(scope=Scope.MINE, is_open=True)
FOUND = 100  # the same for a search, where each further one costs more


class QueueRow(NamedTuple):
    """One case as a list shows it."""

    id: UUID
    number: str
    title: str
    category_id: UUID | None
    status: str
    outcome: str
    channel: str
    township_name: str
    community_name: str
    grid_name: str
    holder_unit_id: UUID | None
    lead_unit_id: UUID | None
    assignee_id: UUID | None
    reported_at: datetime
    stage_started_at: datetime
    stage_yellow_at: datetime | None
    stage_due_at: datetime | None
    suspended_until: datetime | None
    ended_at: datetime | None
    report_count: int
    rework_count: int
    is_urgent: bool
    is_simulated: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many cases each scope holds under the same filters, and how many of the shown one are late; to `most`."""

    mine: int
    unit: int
    everything: int
    late: int
    most: int = COUNTED


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """
    What waits for somebody, to `COUNTED`, and a mark of when that was: what is read later is no older.

    `requests` are those for more time that their post decides on, `orders` those that their units have to answer,
    `appeals` those that their post reviews.
    """

    cases: int
    tasks: int
    requests: int
    appeals: int
    orders: int
    mark: str


def queue_page(
    selection: Selection,
    *,
    order: Order,
    by: User,
    at: datetime,
    after: str = "",
    limit: int = PAGE_SIZE,
    spread: Spread | None = None,
) -> Slice[QueueRow]:
    """
    Return the cases of a list after a place in it, in at most two statements; the beginning of one in one.

    Where words are searched it takes one more, unless it is told how many cases hold them (`spread_of`).

    :raises UnknownCursorError: if `after` is no place in a list of this order.
    """
    return ask_queue_page(selection, order=order, by=by, at=at, after=after, limit=limit, spread=spread)()


def ask_queue_page(
    selection: Selection,
    *,
    order: Order,
    by: User,
    at: datetime,
    after: str = "",
    limit: int = PAGE_SIZE,
    spread: Spread | None = None,
) -> Answer[Slice[QueueRow]]:
    """Ask for what `queue_page` returns, and refuse what it refuses; the beginning of a list comes while one waits."""
    last, asked = place_in(after, order), located(selection)
    spread = spread_of(selection, by=by) if spread is None else spread

    if last or selection.text or (order is Order.DUE and not selection.is_open):
        found = _in_parts(asked, order=order, last=last, by=by, at=at, limit=limit + 1, spread=spread)
        return lambda: _slice(found, order, limit)
    beginning = compiled(
        ("page", order, limit),
        lambda at: sql_of(
            beginning_of(selected_in_pieces(asked, by=by, at=at), order, fields=QueueRow._fields, limit=limit + 1)
        ),
        by=by,
        selections=[asked],
    ).ask(at)
    return lambda: _slice([QueueRow._make(row) for row in beginning()], order, limit)


def _slice(rows: list[QueueRow], order: Order, limit: int) -> Slice[QueueRow]:
    if len(rows) <= limit:
        return Slice(rows=rows)
    return Slice(rows=rows[:limit], next_after=place_of(rows[limit - 1], order))


def queue_rows(
    selection: Selection, *, numbers: Collection[str], order: Order, by: User, at: datetime
) -> list[QueueRow]:
    """Return those of some cases that stand in a list, in its order, in one statement."""
    found = selected(selection, by=by, at=at).filter(number__in=numbers)
    rows = [QueueRow._make(row) for row in found.values_list(*QueueRow._fields)]
    return in_order(rows, order, is_open=selection.is_open)


def queue_counts(selection: Selection, *, by: User, at: datetime, spread: Spread | None = None) -> Counts:
    """
    Return how many cases the three scopes hold, in one statement that stops counting where nobody reads on.

    Where words are searched it takes two, unless it is told how many cases hold them.
    """
    return ask_queue_counts(selection, by=by, at=at, spread=spread)()


def ask_queue_counts(selection: Selection, *, by: User, at: datetime, spread: Spread | None = None) -> Answer[Counts]:
    """Ask for what `queue_counts` returns."""
    asked, most = located(selection), FOUND if selection.text else COUNTED
    spread = spread_of(selection, by=by) if spread is None else spread

    def write(at: datetime) -> Written:
        def pieces(selection: Selection, *, walks: bool, order: Known = Known.EVERY) -> list[Piece]:
            return selected_in_pieces(selection, by=by, at=at, walks=walks, order=order)

        walks, walks_open = spread.walks(is_open=asked.is_open, counts=True), spread.walks(is_open=True)
        held = opened(asked) if asks_for_words(asked) else asked  # for nobody holds what is over
        mine, unit = (pieces(replace(held, scope=scope), walks=walks_open) for scope in (Scope.MINE, Scope.UNIT))
        everything = [
            # Of the newest it is known how many hold the words.
            Piece(cases if asked.is_open or gathers or not walks else cases.order_by("-reported_at"), gathers)
            for cases, gathers in pieces(replace(asked, scope=Scope.ALL), walks=walks, order=Known.LATEST)
        ]
        late = [
            Piece(timed(cases, gathers=gathers).filter(Q(due__lt=at)), gathers)
            for cases, gathers in pieces(opened(asked), walks=walks_open)
        ]
        return _marked(_count_of(pieces, most) for pieces in (mine, unit, everything, late))

    answer = compiled(("counts", spread), write, by=by, selections=[asked]).ask(at)

    def counts() -> Counts:
        ((_mark, mine, unit, everything, late),) = answer()
        return Counts(mine=mine, unit=unit, everything=everything, late=late, most=most)

    return counts


def ask_waiting_for(user: User, *, task_units: Collection[UUID], at: datetime) -> Answer[Waiting]:
    """Ask how much waits for somebody, their post and their units, in one bounded statement."""
    has = {
        "cases": True,
        "tasks": bool(task_units),
        "requests": bool(duties_granting(user, GRANT_IN_AREA) or duties_granting(user, GRANT_IN_UNIT)),
        "orders": bool(duties_granting(user, ANSWER)),
        "appeals": bool(duties_granting(user, REVIEW)),
    }

    def write(at: datetime) -> Written:
        others: dict[str, QuerySet[Any, Any]] = {
            "tasks": SupportTask.objects.filter(unit__in=task_units, done_at__isnull=True),
            "requests": waiting_on(user),
            "orders": orders_waiting_for(user),
            "appeals": appeals_waiting_on(user),
        }
        counts = [_count_of(selected_in_pieces(_MINE, by=user, at=at), COUNTED)]
        counts += [_count([_first(rows.order_by(), COUNTED)], COUNTED) for name, rows in others.items() if has[name]]
        return _marked(counts)

    question = ("waiting", tuple(task_units))
    answer = compiled(question, write, by=user, selections=[_MINE], is_prepared=True).ask(at)

    def waiting() -> Waiting:
        ((mark, *counts),) = answer()
        asked = (name for name, is_asked in has.items() if is_asked)
        return Waiting(**dict.fromkeys(has, 0) | dict(zip(asked, counts, strict=True)), mark=mark)

    return waiting


def counted(selections: Sequence[Selection], *, by: User, at: datetime, most: int) -> list[int]:
    """Return how many cases each of several lists holds, counted as far as `most`, in one statement."""
    if not selections:
        return []
    asked = [located(selection) for selection in selections]

    def write(at: datetime) -> Written:
        return _marked(_count_of(selected_in_pieces(each, by=by, at=at), most) for each in asked)

    (row,) = compiled(("counted", most), write, by=by, selections=asked).rows(at)
    _mark, *counts = row
    return counts


def _marked(counts: Iterable[Written]) -> Written:
    """Write what marks the moment and counts."""
    written = list(counts)
    values = [value for _sql, values in written for value in values]
    return f"SELECT {MARK_NOW}, {', '.join(sql for sql, _values in written)}", values


def _count_of(pieces: Iterable[Piece], most: int) -> Written:
    """Write how many cases some pieces hold that have nothing in common."""
    return _count([(_gathered if piece.gathers else _first)(piece.cases, most) for piece in pieces], most)


def _count(parts: Sequence[Written], most: int) -> Written:
    """Write how many rows there are, but stop counting where nobody reads on."""
    rows = " UNION ALL ".join(f"({sql})" for sql, _values in parts)
    count = f"(SELECT count(*) FROM (SELECT FROM ({rows}) AS whole LIMIT {most}) AS counted)"  # noqa: S608 — Django's own SQL
    return count, [value for _sql, values in parts for value in values]


def _first(rows: QuerySet[Any, Any], most: int) -> Written:
    return sql_of(rows.values("pk")[:most])


def _gathered(cases: CaseQuerySet, most: int) -> Written:
    """
    Write the first cases of those that hold words, planned as if all of them were read.

    Expecting to find enough soon, PostgreSQL would look for the words case by case, through all where they are not.
    """
    sql, values = sql_of(cases.values("pk"))
    return f"WITH gathered AS MATERIALIZED ({sql}) SELECT pk FROM gathered LIMIT {most}", values  # noqa: S608 — Django's own SQL


def _in_parts(
    asked: Selection, *, order: Order, last: Last | None, by: User, at: datetime, limit: int, spread: Spread
) -> list[QueueRow]:
    """Return what follows in a list, reading no further part where one has filled it."""
    rows: list[QueueRow] = []
    for part in parts(order, is_open=asked.is_open, last=last):
        if len(rows) < limit:
            wanted = limit - len(rows)
            found = part.first(asked, fields=QueueRow._fields, limit=wanted, by=by, at=at, spread=spread)
            rows += [QueueRow._make(row) for row in found]
    return rows
