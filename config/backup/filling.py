"""Fill an empty schema and an empty store from a backup, bring it up to date and look whether all is there."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from config.backup import LEFT_OUT, BackupError, rows
from config.backup.manifest import Manifest, Table, file_path, listed_files
from config.preparation import Advance, tables
from onegrid.core import files
from onegrid.core.errors import DomainError
from onegrid.oversight import public as oversight


def refuse_newer(manifest: Manifest) -> None:
    """
    Make sure that this software knows every migration that the backup's tables have had.

    :raises BackupError: if it does not.
    """
    known = set(MigrationLoader(None).disk_migrations)
    strange = [key for key in _applied(manifest) if key not in known]
    if strange:
        app, name = strange[0]
        message = (
            f"This backup was made by a newer OneGrid ({manifest.onegrid}): its tables have had {len(strange)}"
            f" migrations that are unknown here, such as {app}.{name}. Install that version first."
        )
        raise BackupError(message)


def make_tables(manifest: Manifest) -> None:
    """
    Make the tables just as they were when the backup was made.

    :raises BackupError: if that cannot be done with what the backup names.
    """
    wanted = set(_applied(manifest))
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    inner = {parent.key for key in wanted for parent in graph.node_map[key].parents if parent.key[0] == key[0]}
    executor.migrate(sorted(wanted - inner))
    made = set(MigrationExecutor(connection).loader.applied_migrations)
    if made != wanted:
        message = f"The tables of this backup cannot be made: {min(made ^ wanted)} is not accounted for."
        raise BackupError(message)


def fill_tables(source: Path, manifest: Manifest, *, advance: Advance) -> list[str]:
    """
    Bring the rows back, count them, and return the tables that OneGrid does not know and that were left out.

    :raises BackupError: if a table is missing or the rows are not as many as they were.
    """
    there = rows.columns()
    ours = [table for table in manifest.tables if table.name in there]
    _refuse_other_shape(ours, there)
    with transaction.atomic(durable=True):
        rows.read_in(source, ours, advance=advance)
        rows.set_sequences(manifest.sequences)
    _refuse_other_counts(ours)
    with connection.cursor() as cursor:
        for table in ours:  # else the first hours plan with guesses
            cursor.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table.name)))
    return [table.name for table in manifest.tables if table.name not in there]


def keep_files(source: Path, manifest: Manifest, *, advance: Advance) -> None:
    """
    Put the files into the store.

    :raises BackupError: if one is not what its name says.
    """
    for number, (sha256, _) in enumerate(listed_files(source), start=1):
        with (source / file_path(sha256)).open("rb") as given:
            kept = files.keep(given)
        if kept != sha256:
            message = f"The file {sha256} is damaged."
            raise BackupError(message)
        advance(number, manifest.files.count)


def bring_up_to_date(*, advance: Advance) -> str:
    """Apply the migrations that have come since the backup was made."""
    return tables.migrate(advance)


def check_files(manifest: Manifest) -> None:
    """
    Make sure that every file which the rows name is there.

    :raises BackupError: if one is missing that was in the backup.
    """
    gone = [sha256 for sha256 in files.named() - set(manifest.files.missing) if not files.exists(sha256)]
    if gone:
        message = f"{len(gone)} files that the rows name are not in the backup, such as {gone[0]}."
        raise BackupError(message)


def check_trail(*, checkpoints: Path, accept_faults: bool) -> str:
    """
    Check the audit trail as `onegrid audit verify` does, and say how it is.

    :raises BackupError: if anything is wrong with it, unless that is accepted.
    """
    try:
        keys = oversight.public_keys(oversight.public_key_file())
    except DomainError:
        keys = []  # nothing was ever sealed, or else every seal is found to be signed by nobody we know
    report = oversight.verify(keys, checkpoints=oversight.checkpoints(checkpoints))
    if not keys and not report.seals:
        return f"{report.unsealed} entries, never sealed"
    if not report.is_whole and not accept_faults:
        said = "\n".join(f"  {line}" for line in oversight.summary(report))
        message = f"The audit trail does not hold, and nothing was restored (--accept-trail-faults would):\n{said}"
        raise BackupError(message)
    return f"{report.sealed} entries sealed, {report.unsealed} not yet{'' if report.is_whole else ', WITH FAULTS'}"


def leave_entry(manifest: Manifest, *, by: str, at: datetime) -> None:
    """Write into the trail that it goes on from here."""
    data = {"made_at": manifest.made_at, "rows": manifest.rows, "files": manifest.files.count}
    target = f"core.Backup:{manifest.schema}"
    oversight.record_apart("core.restored", target=target, by=oversight.Actor(by), at=at, data=data)


def let_go() -> None:
    """End our use of the schema, so that it can be given its name."""
    connection.close()


def _applied(manifest: Manifest) -> list[tuple[str, str]]:
    return [(app, name) for app, names in manifest.migrations.items() for name in names]


def _refuse_other_shape(ours: Iterable[Table], there: dict[str, list[str]]) -> None:
    missing = set(there) - {table.name for table in ours} - LEFT_OUT
    if missing:
        message = f"The backup is damaged: it lacks the table {min(missing)}."
        raise BackupError(message)
    for table in ours:
        if set(table.columns) != set(there[table.name]):
            message = f"The backup is damaged: the columns of {table.name} are not those of its migrations."
            raise BackupError(message)


def _refuse_other_counts(ours: Iterable[Table]) -> None:
    wanted = {table.name: table.rows for table in ours}
    for name, found in rows.counts(wanted).items():
        if found != wanted[name]:
            message = f"The backup is damaged: {name} has {found} rows, not {wanted[name]}."
            raise BackupError(message)
