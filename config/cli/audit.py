"""
`onegrid audit`: seal the audit trail, check it, take it outside.

Checking a file needs neither database nor private key, so Django is made ready
here, as far as each command needs it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated

import typer

from config.cli import installation

app = typer.Typer(no_args_is_help=True, help="Seal the audit trail, check it, take it outside.")


@app.command()
def verify(
    *,
    file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Check this export instead of the database.")
    ] = None,
    public_key: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The public keys to trust; by default this installation's."),
    ] = None,
    checkpoint: Annotated[
        list[str] | None, typer.Option(metavar="NUMBER:HASH", help="A seal noted down earlier; may be repeated.")
    ] = None,
    checkpoints: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="A file of them; by default what this machine has noted."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the result for a program.")] = False,
) -> None:
    """Check that nothing sealed was changed, removed, inserted or re-ordered. Fails if anything was."""
    with _ready(database=file is None) as trail:
        known = trail.known_checkpoints(texts=checkpoint or [], file=checkpoints)
        report = trail.examined(file=file, public_key=public_key, checkpoints=known)
        typer.echo(trail.told(report, as_json=json))
        if not report.is_whole:
            raise typer.Exit(code=1)


@app.command()
def seal() -> None:
    """Seal now what has settled; the background worker does so every minute."""
    with _ready(database=True) as trail:
        typer.echo(trail.seal())


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write; it must not exist yet.")],
) -> None:
    """Write the whole trail with its seals to a file that an outsider can check."""
    if file.exists():
        typer.echo(f"{file} exists already.", err=True)
        raise typer.Exit(code=2)
    with _ready(database=True) as trail:
        typer.echo(trail.export(file))


@app.command()
def change_key() -> None:
    """Sign with a new key from now on; the public half of the old one stays in the list."""
    with _ready(database=True) as trail:
        typer.echo(trail.change_key())


@contextmanager
def _ready(*, database: bool) -> Iterator[ModuleType]:
    """Give the module that does the work; its models exist only once Django is ready."""
    if database:
        with installation.opened():
            yield import_module("config.cli.trail")
    else:
        installation.load_django(url=installation.NO_DATABASE)
        yield import_module("config.cli.trail")
