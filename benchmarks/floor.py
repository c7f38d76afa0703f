"""
The floor: the same work done by PostgreSQL's own `pgbench`, or by the bare statement.

For intake the statement is not written here: it is the one the product has just
sent, taken from its own connection, with a fresh id and private link for each
transaction. So both write the same rows with the same indexes and triggers.
"""

import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.load import Samples
from onegrid.accounts.public import User
from onegrid.cases.public import Case, Channel, Report, TimelineEntry
from onegrid.core.postgres.programs import find_programs
from onegrid.dispatch.public import ReportedCase, report_case

_LITERAL = re.compile(r"'(?:[^']|'')*'")
_OPTIONS = f"-c search_path={settings.SCHEMA} -c timezone=UTC -c jit=off"


def intake_statement(report: ReportedCase, *, by: User, at: datetime) -> str:
    """Report a case through the product and return its one statement, ready to be sent again and again."""
    with CaptureQueriesContext(connection) as captured:
        report_case(report=report, channel=Channel.API, by=by, at=at)
    (statement,) = [query["sql"] for query in captured if "INSERT INTO cases_case" in query["sql"]]
    entry = TimelineEntry.objects.get(case=report.id)
    for own in (report.id, entry.pk):
        statement = _once_only(statement, f"'{own.hex}'::uuid", "uuidv7()")
    link = Report.objects.get(pk=report.id).link_hash
    statement = _once_only(statement, f"'{link}'", "md5(random()::text) || md5(random()::text)")
    return _LITERAL.sub(_without_colons, " ".join(statement.split("\n")))


def pgbench(statements: Sequence[str], *, mode: str, connections: int, seconds: float) -> Samples:
    """
    Let pgbench send these statements in turn, each its own durable transaction.

    :raises RuntimeError: if it does not end well; the text holds what it said.
    """
    with tempfile.TemporaryDirectory(prefix="onegrid-pgbench-") as folder:
        files = [Path(folder, f"{number}.sql") for number in range(len(statements))]
        for file, statement in zip(files, statements, strict=True):
            file.write_text(f"{statement};\n", encoding="utf8")
        command: list[str | Path] = [find_programs().path("pgbench"), "--no-vacuum", f"--client={connections}"]
        command += ["--jobs=2", f"--time={max(1, round(seconds))}", f"--protocol={mode}"]
        command += ["--log", f"--log-prefix={folder}/log", *(f"--file={file}" for file in files), settings.DATABASE_URL]
        before, began = Case.objects.count(), time.monotonic()
        said = subprocess.run(command, env=_environment(), capture_output=True, text=True, check=False)  # noqa: S603
        if said.returncode:
            message = f"pgbench: {said.stderr[-2000:]}"
            raise RuntimeError(message)
        lines = [line.split() for log in Path(folder).glob("log*") for line in log.read_text().splitlines()]
        found = [float(line[2]) / 1000 for line in lines]
        if (made := Case.objects.count() - before) < len(found):  # what inserts nothing is no floor
            message = f"pgbench ended {len(found)} transactions, which made {made} cases."
            raise RuntimeError(message)
        rate = re.search(r"tps = ([\d.]+)", said.stdout)
        took = len(found) / float(rate[1]) if rate else time.monotonic() - began
        return Samples(took, found)


def bare(statements: Sequence[str]) -> Callable[[], float]:
    """Return what sends these statements over one connection, fetches every row and says how many ms that took."""
    line = _line()

    def once() -> float:
        began = time.perf_counter()
        for statement in statements:
            line.execute(statement.encode()).fetchall()
        return (time.perf_counter() - began) * 1000

    return once


def most_rows(statements: Sequence[str]) -> int:
    """Return how many rows the one with the most of them brings."""
    with _line() as line:
        return max(len(line.execute(statement.encode()).fetchall()) for statement in statements)


def _line() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        settings.DATABASE_URL, autocommit=True, options=_OPTIONS, cursor_factory=psycopg.ClientCursor
    )


def _once_only(statement: str, own: str, fresh: str) -> str:
    """Let each sending of a statement make what belongs to one case alone: sent again as it is, it inserts nothing."""
    assert statement.count(own) == 1, own
    return statement.replace(own, fresh)


def _without_colons(found: re.Match[str]) -> str:
    """Write a literal so that pgbench sees none of its variables in it."""
    text = found[0]
    return text if ":" not in text else "U&" + text.replace("\\", "\\\\").replace(":", "\\003A")


def _environment() -> dict[str, str]:
    return {**os.environ, "PGOPTIONS": _OPTIONS}
