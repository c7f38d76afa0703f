"""Make a backup while everything runs: all rows of one moment, then the files they name."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from config.backup import FILE_LIST, FORMAT, BackupError, rows
from config.backup.manifest import CHUNK, Files, Manifest, Part, Table, file_path, part_of, private, write
from config.preparation import Advance
from onegrid.core import files
from onegrid.core.processes import is_alive
from onegrid.oversight.public import checkpoint_file, public_key_file

Step = Callable[[str], Advance]  # told the title of each part, gives what moves its bar

INCLUDED, LEFT_OUT, ELSEWHERE = "included", "left out", "in the environment"


def take(target: Path, *, at: datetime, with_secrets: bool, step: Step) -> Manifest:
    """
    Write a backup to a folder that does not exist yet, and return what it says of itself.

    Nothing bears the folder's name before everything is on the disk.

    :raises BackupError: if something is there already.
    """
    if target.exists():
        message = f"{target} exists already. Choose another name; a backup never overwrites."
        raise BackupError(message)
    with _draft(target) as draft:
        noted = _bytes(checkpoint_file())  # before the rows, so that no seal is noted that they do not hold
        snapshot = _snapshot(draft, advance=step("Rows"))
        kept = _copy_files(draft, snapshot.hashes, advance=step("Files"))
        home = list(_copy_home(draft, noted=noted, with_secrets=with_secrets))
        manifest = Manifest(
            format=FORMAT,
            onegrid=version("onegrid"),
            made_at=at.isoformat(timespec="seconds"),
            schema=settings.SCHEMA,
            postgres=connection.cursor().connection.info.server_version,
            migrations=snapshot.migrations,
            tables=snapshot.tables,
            sequences=snapshot.sequences,
            files=kept,
            home=home,
            secret_key=_secret_key_of(home, with_secrets=with_secrets),
        )
        write(manifest, draft)
        _force_to_disk(draft)
        draft.rename(target)
    _force_folder(target.parent)
    return manifest


class _Snapshot:
    """What the database held at one moment."""

    def __init__(self, draft: Path, *, advance: Advance) -> None:
        self.migrations: dict[str, list[str]] = {}
        for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
            self.migrations.setdefault(app, []).append(name)
        self.hashes = sorted(files.named())
        self.tables: list[Table] = rows.write_out(draft, advance=advance)
        self.sequences = rows.sequences()


def _snapshot(draft: Path, *, advance: Advance) -> _Snapshot:
    with _while_nothing_migrates(), transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _Snapshot(draft, advance=advance)


@contextmanager
def _while_nothing_migrates() -> Iterator[None]:
    """Share the lock under which `onegrid prepare` changes tables; the snapshot must not be older than it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(hashtext('onegrid prepare ' || %s))", [settings.SCHEMA])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock_shared(hashtext('onegrid prepare ' || %s))", [settings.SCHEMA])


def _copy_files(draft: Path, hashes: list[str], *, advance: Advance) -> Files:
    """Copy the files; they never change, so that it may take its time. A damaged one stops nothing, and is named."""
    missing, total = [], 0
    with private(draft / FILE_LIST) as listed:
        for number, sha256 in enumerate(hashes, start=1):
            size = _copy_file(draft, sha256)
            if size is None:
                missing.append(sha256)
            else:
                total += size
                listed.write(f"{sha256} {size}\n".encode())
            advance(number, len(hashes))
    return Files(len(hashes) - len(missing), total, part_of(draft, draft / FILE_LIST), missing)


def _copy_file(draft: Path, sha256: str) -> int | None:
    target = draft / file_path(sha256)
    digest, size = hashlib.sha256(), 0
    try:
        with files.open_file(sha256) as source, private(target) as copy:
            while block := source.read(CHUNK):
                copy.write(block)
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        return None
    if digest.hexdigest() != sha256:
        target.unlink()
        return None
    return size


def _copy_home(draft: Path, *, noted: bytes | None, with_secrets: bool) -> Iterator[Part]:
    """Copy what the home holds besides database and files; the public keys last, so that every private one is in."""
    keys = public_key_file().parent
    wanted = {"home/keys/audit.checkpoints": noted}
    if with_secrets:
        wanted["home/secret_key"] = _bytes(Path(settings.HOME) / "secret_key")
        wanted["home/keys/audit.key"] = _bytes(keys / "audit.key")
    wanted["home/keys/audit.pub"] = _bytes(keys / "audit.pub")
    for name, content in wanted.items():
        if content is not None:
            with private(draft / name) as file:
                file.write(content)
            yield part_of(draft, draft / name)


def _secret_key_of(home: list[Part], *, with_secrets: bool) -> str:
    if any(part.path == "home/secret_key" for part in home):
        return INCLUDED
    return ELSEWHERE if with_secrets else LEFT_OUT


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """Give a folder beside the target whose name nobody takes for a backup; it is gone afterwards."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for leftover in target.parent.glob(".onegrid-backup.*.partial"):
        if not is_alive(int(leftover.name.split(".")[2])):
            shutil.rmtree(leftover, ignore_errors=True)
    draft = target.with_name(f".onegrid-backup.{os.getpid()}.partial")
    draft.mkdir(mode=0o700)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _force_to_disk(folder: Path) -> None:
    for path in folder.rglob("*"):
        _force_folder(path)  # a file is forced the same way
    _force_folder(folder)


def _force_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
