"""
Uploads that go on where they were cut off: pieces of one file, kept under an id that nobody can guess.

Each is two files in `RESUMABLE_UPLOADS`: the bytes so far, and what was said of them when it began. They are
evidence of nothing yet: whoever holds the id may look into the whole with `inspect_upload`, as into any file. A day
after its last byte an upload is over, whole or not; `sweep` takes it away. A restart loses none.
"""

import fcntl
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import IO, Protocol

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError, InvalidInputError

LIFETIME = timedelta(days=1)
SPARE = 2 * 1024**3  # bytes that stay free on the disk, whatever is uploaded
CHECKSUMS = ("sha1", "sha256")
_ID = re.compile(r"[\w-]{43}", re.ASCII)
_BYTES, _SAID = ".part", ".json"
_CHUNK = 256 * 1024


class UploadNotFoundError(DomainError):
    """There is no upload of this id."""

    status = HTTPStatus.NOT_FOUND


class UploadGoneError(DomainError):
    """The upload was over a day after its last byte."""

    status = HTTPStatus.GONE


class UploadBusyError(DomainError):
    """Somebody is sending a piece of this upload at this very moment."""

    status = HTTPStatus.LOCKED


class WrongOffsetError(DomainError):
    """The piece does not begin where the last one ended."""


class TooLongError(DomainError):
    """More than what was announced, or than may be sent."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class ChecksumMismatchError(DomainError):
    """The piece is not what was sent; nothing of it is kept."""

    status = 460  # the number that tus 1.0.0 gives it


class NoRoomError(DomainError):
    """The disk has no room for it now."""

    status = HTTPStatus.INSUFFICIENT_STORAGE


class Source(Protocol):
    """Where the bytes of a piece come from."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, none at the end."""


@dataclass(frozen=True, kw_only=True)
class Resumable:
    """An upload as it stands: `offset` of `length` bytes are here; `metadata` is what was said of it, untouched."""

    id: str
    length: int
    offset: int
    metadata: str
    expires_at: datetime

    @property
    def is_whole(self) -> bool:
        """All that was announced is here."""
        return self.offset == self.length


@dataclass(frozen=True)
class Checksum:
    """What the bytes of one piece must hash to."""

    algorithm: str
    digest: bytes


class _Said(msgspec.Struct):
    length: int
    metadata: str


def begin(*, length: int, metadata: str, at: datetime) -> Resumable:
    """
    Make room for a file of so many bytes.

    :raises TooLongError: if it is larger than any file may be.
    :raises NoRoomError: if the disk would be too full.
    """
    if length > settings.VIDEO_LIMIT:
        megabytes = settings.VIDEO_LIMIT // (1024 * 1024)
        raise TooLongError(_("The file is larger than %(limit)d MB. Make it smaller.") % {"limit": megabytes})
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _require_room(length)
    id_ = secrets.token_urlsafe(32)
    _write(folder / f"{id_}{_SAID}", msgspec.json.encode(_Said(length, metadata)), at=at)
    _write(folder / f"{id_}{_BYTES}", b"", at=at)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return find(id_, at=at)


def find(id_: str, *, at: datetime) -> Resumable:
    """
    Return an upload as it stands.

    :raises UploadNotFoundError: if there is none.
    :raises UploadGoneError: if it has run out.
    """
    path = _path(id_)
    try:
        status = path.stat()
        said = msgspec.json.decode(path.with_suffix(_SAID).read_bytes(), type=_Said)
    except FileNotFoundError:
        raise UploadNotFoundError(_("This upload is not here, or no longer.")) from None
    expires_at = datetime.fromtimestamp(status.st_mtime, UTC) + LIFETIME
    if expires_at <= at:
        raise UploadGoneError(_("This upload has run out. Send the file again."))
    return Resumable(id=id_, length=said.length, offset=status.st_size, metadata=said.metadata, expires_at=expires_at)


