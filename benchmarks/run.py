"""One run, from an empty database to the table. Import this only when Django is set up."""

import os
import sys
from datetime import UTC, datetime

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from benchmarks import base, clocks, intake, lists, locating, public, results, spike
from benchmarks.callers import ACCEPTOR, DESK, UNIT, caller
from benchmarks.installation import site
from benchmarks.rows import Row
from config.cli import report

SMALL = 10_000  # the base that a larger one must not be much slower than


def run(*, cases: int, seconds: float, rounds: int) -> None:
    """Measure everything and say so, on the terminal and in RESULTS.md."""
    load_before, at = os.getloadavg()[0], now()
    with report.step("Pack"):
        base.prepare()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    rows = _rows(cases=cases, seconds=seconds, rounds=rounds, at=at)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    found = results.Run(
        at=datetime.now(UTC),
        command=" ".join(["python -m benchmarks", *sys.argv[1:]]),
        cases=cases,
        database=f"PostgreSQL {version.split()[0]}",
        load_before=load_before,
        load_after=os.getloadavg()[0],
        rows=rows,
    )
    results.tell(found)
    results.write(found)


def only_spikes(*, cases: int, seconds: float) -> bool:
    """Measure what a rush and a flood do, say so on the terminal, and tell whether all is as it must be."""
    at = now()
    base.prepare()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    base.fill(first=0, last=cases, at=at)
    with site() as running:
        rows = spike.measure(running, caller(ACCEPTOR), seconds=seconds)
    for row in rows:
        print(row.work, row.ours, row.floor, row.ratio, f"must: {row.must}", sep="\n  ")  # noqa: T201
    return all(row.holds for row in rows)


def _rows(*, cases: int, seconds: float, rounds: int, at: datetime) -> list[Row]:
    small = min(SMALL, cases)
    with report.step("Cases") as step:
        base.fill(first=0, last=small, at=at)
        step.summary = f"{small:,}"
    callers = {name: caller(name) for name in (ACCEPTOR, DESK, UNIT)}
    with site() as running:
        with report.step("Lists"):
            first = lists.measure(running.port, callers, lists.QUEUES, seconds=seconds)
        with report.step("Cases") as step:
            base.fill(first=small, last=cases, at=at)
            step.summary = f"{cases:,}"
        with report.step("Lists"):
            then = lists.measure(running.port, callers, lists.QUEUES, seconds=seconds)
        with report.step("Map"):
            maps = lists.measure(running.port, callers, lists.MAPS, seconds=seconds)
        with report.step("Public pages"):
            opened = public.measure(running, seconds=seconds)
        with report.step("Intake"):
            taken = intake.measure(running, callers[ACCEPTOR], seconds=seconds, rounds=rounds)
        with report.step("Spike"):
            rushed = spike.measure(running, callers[ACCEPTOR], seconds=seconds)
    with report.step("Clocks"):  # when no worker reckons beside us
        reckoned = clocks.measure(cases=cases, at=at)
    return [
        *taken,
        *rushed,
        opened,
        *(lists.queue_row(found, cases=small) for found in first),
        *(lists.queue_row(found, cases=cases, small=before) for found, before in zip(then, first, strict=True)),
        *(lists.map_row(found, cases=cases) for found in maps),
        *reckoned,
        locating.measure(),
    ]
