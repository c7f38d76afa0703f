"""`onegrid photos`: faces and number plates in what the public sees; how far that is, and once more."""

from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from onegrid.cases.public import Again, CopyState, copies, look_again, look_at_waiting
from onegrid.core.media.veil import DETECTOR, missing_models

app = typer.Typer(help="Photos: cover faces and number plates in what the public sees.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)


@app.command()
def status() -> None:
    """Say how many photos have a copy for the public, how many wait, and which could not be looked through."""
    found = copies()
    for state in (CopyState.READY, CopyState.WAITING, CopyState.FAILED):
        console.print(f"{state.value:<10}{found.states[state]:>10,}")
    for fault, count in found.faults.items():
        console.print(f"  {count:,}: {fault.label}", markup=False)
    console.print(f"detector  {DETECTOR}; {found.by_earlier:,} copies are by an earlier one")
    if missing := missing_models():
        console.print(f"These packages with models are missing: {', '.join(missing)}", style="red", markup=False)
        raise typer.Exit(1)


@app.command()
def look() -> None:
    """Look through what waits, here and now; the worker does the same by itself. Killed, it goes on where it was."""
    with Progress(console=console) as progress:
        task = progress.add_task("Looking through photos", total=copies().states[CopyState.WAITING])
        count = look_at_waiting(at=timezone.now(), told=lambda served: progress.advance(task, served))
    console.print(f"{count:,} photos have a new copy.")
    if failed := copies().states[CopyState.FAILED]:
        console.print(f"{failed:,} could not be looked through and stay inside.", style="red")
        raise typer.Exit(1)


@app.command()
def again(
    which: Annotated[Again, typer.Argument(help="failed: it did not work; earlier: by another detector; all.")],
) -> None:
    """Have photos looked through once more. Until that is done the public does not see them."""
    console.print(f"{look_again(which):,} photos wait now. The worker takes them up, or `onegrid photos look`.")
