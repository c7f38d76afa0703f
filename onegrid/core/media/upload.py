"""Look into what somebody uploads, before anything of it is kept."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from onegrid.core.files import hash_of
from onegrid.core.media.formats import Format, MediaKind, UnacceptableFileError
from onegrid.core.media.photos import Photo, read_photo
from onegrid.core.media.sniffing import sniff

_NAME_LENGTH = 100


@dataclass(frozen=True)
class Upload:
    """
    A file that may be kept: what it is by its own bytes.

    `name` is the name it came with, cleaned, with the extension of what it is;
    people recognize their files by it, programs never look at it. `photo` is
    there for photos.
    """

    kind: MediaKind
    media_type: str
    size: int
    sha256: str
    name: str
    content: IO[bytes]
    photo: Photo | None = None


def inspect_upload(content: IO[bytes], *, name: str = "") -> Upload:
    """
    Find out what a file is, and whether it may be kept.

    Takes a file of a form as it is; `name` is only for files that carry none.

    :raises UnacceptableFileError: if it is empty, too large, damaged, ambiguous or of no accepted kind.
    """
    size = content.seek(0, 2)
    if not size:
        raise UnacceptableFileError(_("The file is empty."))
    _require_size(size, limit=settings.VIDEO_LIMIT)
    found = sniff(content, size=size)
    if found.kind != MediaKind.VIDEO:
        _require_size(size, limit=settings.UPLOAD_LIMIT)
    photo = read_photo(content, found) if found.kind == MediaKind.PHOTO else None
    return Upload(
        kind=found.kind,
        media_type=found.media_type,
        size=size,
        sha256=hash_of(content),
        name=clean_name(name or getattr(content, "name", "") or "", found),
        content=content,
        photo=photo,
    )


def clean_name(claimed: str, found: Format) -> str:
    """Return the name a file came with, without folders and invisible characters, and with the right ending."""
    last = str(claimed).replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    plain = "".join(letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter)[0] != "C")
    stem = re.sub(r"\s+", " ", PurePosixPath(plain).stem if plain.strip(".") else "").strip(" .")
    return f"{stem[:_NAME_LENGTH] or found.kind.value}.{found.extension}"


def _require_size(size: int, *, limit: int) -> None:
    if size > limit:
        megabytes = limit // (1024 * 1024)
        raise UnacceptableFileError(_("The file is larger than %(limit)d MB. Make it smaller.") % {"limit": megabytes})
