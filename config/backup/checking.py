"""Look whether a backup is whole: every part there, of the length and with the hash that the manifest names."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from config.backup import FILE_LIST, BackupError
from config.backup.manifest import Manifest, file_path, listed_files
from config.preparation import Advance

SHOWN = 10


def check(source: Path, manifest: Manifest, *, advance: Advance) -> None:
    """
    Read everything once.

    :raises BackupError: if anything is missing, cut off or changed; the text names the first few.
    """
    faults = list(_faults(source, manifest, advance=advance))
    if faults:
        shown = "\n".join(f"  {fault}" for fault in faults[:SHOWN])
        more = f"\n  … and {len(faults) - SHOWN} more" if len(faults) > SHOWN else ""
        message = f"The backup {source} is damaged, and nothing was restored:\n{shown}{more}"
        raise BackupError(message)


def _faults(source: Path, manifest: Manifest, *, advance: Advance) -> Iterator[str]:
    total = len(manifest.parts) + manifest.files.count
    done = 0
    for part in manifest.parts:
        yield from _fault_of(source / part.path, part.path, size=part.size, sha256=part.sha256)
        advance(done := done + 1, total)
    listed = 0
    for sha256, size in _listed(source):
        name = file_path(sha256)
        yield from _fault_of(source / name, name, size=size, sha256=sha256)
        listed += 1
        advance(done := done + 1, total)
    if listed != manifest.files.count:
        yield f"{FILE_LIST} names {listed} files, not {manifest.files.count}"


def _listed(source: Path) -> list[tuple[str, int]]:
    try:
        return list(listed_files(source))
    except (OSError, ValueError):  # said already, as a part that is missing or changed
        return []


def _fault_of(path: Path, name: str, *, size: int, sha256: str) -> Iterator[str]:
    try:
        found = path.stat().st_size
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        yield (
            f"{name} is missing" if isinstance(error, FileNotFoundError) else f"{name} cannot be read: {error.strerror}"
        )
        return
    if found != size:
        yield f"{name} has {found} bytes, not {size}"
    elif digest != sha256:
        yield f"{name} was changed"
