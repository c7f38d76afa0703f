"""
Statements that are written once and sent many times.

Django takes longer to write a statement of a list than PostgreSQL takes to
answer it (ADR 23). What comes back again and again with another moment, or on
another part of the map, is kept as SQL with something in the place of those.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, NoReturn, TypeAlias, TypeVar

from django.db import connection
from django.db.backends.utils import CursorWrapper

from onegrid.core.fields import Box
from onegrid.core.postgres.lasting.ahead import Timekeeper
from onegrid.core.queries import lasting_connection, prepared_cursor

ValueT = TypeVar("ValueT")
MOST = 4000  # statements that a process keeps, of some kB each
Answer: TypeAlias = Callable[[], ValueT]  # on its way: called once, it waits and says what it is
Written = tuple[str, Sequence[Any]]  # a statement and its values, as Django writes it


class _Later(datetime):
    """When a statement will be sent: SQL compares with it, but nothing can be reckoned from it."""

    def _is_not_known(self, *_: object, **__: object) -> NoReturn:
        message = "When a kept statement will be sent is not known while it is written."
        raise TypeError(message)

    __add__ = __radd__ = __sub__ = __rsub__ = astimezone = date = replace = timestamp = _is_not_known


LATER = _Later(9999, 1, 1, tzinfo=UTC)
UNTIL = _Later(9999, 1, 2, tzinfo=UTC)
SOMEWHERE = Box(-1.0, -1.0, -1.0, -1.0)


class Statement(NamedTuple):
    """
    A statement with its values, of which `LATER`, `UNTIL` and `SOMEWHERE` stand for what it is sent with.

    One that `is_prepared` is planned once for each connection, whatever its values: for what every page asks and whose
    plan is the same for everybody. A list is not: how many cases a unit or a category has decides how it is walked.
    """

    sql: str
    values: Sequence[Any]
    is_prepared: bool = False

    def rows(self, at: datetime, *, until: datetime | None = None, box: Box | None = None) -> list[tuple[Any, ...]]:
        """Send it and return every row."""
        with self._cursor() as cursor:
            cursor.execute(self.sql, self._values_with(at, until, box))
            return list(cursor.fetchall())

    def ask(self, at: datetime) -> "Answer[list[tuple[Any, ...]]]":
        """
        Send it, and return what waits for every row: the database works meanwhile (ADR 38).

        Ask for what takes long before doing what needs nothing of it. Whatever is sent next waits for this.
        """
        cursor = self._cursor()
        on_its_way = lasting_connection().ahead(cursor, self.sql, self._values_with(at))

        def rows() -> list[tuple[Any, ...]]:
            with cursor, connection.wrap_database_errors:
                on_its_way.answer()
                _tell(self.sql, on_its_way.took)
                return list(cursor.fetchall())

        return rows

    def _cursor(self) -> CursorWrapper:
        return prepared_cursor() if self.is_prepared else connection.cursor()

    def _values_with(self, at: datetime, until: datetime | None = None, box: Box | None = None) -> list[Any]:
        places = {id(LATER): at, id(UNTIL): until}
        values = [places.get(id(value), value) for value in self.values]
        return [box.literal() if value == _SOMEWHERE else value for value in values] if box else values


def _tell(statement: str, seconds: float) -> None:
    wrappers: list[object] = [*connection.execute_wrappers]
    for wrapper in wrappers:
        if isinstance(wrapper, Timekeeper):
            wrapper.has_taken(statement, seconds)


_SOMEWHERE = SOMEWHERE.literal()


class _Kept(NamedTuple):
    among: tuple[object, ...]
    statement: Statement


_kept: dict[Hashable, _Kept] = {}


def kept(
    question: Hashable,
    write: Callable[[datetime], Written],
    *,
    among: tuple[object, ...] = (),
    is_prepared: bool = False,
) -> Statement:
    """
    Return the statement that answers a question, written now or before.

    `question` holds all that `write` looks at besides the moment it is given, except what it looks up `among` values
    in memory: a statement that was written among others of them is written anew.
    """
    found = _kept.get(question)
    if found is None or not _are_same(found.among, among):
        if len(_kept) >= MOST:
            _kept.clear()
        found = _kept[question] = _Kept(among, Statement(*write(LATER), is_prepared))
    return found.statement


def _are_same(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    return all(one is other for one, other in zip(some, others, strict=True))
