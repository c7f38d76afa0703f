"""`onegrid jobs`: background work that failed for good; which it is, and once more."""

import typer
from django.utils import timezone

from config.cli import report
from onegrid.core.actions.retry_jobs import failed_jobs, retry_failed_jobs

app = typer.Typer(help="Background work that failed for good: which, and once more.", no_args_is_help=True)


@app.command()
def failed() -> None:
    """Say which jobs failed for good. Why stands in the worker's log, under the same number."""
    jobs = failed_jobs()
    for number, task in jobs:
        report.console.print(f"{number:>10}  {task}", markup=False)
    report.console.print(f"{len(jobs):,} failed.")


@app.command()
def again() -> None:
    """Have all of them tried once more by the worker; where the same work waits already, it is done once."""
    report.console.print(f"{retry_failed_jobs(at=timezone.now()):,} are tried once more.")
