"""
A connection that can be asked before anybody waits for the answer.

PostgreSQL answers in a process of its own: what is asked ahead it works out while a page is drawn (ADR 38). One
statement at a time is on its way. Whatever else the connection is told, another statement or the end of a
transaction, waits for that first, so that nobody but the one who asked has to know.
"""

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Self, TypeVar

from psycopg import Connection
from psycopg.abc import PQGen
from psycopg.waiting import Wait

ValueT = TypeVar("ValueT")


class OnItsWay:
    """A statement that was sent, and how long its answer took, in seconds, once it is here."""

    def __init__(self, work: PQGen[Any], connection: "AskingConnection") -> None:
        self.took = 0.0
        self._connection = connection
        self._error: Exception | None = None
        self._began = time.perf_counter()
        self._work = work
        self._waits_for = Wait.R
        self._is_here = False

    def send(self) -> Self:
        """Send the statement, as far as that needs nobody's patience."""
        try:
            self._waits_for = next(self._work)
        except StopIteration:
            self._is_here = True
        return self

    def arrive(self) -> None:
        """Wait for the answer. What is wrong with it hears who asked, and nobody else."""
        if self._is_here:
            return
        self._is_here = True
        try:
            self._connection.wait_for(self._rest())
        except Exception as error:  # noqa: BLE001 — kept for the one who asked
            self._error = error
        self.took = time.perf_counter() - self._began

    def answer(self) -> None:
        """
        Wait for the answer; its cursor holds it then.

        :raises psycopg.Error: as the statement itself would have.
        """
        self.arrive()
        if self._error:
            raise self._error

    def _rest(self) -> PQGen[None]:
        """Go on where `send` stopped."""
        while True:
            ready = yield self._waits_for
            try:
                self._waits_for = self._work.send(ready)
            except StopIteration:
                return


class AskingConnection(Connection[tuple[Any, ...]]):
    """psycopg's own, of which one statement can be on its way."""

    _is_asking = False
    _on_its_way: OnItsWay | None = None

    def ahead(self, execute: Callable[[], object]) -> OnItsWay:
        """Let what executes one statement send it and not wait."""
        self._arrive()
        self._is_asking = True
        try:
            execute()
        finally:
            self._is_asking = False
        assert self._on_its_way
        return self._on_its_way

    def wait(self, gen: PQGen[ValueT], *args: Any, **options: Any) -> ValueT:  # noqa: ANN401 — psycopg's
        """Let psycopg do what it has begun, once what was asked ahead is here."""
        self._arrive()
        if not self._is_asking:
            return super().wait(gen, *args, **options)
        self._is_asking = False
        self._on_its_way = OnItsWay(gen, self).send()
        return None  # type: ignore[return-value]  # as executing a statement does

    def wait_for(self, gen: PQGen[None]) -> None:
        """Wait, whatever is on its way."""
        super().wait(gen)

    def _arrive(self) -> None:
        if self._on_its_way:
            on_its_way, self._on_its_way = self._on_its_way, None
            on_its_way.arrive()


class Timekeeper(ABC):
    """Stands around the statements of a connection, and hears how long the answer took of one sent ahead."""

    @abstractmethod
    def has_taken(self, statement: object, seconds: float) -> None:
        """Hear it."""
