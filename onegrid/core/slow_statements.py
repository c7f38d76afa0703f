"""
Statements that took too long, of a request or of a job: one line in the log for each.

The statement is noted as it was written, without its parameters, and with what it was sent for.
"""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate import JobContext

from onegrid.core import metrics
from onegrid.core.postgres.lasting.ahead import Timekeeper

slow = logging.getLogger("onegrid.slow")

LONGEST_STATEMENT = 2000  # characters that are noted of it
Execute = Callable[[Any, Any, bool, dict[str, Any]], Any]


class Meter(Timekeeper):
    """Counts the statements of one piece of work, and notes those that took too long; `work` says what it is."""

    __slots__ = ("_limit", "_work", "statements")

    def __init__(self, work: Callable[[], Mapping[str, str]], limit: float) -> None:
        self.statements = 0
        self._work, self._limit = work, limit

    def __call__(self, execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: ANN401, FBT001, PLR0917  # as Django calls it
        """Run a statement."""
        self.statements += 1
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.has_taken(sql, time.perf_counter() - started)

    def has_taken(self, statement: object, seconds: float) -> None:
        """Note a statement that took too long."""
        if 0 < self._limit <= seconds:
            _note(self._work(), statement, seconds)


def metered_job(run: Callable[[], object], context: JobContext, _worker: object) -> object:
    """Note what a job in the background asks that takes too long; a middleware of the queue."""
    meter = Meter(lambda: {"job": context.job.task_name}, settings.SLOW_QUERY_SECONDS)
    with connection.execute_wrapper(meter):
        return run()


def _note(work: Mapping[str, str], sql: object, took: float) -> None:
    metrics.count_slow_statement()
    # What was put together by psycopg holds its values already; then only that it was slow is said.
    text = sql[:LONGEST_STATEMENT] if isinstance(sql, str) else type(sql).__name__
    slow.warning("database.slow_statement", extra={**work, "ms": round(took * 1000, 1), "statement": text})
