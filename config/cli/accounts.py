"""`onegrid accounts`: what an operator does for the people who sign in."""

from typing import Annotated

import typer
from django.utils import timezone
from rich.console import Console

from onegrid.accounts.public import set_password
from onegrid.core.errors import DomainError
from onegrid.oversight.public import Actor

app = typer.Typer(help="Accounts: give somebody a password.", no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)


@app.callback()
def _group() -> None:
    """Keep `password` a command of its own, although it is the only one."""


@app.command()
def password(
    username: Annotated[str, typer.Argument(help="Who gets it.")],
    value: Annotated[str, typer.Option("--password", prompt=True, hide_input=True, confirmation_prompt=True)],
) -> None:
    """Give somebody a new password; it is asked for, so that it stands in no history."""
    try:
        set_password(username=username, password=value, by=Actor("operator"), at=timezone.now())
    except DomainError as refusal:
        console.print(str(refusal), style="red", markup=False)
        raise typer.Exit(1) from refusal
    console.print(f"{username} can sign in now.")
