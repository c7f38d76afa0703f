"""
`onegrid restore`: bring a backup back into a home and a schema in which nothing is yet.

Everything is looked at before anything is written. Whatever goes wrong after that,
what was written is removed again; killed in the middle, the home says so, nothing
starts on it, and the next restore begins anew.
"""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Annotated

import psycopg
import typer
from django.db import DatabaseError

from config.backup import BackupError, checking, manifest, place
from config.cli import installation, report
from config.settings import environment as env

SCHEMA = "ONEGRID_SCHEMA"


def restore(
    source: Annotated[Path, typer.Argument(help="The folder of a backup.")],
    *,
    only_check: Annotated[
        bool, typer.Option("--only-check", help="Look whether the backup is whole, and stop.")
    ] = False,
    accept_trail_faults: Annotated[
        bool, typer.Option("--accept-trail-faults", help="Restore even if the audit trail was tampered with before.")
    ] = False,
) -> None:
    """Bring a backup back into an empty home and schema, whole or not at all."""
    try:
        said = manifest.read(source)
        if not only_check:
            _refuse_used_home()
        with report.step("Backup") as step:
            checking.check(source, said, advance=step.advance)
            step.summary = (
                f"whole: of {said.made_at}, made by {said.onegrid}, {said.rows:,} rows, {said.files.count:,} files"
            )
        if not only_check:
            _restore(source, said, accept_trail_faults=accept_trail_faults)
    except (BackupError, OSError, DatabaseError, psycopg.Error) as refusal:
        report.failure(str(refusal))
        raise typer.Exit(1) from refusal


def _refuse_used_home() -> None:
    """Say before hours of reading what will not do; what a killed restore left is cleared up later."""
    home = installation.home()
    if place.unfinished(home) is None:
        place.refuse_used_home(home)


def _restore(source: Path, said: manifest.Manifest, *, accept_trail_faults: bool) -> None:
    home, schema = installation.made_home(), env.text(SCHEMA, "onegrid")
    with installation.alone(home):
        if _was_complete(home, schema):
            report.line("Restore", "an earlier one was complete but for its last step, which is done now")
            return
        place.refuse_used_home(home)
        draft = place.draft_schema(schema)
        place.note(home, place.Unfinished(draft))
        try:
            with installation.database(home) as url:
                _fill(source, said, url=url, schema=schema, draft=draft, accept_trail_faults=accept_trail_faults)
        except BaseException:
            place.clear_home(home)
            place.finish(home)
            raise
        place.finish(home)
    report.line("Restore", f"complete: home {home}, schema {schema}. Start it: onegrid up")


def _fill(
    source: Path, said: manifest.Manifest, *, url: str, schema: str, draft: str, accept_trail_faults: bool
) -> None:
    home = installation.home()
    place.refuse_used_schema(url, schema)
    place.place_home(source, said, home, schema=schema)
    with _schema_of_its_own(url, draft):
        filling = import_module("config.backup.filling")  # its models exist only now
        filling.refuse_newer(said)
        with report.step("Tables") as step:
            filling.make_tables(said)
            step.summary = f"as they were: {sum(map(len, said.migrations.values()))} migrations"
        with report.step("Rows", of="tables") as step:
            strange = filling.fill_tables(source, said, advance=step.advance)
            step.summary = f"{said.rows:,}, as many as there were"
        for table in strange:
            report.warning(f"The table {table} is none of OneGrid's and was left out.")
        with report.step("Files") as step:
            filling.keep_files(source, said, advance=step.advance)
            step.summary = f"{said.files.count:,}, each with its hash"
        with report.step("Upgrade") as step:
            step.summary = filling.bring_up_to_date(advance=step.advance)
            filling.check_files(said)  # only now is every table there that may name one
        with report.step("Audit trail") as step:
            noted = home / "keys" / f"audit.{schema}.checkpoints"
            step.summary = filling.check_trail(checkpoints=noted, accept_faults=accept_trail_faults)
        filling.leave_entry(said, by=f"{getpass.getuser()}@command-line", at=datetime.now(UTC))
        filling.let_go()
        place.note(home, place.Unfinished(draft, is_complete=True))
        place.give_name(url, draft, schema)


@contextmanager
def _schema_of_its_own(url: str, draft: str) -> Iterator[None]:
    """Make Django ready on a schema that is gone again if anything goes wrong."""
    before = os.environ.get(SCHEMA)
    os.environ[SCHEMA] = draft
    try:
        installation.ensure_ready(url)
        installation.load_django(url=url)
        yield
    except BaseException:
        place.remove_schema(url, draft)
        raise
    finally:
        os.environ.pop(SCHEMA)
        os.environ.update({SCHEMA: before} if before else {})


def _was_complete(home: Path, schema: str) -> bool:
    """Clear up after a restore that was killed; tell whether all of it had been done."""
    left = place.unfinished(home)
    if left is None:
        return False
    with installation.database(home) as url:
        if left.is_complete and not place.has_schema(url, left.draft) and place.has_schema(url, schema):
            place.finish(home)
            return True
        place.remove_schema(url, left.draft)
    place.clear_home(home)
    place.finish(home)
    return False
