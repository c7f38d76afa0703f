"""The insides of container formats, as far as they tell what a file is: MP4 boxes, WebM elements, Office archives."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_BOXES = 20_000
_ELEMENTS = 2_000
_ARCHIVE_FILES = 5_000
_ARCHIVE_BYTES = 500 * 1024 * 1024
_LIST_BYTES = 1024 * 1024


class BrokenContainerError(Exception):
    """The container's own lengths and names do not fit together."""


@dataclass(frozen=True)
class Part:
    """One piece of a container: its name and where its contents begin and end."""

    name: bytes
    start: int
    end: int


# --- MP4, QuickTime ----------------------------------------------------------


def boxes(content: IO[bytes], start: int, end: int) -> Iterator[Part]:
    """
    Walk the boxes between two positions (ISO/IEC 14496-12 §4.2).

    :raises BrokenContainerError: if they do not fill the room exactly.
    """
    for _ in range(_BOXES):
        if start == end:
            return
        content.seek(start)
        header = content.read(16)
        if len(header) < 8 or end - start < 8:
            raise BrokenContainerError
        size, name, skip = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1:
            size, skip = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < skip or start + size > end:
            raise BrokenContainerError
        yield Part(name, start + skip, start + size)
        start += size
    raise BrokenContainerError


def handlers(content: IO[bytes], size: int) -> set[bytes]:
    """
    Return what an MP4's tracks are for: `vide`, `soun` and others.

    :raises BrokenContainerError: if it is cut off, or holds no tracks.
    """
    found = set()
    top = list(boxes(content, 0, size))
    for trak in inside(content, top, (b"moov", b"trak")):
        for hdlr in inside(content, [trak], (b"trak", b"mdia", b"hdlr")):
            content.seek(hdlr.start + 8)
            found.add(content.read(4))
    if not found:
        raise BrokenContainerError
    return found


def inside(content: IO[bytes], parts: list[Part], path: tuple[bytes, ...]) -> list[Part]:
    """
    Return the boxes at the end of a path of names that begins among `parts`.

    :raises BrokenContainerError: if they do not fill the room exactly.
    """
    here = [part for part in parts if part.name == path[0]]
    for name in path[1:]:
        here = [inner for part in here for inner in _children(content, part) if inner.name == name]
    return here


def _children(content: IO[bytes], part: Part) -> Iterator[Part]:
    # QuickTime ends some lists with four zero bytes.
    content.seek(max(part.start, part.end - 4))
    end = part.end - 4 if part.end - part.start >= 4 and content.read(4) == bytes(4) else part.end
    try:
        yield from boxes(content, part.start, end)
    except BrokenContainerError:
        if end == part.end:
            raise
        yield from boxes(content, part.start, part.end)


# --- WebM ---------------------------------------------------------------------

_DOC_TYPE, _SEGMENT, _CLUSTER = b"\x42\x82", b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
_TRACKS, _TRACK, _TRACK_TYPE = b"\x16\x54\xae\x6b", b"\xae", b"\x83"
_VIDEO_TRACK = 1


def elements(content: IO[bytes], start: int, end: int) -> Iterator[Part]:
    """
    Walk the EBML elements between two positions (RFC 8794 §5, §6); one of unknown length reaches to the end.

    :raises BrokenContainerError: if a length points outside.
    """
    for _ in range(_ELEMENTS):
        if start >= end:
            return
        content.seek(start)
        header = content.read(12)
        name_length = _vint_length(header[:1], 4)
        length = _vint_length(header[name_length : name_length + 1], 8)
        skip = name_length + length
        marker = 1 << (7 * length)
        size = int.from_bytes(header[name_length:skip], "big") & (marker - 1)
        if size == marker - 1:
            size = end - start - skip
        if len(header) < skip or start + skip + size > end:
            raise BrokenContainerError
        yield Part(header[:name_length], start + skip, start + skip + size)
        start += skip + size
    raise BrokenContainerError


def _vint_length(first: bytes, most: int) -> int:
    length = 9 - first[0].bit_length() if first else most + 1
    if length > most:
        raise BrokenContainerError
    return length


def doc_type(content: IO[bytes], size: int) -> bytes:
    """
    Return which EBML format a file says it is, such as `webm`.

    :raises BrokenContainerError: if it does not say.
    """
    head = next(elements(content, 0, size))
    for part in elements(content, head.start, min(head.end, head.start + 1024)):
        if part.name == _DOC_TYPE:
            content.seek(part.start)
            return content.read(min(part.end - part.start, 32)).rstrip(b"\0")
    raise BrokenContainerError


def has_video(content: IO[bytes], size: int) -> bool:
    """
    Tell whether a WebM file's list of tracks, before its first cluster, names a film.

    :raises BrokenContainerError: if it has no such list.
    """
    types = set()
    segments = (part for part in elements(content, 0, size) if part.name == _SEGMENT)
    for segment in segments:
        for part in elements(content, segment.start, segment.end):
            if part.name == _CLUSTER:
                break
            if part.name == _TRACKS:
                types |= set(_track_types(content, part))
        break
    if not types:
        raise BrokenContainerError
    return _VIDEO_TRACK in types


def _track_types(content: IO[bytes], tracks: Part) -> Iterator[int]:
    for track in elements(content, tracks.start, tracks.end):
        if track.name == _TRACK:
            for part in elements(content, track.start, track.end):
                if part.name == _TRACK_TYPE:
                    content.seek(part.start)
                    yield int.from_bytes(content.read(min(part.end - part.start, 8)), "big")


# --- Office -------------------------------------------------------------------


def office_parts(content: IO[bytes]) -> tuple[set[str], bytes]:
    """
    Return the names inside an Office archive and its list of content types. Nothing else is unpacked.

    :raises BrokenContainerError: if it is no sound archive, or would grow beyond all measure.
    """
    content.seek(0)
    try:
        with zipfile.ZipFile(content) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            if (
                len(entries) > _ARCHIVE_FILES
                or len(names) != len(entries)
                or sum(entry.file_size for entry in entries) > _ARCHIVE_BYTES
                or min((entry.header_offset for entry in entries), default=1) != 0
            ):
                raise BrokenContainerError
            if "[Content_Types].xml" not in names:
                return names, b""
            with archive.open("[Content_Types].xml") as listed:
                return names, listed.read(_LIST_BYTES)
    except (
        zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError,
    ) as fault:  # fmt: skip
        raise BrokenContainerError from fault
