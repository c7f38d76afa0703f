"""`onegrid mail`: take the mail that a mail server hands over."""

import sys

import typer
from django.utils import timezone

from onegrid.channels.public import LARGEST_MAIL, UnreadableMailError, take_mail

app = typer.Typer(help="E-mail: take what a mail server hands over.", no_args_is_help=True)

# What mail servers understand (sysexits.h): refused for good, and to be tried again.
REFUSED, AGAIN = 65, 75


@app.callback()
def only_groups() -> None:
    """Keep `take` a word of its own while it is the only one."""


@app.command()
def take() -> None:
    """Take one e-mail on standard input. Ends with 0 once it is kept, 65 if it never will be, 75 to try again."""
    try:
        take_mail(sys.stdin.buffer.read(LARGEST_MAIL + 1), at=timezone.now())
    except UnreadableMailError as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(REFUSED) from refusal
    except Exception as error:
        typer.echo(type(error).__name__, err=True)
        raise typer.Exit(AGAIN) from error
