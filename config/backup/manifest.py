"""What a backup says of itself."""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from config.backup import FILE_LIST, FORMAT, MANIFEST, BackupError

CHUNK = 1024 * 1024
_LISTED = re.compile(r"(?P<sha256>[0-9a-f]{64}) (?P<size>[0-9]+)")


class Part(msgspec.Struct, frozen=True):
    """One file of the backup."""

    path: str
    size: int
    sha256: str


class Table(msgspec.Struct, frozen=True):
    """The rows of one table."""

    name: str
    columns: list[str]
    rows: int
    part: Part


class Files(msgspec.Struct, frozen=True):
    """The kept files; those that were missing or damaged when the backup was made are named, and not in it."""

    count: int
    size: int
    part: Part
    missing: list[str]


class Manifest(msgspec.Struct, frozen=True):
    """Everything that is in a backup. A sequence is its last number and whether that was given out."""

    format: int
    onegrid: str
    made_at: str
    schema: str
    postgres: int
    migrations: dict[str, list[str]]
    tables: list[Table]
    sequences: dict[str, tuple[int, bool]]
    files: Files
    home: list[Part]
    secret_key: str

    @property
    def parts(self) -> list[Part]:
        """Every file of the backup but the kept files and the manifest itself."""
        return [*(table.part for table in self.tables), self.files.part, *self.home]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables)


def write(manifest: Manifest, folder: Path) -> None:
    """Write the manifest; it is the last part of a backup."""
    text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    with private(folder / MANIFEST) as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path) -> Manifest:
    """
    Read what a folder says of itself.

    :raises BackupError: if it is no backup, a damaged one, or one of a newer kind.
    """
    try:
        text = (folder / MANIFEST).read_bytes()
    except OSError as error:
        message = f"{folder} is no backup: it has no readable {MANIFEST}."
        raise BackupError(message) from error
    try:
        kind = msgspec.json.decode(text, type=dict[str, msgspec.Raw]).get("format")
        number = msgspec.json.decode(kind, type=int) if kind else 0
    except msgspec.MsgspecError as error:
        raise _damaged(folder) from error
    if number > FORMAT:
        message = (
            f"This backup is of format {number}, this OneGrid reads up to {FORMAT}. Install a newer OneGrid first."
        )
        raise BackupError(message)
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as error:
        raise _damaged(folder) from error
    for part in manifest.parts:
        if Path(part.path).is_absolute() or ".." in Path(part.path).parts:
            raise _damaged(folder)
    return manifest


def listed_files(folder: Path) -> Iterator[tuple[str, int]]:
    """
    Yield hash and size of each file in the list.

    :raises ValueError: if a line is not that.
    """
    for line in (folder / FILE_LIST).read_text(encoding="ascii").splitlines():
        match = _LISTED.fullmatch(line)
        if match is None:
            message = f"Not a hash and a size: {line[:80]!r}."
            raise ValueError(message)
        yield match["sha256"], int(match["size"])


def file_path(sha256: str) -> str:
    """Return where in a backup a kept file lies."""
    return f"files/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def part_of(folder: Path, path: Path) -> Part:
    """Describe a file that has just been written."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Part(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def private(path: Path) -> BinaryIO:
    """Open a new file that only its owner can read, and return it for writing."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _damaged(folder: Path) -> BackupError:
    return BackupError(f"The backup {folder} is damaged: its {MANIFEST} cannot be understood.")
