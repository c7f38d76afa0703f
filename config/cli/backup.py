"""`onegrid backup`: everything of this installation in one folder, while it runs."""

import getpass
import json
import os
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db import DatabaseError

from config.backup import BackupError
from config.backup.manifest import Manifest
from config.backup.taking import take
from config.cli import report
from config.preparation import Advance
from onegrid.core.upkeep import BACKUP_NOTE
from onegrid.oversight.public import Actor, record_apart


def backup(
    target: Annotated[
        Path, typer.Argument(help="A new folder; in one that exists, the backup is named by its moment.")
    ],
    *,
    secrets: Annotated[
        bool, typer.Option(help="Put the secret key and the private key of the audit trail into it.")
    ] = True,
) -> None:
    """Back up database, files and keys, all of one moment, while everything runs."""
    os.umask(0o077)
    at = datetime.now(UTC)
    target = target.expanduser().resolve()
    if target.is_dir():
        target /= f"onegrid-{settings.SCHEMA}-{at:%Y%m%dT%H%M%SZ}"
    by = Actor(f"{getpass.getuser()}@command-line")
    of = f"core.Backup:{settings.SCHEMA}"
    record_apart("core.backed_up", target=of, by=by, at=at, data={"secrets": secrets})
    try:
        with Steps() as steps:
            manifest = take(target, at=at, with_secrets=secrets, step=steps.begin)
    except (BackupError, OSError, DatabaseError) as refusal:
        report.failure(f"No backup was made. {refusal}")
        with suppress(DatabaseError):  # where the database is gone, its trail is too
            record_apart("core.backup_failed", target=of, by=by, at=datetime.now(UTC), data={"secrets": secrets})
        raise typer.Exit(1) from refusal
    note = {"made_at": manifest.made_at, "place": str(target)}
    (settings.HOME / BACKUP_NOTE).write_text(json.dumps(note), encoding="utf8")
    report.line("Backup", f"{target}: {told(manifest)}")
    if manifest.files.missing:
        report.warning(
            f"{len(manifest.files.missing)} files were missing or damaged here already, such as"
            f" {manifest.files.missing[0]}. Bring them back from an older backup."
        )
        raise typer.Exit(3)


def told(manifest: Manifest) -> str:
    """Say in a line what is in a backup."""
    size = sum(part.size for part in manifest.parts) + manifest.files.size
    return (
        f"{manifest.rows:,} rows in {len(manifest.tables)} tables, {manifest.files.count:,} files,"
        f" {size / 1024**2:,.1f} MB, secret key {manifest.secret_key}"
    )


_COUNTED = {"Rows": "tables"}


class Steps(ExitStack):
    """Parts of a long piece of work, each with a line of its own that is finished when the next begins."""

    def begin(self, title: str) -> Advance:
        """Finish the part before and begin this one."""
        self.close()
        current = self.enter_context(report.step(title, of=_COUNTED.get(title, "")))

        def advance(done: int, total: int) -> None:
            current.summary = f"{done:,} of {total:,}"
            current.advance(done, total)

        return advance
