"""`python -m benchmarks`: measure the hot path on a base of cases, in a database of its own that is thrown away."""

import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.installation import database


def main(
    *,
    cases: Annotated[int, typer.Option(min=100, help="How many cases the base has.")] = 100_000,
    seconds: Annotated[float, typer.Option(min=1, help="How long each single measurement may take.")] = 5,
    rounds: Annotated[int, typer.Option(min=1, help="How often intake and its floor take turns.")] = 3,
    spikes: Annotated[
        bool, typer.Option(help="Only spikes and a flood; write nothing, and fail if one is lost.")
    ] = False,
    kept_in: Annotated[
        Path | None, typer.Option(help="A folder whose bases are used again; filled by the first run, yours to delete.")
    ] = None,
) -> None:
    """Measure OneGrid against a floor from the same run, print the table and write benchmarks/RESULTS.md."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # whoever ends us, nothing stays behind
    with database(kept_in):
        run = import_module("benchmarks.run")  # its models exist only now
        if not spikes:
            run.run(cases=cases, seconds=seconds, rounds=rounds, is_kept=kept_in is not None)
        elif not run.only_spikes(cases=cases, seconds=seconds):
            raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
