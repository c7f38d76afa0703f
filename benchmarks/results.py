"""The table: on the terminal, and in RESULTS.md with how it was obtained."""

import os
import timeit
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.table import Table

from benchmarks.rows import Row
from config.cli import report
from onegrid.core.postgres import tuning

FILE = Path(__file__).with_name("RESULTS.md")
GIB = 1024**3
TITLES = ("Work", "OneGrid", "Floor", "Ratio (least–greatest)", "Statements", "Must reach (DESIGN §8)", "Holds")
ASKED = 1_000_000
TOO_SMALL = f"DESIGN §8 asks for a base of one million cases; say `--cases {ASKED}` for it."
MISSING = "Not measured yet: 762 phones back online."

CROWDED = (
    "**Others kept the machine busy before and during this run: statements and sizes hold, times and ratios are no"
    " verdict.** Run it again on a quiet machine."
)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run was: when, on what, how, and what it found."""

    at: datetime
    command: str
    cases: int
    database: str
    load_before: float
    load_after: float
    pace_before: float
    pace_after: float
    rows: Sequence[Row]


def pace() -> float:
    """
    Return how many million numbers Python adds up in a second.

    A machine that is shared does half of it on another day; by this the times of two runs can be compared.
    """
    count = 2_000_000
    return count / min(timeit.repeat(lambda: sum(number for number in range(count)), number=1, repeat=3)) / 1e6


def tell(run: Run) -> None:
    """Print the table."""
    table = Table(box=None, padding=(0, 2, 0, 0))
    for title in TITLES:
        table.add_column(title)
    for row in run.rows:
        table.add_row(*_cells(row))
    report.console.print(table)


def write(run: Run) -> None:
    """Write the run down, in place of the one before."""
    FILE.write_text("\n".join(_lines(run)) + "\n", encoding="utf8")


def _lines(run: Run) -> list[str]:
    return [
        "# Measured",
        "",
        f"Written by `{run.command}`; the next run replaces it. How it is done: [README](README.md).",
        "",
        *(f"* {line}" for line in _circumstances(run)),
        "",
        f"| {' | '.join(TITLES)} |",
        f"|{'---|' * len(TITLES)}",
        *(f"| {' | '.join(_cells(row))} |" for row in run.rows),
        "",
        "## What does not hold yet, or is not measured",
        "",
        *(f"* {row.work}: {row.ratio}; must be {row.must}." for row in run.rows if row.holds is False),
        *([f"* {TOO_SMALL}"] if run.cases < ASKED else []),
        f"* {MISSING}",
    ]


def _circumstances(run: Run) -> tuple[str, ...]:
    before, after = f"{run.load_before:.1f}", f"{run.load_after:.1f}"
    is_crowded = run.load_before > _processors() / 2
    memory, system = round(tuning.memory() / GIB), os.uname().sysname
    return (
        f"When: {run.at:%Y-%m-%d %H:%M} UTC. Load of the machine before the run {before}, at its end {after}.",
        f"Machine: {_processors()} processors, {memory} GiB of memory, {system}; the load comes from it as well.",
        f"Pace: Python adds up {run.pace_before:.0f} million numbers a second before, {run.pace_after:.0f} after.",
        f"Database: {run.database}, embedded, durable, with the settings that `onegrid up` gives it.",
        f"Base: the Ouhai pack and {run.cases:,} cases, 8 % of them open.",
        "One run, ours and the floor in turn. Ratios are of medians; in brackets the least and greatest of its rounds.",
        *([CROWDED] if is_crowded else []),
    )


def _cells(row: Row) -> tuple[str, ...]:
    holds = "" if row.holds is None else "yes" if row.holds else "**no**"
    return row.work, row.ours, row.floor, row.ratio, row.statements, row.must, holds


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
