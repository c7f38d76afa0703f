"""`onegrid messages`: keep the translations complete, for people who change the texts."""

from importlib.util import find_spec
from typing import Annotated

import typer

from config.translations.catalogs import compile_messages


def messages(
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; fail naming every text out of line.")] = False,
) -> None:
    """Collect the texts of the source into the catalogues, draft traditional Chinese, compile."""
    if find_spec("opencc") is None:
        typer.echo("This needs the development requirements: pip install -r requirements/dev.txt")
        raise typer.Exit(code=2)
    from config.translations import upkeep  # noqa: PLC0415  a running installation has no OpenCC

    if not check:
        for path in upkeep.update():
            typer.echo(f"updated {path}")
        compile_messages()
    faults = upkeep.faults()
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(code=1)
