"""
Files, kept by the SHA-256 of their bytes and never changed.

A file is written under a temporary name, forced to the disk and then given its
own name, so that whoever finds the name finds the whole file. Keeping the same
bytes twice keeps them once. Everything goes through Django's storage interface:
another backend (such as S3 by django-storages) needs a setting and no code.

A file is kept before the row that speaks of it. A transaction that fails leaves
at most a file that nobody speaks of; `stale_names` finds those, and whoever
knows the rows removes them with `discard`, under the lock of `hold_all`.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.db import connection

_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/(?P<sha256>[0-9a-f]{64})")
_INCOMING = "incoming"
_CHUNK = 1024 * 1024
_LOCK = 0x6F67_6669  # "ogfi": keepers share it, a sweeper has it alone

Namer = Callable[[], Iterable[str]]
_namers: list[Namer] = []


class SealedFileStorage(FileSystemStorage):
    """Files on a disk: complete or absent, readable only, never overwritten."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002  # Django's signature
        """Keep the name: it is the hash, so whatever bears it already is the same file."""
        return name

    def _save(self, name: str, content: File[bytes]) -> str:
        path, incoming = Path(self.path(name)), Path(self.path(_INCOMING))
        incoming.mkdir(parents=True, exist_ok=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = incoming / uuid4().hex
        try:
            with temporary.open("xb") as written:
                written.writelines(content.chunks(_CHUNK))
                written.flush()
                os.fchmod(written.fileno(), 0o440)
                os.fsync(written.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(temporary)
        finally:
            temporary.unlink(missing_ok=True)
        # A name is only safe once every folder on the way to it is.
        for folder in (path.parent, path.parent.parent, Path(self.base_location)):
            _force_to_disk(folder)
        return name


def _force_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def hash_of(content: IO[bytes]) -> str:
    """Return the SHA-256 of everything in a file, read in pieces."""
    content.seek(0)
    return hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # real files can


def keep(content: IO[bytes]) -> str:
    """Keep a file and return the SHA-256 it is kept by. Bytes that are there already are not written again."""
    sha256 = hash_of(content)
    if not exists(sha256):
        content.seek(0)
        _storage().save(name_of(sha256), File(content))
    return sha256


def open_file(sha256: str) -> File[bytes]:
    """
    Open a kept file for reading; the caller closes it.

    :raises FileNotFoundError: if there is none.
    """
    return _storage().open(name_of(sha256), "rb")


def exists(sha256: str) -> bool:
    """Tell whether a file is kept."""
    return _storage().exists(name_of(sha256))


def name_of(sha256: str) -> str:
    """
    Return the name of a file inside the store: `ab/cd/abcd…`.

    :raises ValueError: if it is not a SHA-256 in lower-case hexadecimal digits.
    """
    name = f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
    if not _NAME.fullmatch(name):
        message = f"Not a SHA-256: {sha256[:80]!r}."
        raise ValueError(message)
    return name


def sha256_in(name: str) -> str | None:
    """Return the SHA-256 that a name inside the store stands for; None for a leftover of an interrupted writing."""
    match = _NAME.fullmatch(name)
    return match["sha256"] if match else None


def names_files(function: Namer) -> Namer:
    """Register the decorated function of an app: it returns the hash of every file that rows of the app name."""
    _namers.append(function)
    return function


def named() -> set[str]:
    """Return the hash of every file that any row names: those that a backup must hold."""
    return {sha256 for namer in _namers for sha256 in namer()}


def stale_names(before: datetime) -> Iterator[str]:
    """Walk the names of all files last written before a moment, leftovers of interrupted writings too."""
    storage = _storage()
    for name in _names(storage, ""):
        with suppress(FileNotFoundError):  # swept or put in place meanwhile
            if storage.get_modified_time(name) < before:
                yield name


def _names(storage: Storage, folder: str) -> Iterator[str]:
    if folder and not storage.exists(folder):
        return
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever kept here
        return
    for name in sorted(files):
        yield f"{folder}/{name}".removeprefix("/")
    for name in sorted(folders):
        yield from _names(storage, f"{folder}/{name}".removeprefix("/"))


def discard(name: str) -> None:
    """Remove a file by its name inside the store; the caller knows, under `hold_all`, that no row speaks of it."""
    _storage().delete(name)


def hold() -> None:
    """Keep sweepers away until the caller's transaction ends, so that no file goes before its row is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def hold_all() -> None:
    """Wait for everybody who is keeping files, and keep them out until the caller's transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _storage() -> Storage:
    return storages["default"]
