"""
Every command of the command line, in one table.

A command is a module of this package with the same name. It holds either a
Typer group called `app` or a function named like the command. Modules are
imported only when they are called: those marked `with_django` may import models
at their top, because the database runs and Django is ready by then.
"""

import sys
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module

import typer
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError
from psycopg.errors import UndefinedColumn, UndefinedTable

from config.cli import installation
from onegrid.core.errors import DomainError
from onegrid.core.postgres.errors import PostgresError


@dataclass(frozen=True)
class Command:
    """One word after `onegrid`."""

    name: str
    help: str
    with_django: bool = True
    hidden: bool = False
    waits: bool = False  # for a server elsewhere that comes up later than we do


COMMANDS = (
    Command("up", "Start everything: database, web, live updates and background work.", with_django=False),
    Command("doctor", "Say what is wrong with this installation and how to mend it.", with_django=False),
    Command(
        "web",
        "Serve people, as `up` does in a process of its own; for servers with a PostgreSQL of their own.",
        with_django=False,
    ),
    Command("worker", "Do background work, as `up` does in a process of its own.", waits=True),
    Command("prepare", "Bring database, translations and static files up to date, without serving.", waits=True),
    Command("pack", "Check a district's pack, and load it."),
    Command("cases", "Bring in past cases; compare the counters of the areas with them; make draws again."),
    Command("demo", "Simulate years of the district, for a demonstration."),
    Command("mail", "Take the e-mail that a mail server hands over."),
    Command("photos", "Cover faces and number plates in what the public sees: how far, and once more."),
    Command("jobs", "Background work that failed for good: which, and once more."),
    Command("categories", "Suggest categories: learn, try, measure."),
    Command("accounts", "Give somebody a password."),
    Command("audit", "Seal the audit trail, check it, take it outside.", with_django=False),
    Command("relay", "Tell open pages what has changed, as `up` does in a process of its own.", waits=True),
    Command("backup", "Back up database, files and keys, all of one moment, while everything runs."),
    Command("restore", "Bring a backup back into an empty home and schema, whole or not at all.", with_django=False),
    Command("messages", "Keep the translations complete, for people who change the texts.", with_django=False),
    Command("docs", "Write the reference documentation from the code."),
)


def build(wanted: str = "") -> typer.Typer:
    """Return the command line with the wanted command loaded, and the others known by name."""
    app = typer.Typer(
        help="OneGrid: the operating system of a district's grid-based governance.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    app.callback()(lambda: None)  # keeps the words apart even if only one command were left
    for command in COMMANDS:
        if command.name == wanted:
            _add(app, command)
        else:
            app.command(command.name, help=command.help, hidden=command.hidden)(lambda: None)
    return app


def main() -> None:
    """Run the command that was asked for, with what it needs around it."""
    wanted = next((word for word in sys.argv[1:] if not word.startswith("-")), "")
    command = next((entry for entry in COMMANDS if entry.name == wanted), None)
    asks_for_help = "--help" in sys.argv[1:]
    try:
        if command and command.with_django and asks_for_help:
            installation.load_django(url=installation.NO_DATABASE)
        needs_database = command and command.with_django and not asks_for_help
        with installation.opened(waits=command.waits) if command and needs_database else nullcontext():
            build(wanted)(prog_name="onegrid")
    except (PostgresError, ImproperlyConfigured, DomainError) as error:  # what an operator can mend
        typer.echo(str(error), err=True)
        sys.exit(1)
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
            raise
        typer.echo("The database is not prepared for this version yet. Do that first: onegrid prepare", err=True)
        sys.exit(1)


def _add(app: typer.Typer, command: Command) -> None:
    module = import_module(f"config.cli.{command.name}")
    group = getattr(module, "app", None)
    if isinstance(group, typer.Typer):
        app.add_typer(group, name=command.name, help=command.help)
    else:
        app.command(command.name, help=command.help, hidden=command.hidden)(getattr(module, command.name))
