"""
Read photos, each in a process of its own that is bounded in time and memory.

A decoder is where a hostile file does its harm. So it runs apart, with none of
our secrets, with the one decoder that the file's first bytes call for, and the
worst it can do is to be refused.
"""

import logging
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings
from django.utils.translation import gettext as _

from onegrid.core.fields import Point
from onegrid.core.media import decoder, formats
from onegrid.core.media.formats import Format, UnacceptableFileError

MOST_PIXELS = 50_000_000
_SECONDS = 60  # on the wall, for a machine that is busy; of a processor the reader takes `decoder.SECONDS` at most
_MEMORY = 768 * 1024 * 1024
_FIRST_YEAR = 1990
_DECODERS: Mapping[Format, str] = {
    formats.JPEG: "JPEG", formats.PNG: "PNG", formats.WEBP: "WEBP", formats.GIF: "GIF",
}  # fmt: skip
_AT_ONCE = BoundedSemaphore(2)  # readers a server process has running; the others wait their turn

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Photo:
    """
    A photo that could be read: its upright size, when and where it says it was taken, and two copies.

    Both copies are JPEG files without any metadata. `public` is at most 2,000
    pixels a side, `thumbnail` 480.
    """

    width: int
    height: int
    taken_at: datetime | None
    place: Point | None
    public: bytes
    thumbnail: bytes


class _Said(msgspec.Struct):
    width: int
    height: int
    taken: str
    offset: str
    lon: float | None
    lat: float | None
    public: int
    thumbnail: int


def read_photo(content: IO[bytes], photo_format: Format) -> Photo:
    """
    Read a photo in one of the accepted formats.

    :raises UnacceptableFileError: if it is damaged, has too many pixels, or takes too long.
    """
    content.seek(0)
    script, bounds = str(Path(decoder.__file__)), [str(MOST_PIXELS), str(_MEMORY)]
    command = [sys.executable, "-I", script, _DECODERS[photo_format], *bounds]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603  # our own script; nothing of the file is in the command
                command, input=content.read(), capture_output=True, timeout=_SECONDS, env={}, check=False
            )
        except subprocess.TimeoutExpired as fault:
            raise UnacceptableFileError(_("The photo takes too long to read. Save it again as JPEG.")) from fault
    if done.returncode == decoder.TOO_LARGE:
        raise UnacceptableFileError(
            _("The photo has more than %(millions)d million pixels. Make it smaller.")
            % {"millions": MOST_PIXELS // 1_000_000}
        )
    if done.returncode:
        if done.returncode != decoder.DAMAGED:
            log.warning("media.decoder_failed", extra={"code": done.returncode, "said": done.stderr[-500:]})
        raise formats.damaged()
    return _photo(done.stdout)


def _photo(answer: bytes) -> Photo:
    line, _newline, copies = answer.partition(b"\n")
    said = msgspec.json.decode(line, type=_Said)
    return Photo(
        width=said.width,
        height=said.height,
        taken_at=taken_at(said.taken, said.offset),
        place=place(said.lon, said.lat),
        public=copies[: said.public],
        thumbnail=copies[said.public : said.public + said.thumbnail],
    )


def taken_at(text: str, offset: str) -> datetime | None:
    """Return when a photo was taken, by its own clock, in the district's time where it names no other."""
    try:
        local = datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007  # the zone comes with the next lines
        aware = datetime.fromisoformat(f"{local.isoformat()}{offset}")
        if aware.tzinfo is None:
            aware = aware.replace(tzinfo=ZoneInfo(settings.TIME_ZONE))
        moment = aware.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.year >= _FIRST_YEAR else None


def place(lon: float | None, lat: float | None) -> Point | None:
    """Return where a photo was taken; 0,0 is what a receiver without a fix writes."""
    if lon is None or lat is None or (lon, lat) == (0, 0):
        return None
    return Point(lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None
