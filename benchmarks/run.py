"""One run, from an empty database to the table. Import this only when Django is set up."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import pairwise

from django.conf import settings
from django.db import connection
from django.utils.timezone import now

from benchmarks import base, clocks, cold, intake, lists, locating, public, results, spike
from benchmarks.callers import ACCEPTOR, DESK, UNIT, Caller, caller
from benchmarks.installation import Site, site
from benchmarks.rows import Row
from config.cli import report

SMALL = 10_000  # the base that a larger one must not be much slower than


def run(*, cases: int, seconds: float, rounds: int, is_kept: bool) -> None:
    """Measure everything and say so, on the terminal and in RESULTS.md."""
    load_before, pace_before, at = os.getloadavg()[0], results.pace(), now()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    rows = _rows(cases=cases, seconds=seconds, rounds=rounds, at=at, is_kept=is_kept)
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone()
    found = results.Run(
        at=datetime.now(UTC),
        command=" ".join(["python -m benchmarks", *_as_typed(sys.argv[1:])]),
        cases=cases,
        database=f"PostgreSQL {version.split()[0]}",
        load_before=load_before,
        load_after=os.getloadavg()[0],
        pace_before=pace_before,
        pace_after=results.pace(),
        rows=rows,
    )
    results.tell(found)
    results.write(found)


def _as_typed(words: list[str]) -> list[str]:
    """Return the options without the name of a folder, which says nothing to others."""
    return ["FOLDER" if before == "--kept-in" else word for before, word in pairwise(["", *words])]


def only_spikes(*, cases: int, seconds: float) -> bool:
    """Measure what a rush and a flood do, say so on the terminal, and tell whether all is as it must be."""
    at = now()
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    base.stand(cases, at=at, is_kept=False)
    with site() as running:
        rows = spike.measure(running, caller(ACCEPTOR), seconds=seconds)
    for row in rows:
        print(row.work, row.ours, row.floor, row.ratio, f"must: {row.must}", sep="\n  ")  # noqa: T201
    return all(row.holds for row in rows)


def _rows(*, cases: int, seconds: float, rounds: int, at: datetime, is_kept: bool) -> list[Row]:
    small = min(SMALL, cases)
    with report.step("Cold start"):
        begun = cold.measure()
    with _based_on(small, at=at, is_kept=is_kept) as (running, callers), report.step("Lists"):
        first = lists.measure(running.port, callers, lists.QUEUES, seconds=seconds)
    with _based_on(cases, at=at, is_kept=is_kept) as (running, callers):
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
        reckoned = clocks.measure(cases=cases)
    return [
        *taken,
        *rushed,
        opened,
        *(lists.small_row(found, cases=small) for found in first),
        *(lists.queue_row(found, cases=cases, small=before) for found, before in zip(then, first, strict=True)),
        *(lists.map_row(found, cases=cases) for found in maps),
        *reckoned,
        locating.measure(),
        begun,
    ]


@contextmanager
def _based_on(cases: int, *, at: datetime, is_kept: bool) -> Iterator[tuple[Site, dict[str, Caller]]]:
    """Give a site with so many cases, and who asks it."""
    with report.step("Cases") as step:
        base.stand(cases, at=at, is_kept=is_kept)
        step.summary = f"{cases:,}"
    callers = {name: caller(name) for name in (ACCEPTOR, DESK, UNIT)}
    with site() as running:
        yield running, callers