def append(
    id_: str, source: Source, *, offset: int, size: int, at: datetime, checksum: Checksum | None = None
) -> Resumable:
    """
    Add a piece of `size` bytes that begins at `offset`. Where the source is cut off, what came is kept.

    :raises UploadNotFoundError: if there is no such upload.
    :raises UploadGoneError: if it has run out.
    :raises UploadBusyError: if another piece is on its way.
    :raises WrongOffsetError: if the piece begins elsewhere.
    :raises TooLongError: if it would end beyond what was announced.
    :raises ChecksumMismatchError: if it is not what was sent; then nothing of it is kept.
    :raises NoRoomError: if the disk is too full.
    """  # fmt: skip
    upload = find(id_, at=at)
    with _alone_with(_path(id_)) as written:
        if written.seek(0, os.SEEK_END) != offset:
            raise WrongOffsetError(_("The piece does not begin where the last one ended."))
        if offset + size > upload.length:
            raise TooLongError(_("This is more than was announced."))
        _require_room(size)
        try:
            is_good = _write_piece(written, _pieces(source, size), checksum=checksum)
            if not is_good:
                written.truncate(offset)
        finally:
            written.flush()
            os.fsync(written.fileno())
            os.utime(written.fileno(), (at.timestamp(), at.timestamp()))
    if not is_good:
        raise ChecksumMismatchError(_("The piece has arrived damaged. Send it again."))
    return find(id_, at=at)


@contextmanager
def opened(id_: str, *, at: datetime) -> Iterator[IO[bytes]]:
    """
    Open an upload that is whole, for reading.

    :raises UploadNotFoundError: if there is none.
    :raises UploadGoneError: if it has run out.
    :raises InvalidInputError: if it is not whole yet.
    """
    if not find(id_, at=at).is_whole:
        raise InvalidInputError(_("This file has not arrived whole. Send it again."))
    with _path(id_).open("rb") as content:
        yield content


def remove(id_: str) -> None:
    """Take an upload away, whether it is there or not."""
    path = _path(id_)
    path.unlink(missing_ok=True)
    path.with_suffix(_SAID).unlink(missing_ok=True)


def sweep(*, at: datetime) -> int:
    """Take away what has run out, and return how many there were."""
    removed = 0
    for path in _folder().glob(f"*{_SAID}"):
        with suppress(FileNotFoundError):
            newest = max(part.stat().st_mtime for part in (path, path.with_suffix(_BYTES)) if part.exists())
            if datetime.fromtimestamp(newest, UTC) + LIFETIME <= at:
                remove(path.stem)
                removed += 1
    return removed


@contextmanager
def _alone_with(path: Path) -> Iterator[IO[bytes]]:
    with path.open("r+b") as written:
        try:
            fcntl.flock(written, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadBusyError(_("A piece of this file is on its way already. Try again in a moment.")) from None
        yield written


def _write_piece(written: IO[bytes], pieces: Iterator[bytes], *, checksum: Checksum | None) -> bool:
    """Write what comes, and tell whether it is what its checksum says; with one, only a whole piece is written."""
    if checksum is None:
        for data in pieces:
            written.write(data)
        return True
    hashed, start = hashlib.new(checksum.algorithm), written.tell()  # of a program's choice, against accidents only
    try:
        for data in pieces:
            hashed.update(data)
            written.write(data)
    except OSError:
        written.truncate(start)
        raise
    return hashed.digest() == checksum.digest


def _pieces(source: Source, size: int) -> Iterator[bytes]:
    left = size
    while left and (data := source.read(min(left, _CHUNK))):
        left -= len(data)
        yield data


def _require_room(size: int) -> None:
    if shutil.disk_usage(_folder()).free < size + SPARE:
        raise NoRoomError(_("There is no room for files at the moment. Send the report without them, or later."))


def _write(path: Path, content: bytes, *, at: datetime) -> None:
    with path.open("xb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    os.utime(path, (at.timestamp(), at.timestamp()))


def _folder() -> Path:
    return Path(settings.RESUMABLE_UPLOADS)


def _path(id_: str) -> Path:
    if not _ID.fullmatch(id_):
        raise UploadNotFoundError(_("This upload is not here, or no longer."))
    return _folder() / f"{id_}{_BYTES}"
