"""
Statements about cases, written once for each question and reader, and sent again with the moment it is then.

Django takes longer to write the statements of a list than PostgreSQL takes to
answer them, and a desk asks for the same list all day (ADR 21). A statement
depends on the question, on who asks with which duties, and on the catalogue and
the units among which its codes were looked up; all of that is compared.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, NoReturn

from django.db import connection

from onegrid.accounts.public import User, live_duties
from onegrid.catalogue.public import catalogue
from onegrid.units.public import directory

MOST = 2000  # statements that a process keeps, of some kB each
Written = tuple[str, Sequence[Any]]  # a statement and its values, as Django writes it


class _Later(datetime):
    """When a statement will be sent: SQL compares with it, but nothing can be reckoned from it."""

    def _is_not_known(self, *_: object, **__: object) -> NoReturn:
        message = "When a kept statement will be sent is not known while it is written."
        raise TypeError(message)

    __add__ = __radd__ = __sub__ = __rsub__ = astimezone = date = replace = timestamp = _is_not_known  # type: ignore[assignment]  # noqa: E501


LATER = _Later(9999, 1, 1, tzinfo=UTC)


class Statement(NamedTuple):
    """A statement with its values, of which `LATER` stands for the moment that it is sent for."""

    sql: str
    values: Sequence[Any]

    def rows(self, at: datetime) -> list[tuple[Any, ...]]:
        """Send it and return every row."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [at if value is LATER else value for value in self.values])
            return list(cursor.fetchall())


class _Kept(NamedTuple):
    written_among: tuple[object, object]
    statement: Statement


_kept: dict[Hashable, _Kept] = {}


def compiled(question: Hashable, write: Callable[[datetime], Written], *, by: User) -> Statement:
    """
    Return the statement that answers a question of somebody's, written now or before.

    `question` holds everything that `write` looks at besides the person and the moment it is given.
    """
    duties = tuple((duty.role, duty.area.level, duty.area.code, duty.unit_id) for duty in live_duties(by))
    key, among = (question, by.pk, duties), (catalogue(), directory())
    kept = _kept.get(key)
    if kept is None or any(then is not now for then, now in zip(kept.written_among, among, strict=True)):
        if len(_kept) >= MOST:
            _kept.clear()
        kept = _kept[key] = _Kept(among, Statement(*write(LATER)))
    return kept.statement
