"""One line per step on the terminal, and a bar while a step takes long."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

WIDTH = 14
QUARTERS = 4  # where nobody sees a bar move, a line says each of them

console = Console(highlight=False, soft_wrap=True)


class Step:
    """One line of the report while it is being written."""

    def __init__(self, progress: Progress, title: str) -> None:
        self._progress, self._title, self._told = progress, title, 0
        self._task = progress.add_task(title, total=None)
        self.summary = ""

    def advance(self, done: int, total: int) -> None:
        """Move the bar."""
        self._progress.update(self._task, completed=done, total=total)
        quarter = QUARTERS * done // total if total else 0
        if self._progress.disable and self._told < quarter < QUARTERS:
            self._told = quarter
            console.print(f"  {self._title:<{WIDTH}} {done} of {total}")
            sys.stdout.flush()


@contextmanager
def step(title: str, *, is_moving: bool = True, of: str = "") -> Iterator[Step]:
    """
    Show a moving line while the step runs, and one line with its summary afterwards.

    What runs beside others does not move: their lines would break it. `of` says what is counted.
    """
    started = time.monotonic()
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TextColumn(of),
        console=console,
        transient=True,
        disable=not (is_moving and console.is_terminal),
    )
    with progress:
        current = Step(progress, title)
        yield current
    line(title, current.summary, seconds=time.monotonic() - started)


def line(title: str, summary: str, *, seconds: float = 0) -> None:
    """Print a finished step."""
    took = f" [dim]({seconds:.1f} s)[/dim]" if seconds >= 1 else ""
    console.print(f"[green]✓[/green] {title:<{WIDTH}} {summary}{took}")
    sys.stdout.flush()


def warning(text: str) -> None:
    """Print what an operator should know but need not act on at once."""
    console.print(f"[yellow]![/yellow] {text}", markup=True)


def failure(text: str) -> None:
    """Print why nothing went on."""
    console.print("[red]✗[/red]", end=" ")
    console.print(text, markup=False)
