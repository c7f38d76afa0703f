"""`onegrid demo`: years of simulated cases, and what came out beside what was assumed."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection
from django.db.models import Count, Sum
from django.utils import timezone
from rich.table import Table

from config.cli import report
from onegrid.accounts.public import Duty
from onegrid.cases.public import Channel
from onegrid.core.processes import ends_with_us
from onegrid.demonstration.public import (
    SEED,
    Figures,
    Wanted,
    WrittenChapter,
    assumptions,
    figures,
    missing_chapters,
    simulate_years,
)

_NICE = 10  # while pages answer, they go first


def demo(
    *,
    years: Annotated[int, typer.Option(min=1, max=20, help="How many years up to now.")] = 1,
    seed: Annotated[int, typer.Option(min=0, help="Which of all possible years. The same seed gives the same.")] = SEED,
    cases: Annotated[int | None, typer.Option(min=1, help="Stop at so many cases, whatever the years.")] = None,
    processes: Annotated[int, typer.Option(min=1, help="How many processes share the work.")] = 1,
    in_background: Annotated[bool, typer.Option("--in-background", help="One line, and let pages go first.")] = False,
    until: Annotated[str, typer.Option(hidden=True)] = "",
) -> None:
    """Simulate years of the district. Doing it again adds only what is missing."""
    if not settings.DISTRICT_IS_DEMONSTRATION:
        report.failure("This installation is no demonstration, so nothing is made up in it. See ONEGRID_DEMONSTRATION.")
        raise typer.Exit(1)
    if not Duty.objects.live().exists():
        report.failure("There is nobody to act yet. Load the district first: onegrid prepare")
        raise typer.Exit(1)
    with connection.cursor() as cursor:  # what a crash loses is written again
        cursor.execute("SET synchronous_commit = off")
    wanted = Wanted(years=years, seed=seed, cases=cases)
    if in_background:
        os.nice(_NICE)
    begun_at = datetime.fromisoformat(until) if until else timezone.now()
    _simulate(wanted, processes, until=begun_at, is_moving=not in_background)
    if not in_background:
        _print(figures(at=timezone.now()))


def _simulate(wanted: Wanted, processes: int, *, until: datetime, is_moving: bool) -> None:
    missing = missing_chapters(wanted, at=until)
    if not missing:
        return
    chapters, cases = _written(wanted.seed)
    with report.step("Year", is_moving=is_moving) as step:

        def tell(_written_now: WrittenChapter) -> None:
            step.advance(_written(wanted.seed)[0] - chapters, missing)

        with _helpers(wanted, min(processes, missing) - 1, until=until):
            simulate_years(wanted, at=until, progress=tell)
        simulate_years(wanted, at=until, progress=tell)  # what a helper has left that ended before its time
        step.summary = f"{_written(wanted.seed)[1] - cases:,} simulated cases"


def _written(seed: int) -> tuple[int, int]:
    """Return how many chapters of a simulation are there, and how many cases, whichever process wrote them."""
    found = WrittenChapter.objects.filter(seed=seed).aggregate(chapters=Count("pk"), cases=Sum("cases", default=0))
    return found["chapters"], found["cases"]


@contextmanager
def _helpers(wanted: Wanted, count: int, *, until: datetime) -> Iterator[None]:
    """Let other processes share the work, counting from the same moment; wait for them."""
    extent = ["--cases", str(wanted.cases)] if wanted.cases else ["--years", str(wanted.years)]
    command = [sys.executable, "-m", "config.cli", "demo", "--seed", str(wanted.seed), *extent]
    command += ["--until", until.isoformat(), "--in-background"]
    dies = ends_with_us(signal.SIGTERM)  # only system calls
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=dies) for _ in range(count)]  # noqa: PLW1509
    try:
        yield
        for process in running:
            process.wait()
    finally:
        for process in running:
            process.terminate()


def _print(found: Figures) -> None:
    """Print what came out beside what was assumed."""
    console, told = report.console, assumptions
    half, most = found.days_to_close
    console.print(
        f"\n{found.cases:,} simulated cases; {found.standing:,} are open now, {found.late_now:,} of them late."
    )
    console.print(f"Closed after {half:.1f} days (half of them), {most:.1f} days (nine of ten).")
    console.print(
        f"Not assumed: it follows from the limits of the catalogue, of which a stage uses {told.IN_TIME[0]:.0%} to"
        f" {told.IN_TIME[1]:.0%}, or more where it is late.\n"
    )
    mean = told.CASES_A_YEAR / told.CHAPTERS_A_YEAR
    months = Table("Month", "Cases", "Assumed", title="Months", title_justify="left")
    for month, count in found.months:
        months.add_row(month, f"{count:,}", f"{mean * told.MONTHS[int(month[5:]) - 1]:,.0f}")
    console.print(months)
    for title, came, assumed in (
        ("Groups", found.groups, told.GROUPS),
        ("Channels", found.channels, {Channel(name).value: share for name, share in told.CHANNELS.items()}),
        ("Levels", found.levels, {}),
        ("Rates", {**found.rates, "late stages": found.late_stages}, _assumed_rates()),
    ):
        table = Table("", "Came out", "Assumed", title=title, title_justify="left", caption=_NOTES.get(title))
        for name, share in came.items():
            table.add_row(name or "no category yet", f"{share:.1%}", f"{assumed[name]:.1%}" if name in assumed else "")
        console.print(table)


_NOTES = {
    "Levels": "Not assumed: they follow from the categories.",
    "Rates": f"Solved on the spot: assumed of {assumptions.RATES.solved_on_the_spot:.0%} of what grid workers report"
    " of matters that they are admitted to.",
}


def _assumed_rates() -> dict[str, float]:
    rates = assumptions.RATES
    return {
        "refused": rates.refused, "duplicate": rates.duplicate, "withdrawn": rates.withdrawn, "checked": rates.checked,
        "returned": rates.returned, "reworked": rates.reworked, "reopened": rates.reopened, "rated": rates.rated,
        "disputed": rates.disputed, "extended": rates.extended, "suspended": rates.suspended,
        "late stages": assumptions.LATE,
    }  # fmt: skip
