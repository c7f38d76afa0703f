"""When the pieces of MP4 and WebM are to be played: by their tables, or by their fragments where they were streamed."""

import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from onegrid.core.media.containers import BrokenContainerError, Part, boxes, elements, inside

_UNKNOWN = {0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
_SEGMENT, _CLUSTER, _INFO = b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75", b"\x15\x49\xa9\x66"
_SCALE, _DURATION = b"\x2a\xd7\xb1", b"\x44\x89"
_TIMESTAMP, _BLOCK_GROUP, _BLOCK, _SIMPLE_BLOCK = b"\xe7", b"\xa0", b"\xa1", b"\xa3"
_NANOSECONDS = 1_000_000  # of a tick, unless the file says otherwise
_MOST_ELEMENTS = 400_000  # of a WebM; more than three minutes have by far


def mp4_seconds(content: IO[bytes], size: int) -> float:
    """
    Return how long an MP4 lasts: the longest of what its head, its tracks and its fragments say; 0 where none does.

    :raises BrokenContainerError: if its boxes do not fit together.
    """
    top = list(boxes(content, 0, size))
    heads = inside(content, top, (b"moov", b"mvhd"))
    said = [ticks / scale for head in heads for scale, ticks in [_timed(content, head)] if scale]
    scales: dict[int, int] = {}
    for track in inside(content, top, (b"moov", b"trak")):
        scale, ticks = next((_timed(content, each) for each in inside(content, [track], _MDHD)), (0, 0))
        for head in inside(content, [track], (b"trak", b"tkhd")):
            scales[_track_id(content, head)] = scale
        said.append(ticks / scale if scale else 0)
    defaults = {_u32(content, trex.start + 4): _u32(content, trex.start + 12)
                for trex in inside(content, top, (b"moov", b"mvex", b"trex"))}  # fmt: skip
    ends = _fragments(content, top, defaults)
    return max([0.0, *said, *(ticks / scales[track] for track, ticks in ends if scales.get(track))])


def webm_seconds(content: IO[bytes], size: int) -> float:
    """
    Return how long a WebM lasts, by its head or by the last of its blocks; 0 where it has none.

    :raises BrokenContainerError: if a length points outside, or there are too many pieces.
    """
    scale, ticks, cluster, last = _NANOSECONDS, 0.0, 0, 0
    for part in _flat(content, size):
        if part.name == _SCALE:
            scale = _number(content, part)
        elif part.name == _DURATION:
            ticks = _real(content, part)
        elif part.name == _TIMESTAMP:
            cluster = _number(content, part)
        elif part.name in {_SIMPLE_BLOCK, _BLOCK}:
            last = max(last, cluster + _offset(content, part))
    return max(ticks, last) * scale / 1e9


_MDHD = (b"trak", b"mdia", b"mdhd")


def _timed(content: IO[bytes], head: Part) -> tuple[int, int]:
    """Return the ticks a second and the length in ticks of a `mvhd` or `mdhd`; no length where it says none."""
    content.seek(head.start)
    data = content.read(32)
    if len(data) >= 32 and data[0] == 1:
        scale, ticks = struct.unpack_from(">IQ", data, 20)
    elif len(data) >= 20:
        scale, ticks = struct.unpack_from(">II", data, 12)
    else:
        raise BrokenContainerError
    return scale, 0 if ticks in _UNKNOWN else ticks


def _track_id(content: IO[bytes], head: Part) -> int:
    content.seek(head.start)
    is_long = content.read(1) == b"\x01"
    return _u32(content, head.start + (20 if is_long else 12))


def _fragments(content: IO[bytes], top: list[Part], defaults: dict[int, int]) -> Iterator[tuple[int, int]]:
    """Give, for each fragment of a track, at which tick it ends."""
    reached: dict[int, int] = {}
    for traf in inside(content, top, (b"moof", b"traf")):
        for head in inside(content, [traf], (b"traf", b"tfhd")):
            track = _u32(content, head.start + 4)
            each = _default_of(content, head) or defaults.get(track, 0)
            runs = [_run(content, run, each) for run in inside(content, [traf], (b"traf", b"trun"))]
            begin = next((_begin(content, part) for part in inside(content, [traf], (b"traf", b"tfdt"))), None)
            reached[track] = (reached.get(track, 0) if begin is None else begin) + sum(runs)
            yield track, reached[track]


def _default_of(content: IO[bytes], head: Part) -> int:
    flags = _u32(content, head.start) & 0xFFFFFF
    at = head.start + 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return _u32(content, at) if flags & 8 else 0


def _begin(content: IO[bytes], part: Part) -> int:
    content.seek(part.start)
    data = content.read(12)
    if len(data) < 12:
        raise BrokenContainerError
    return int.from_bytes(data[4:12] if data[0] == 1 else data[4:8], "big")


def _run(content: IO[bytes], run: Part, each: int) -> int:
    """Return how many ticks the samples of a `trun` last."""
    flags, count = _u32(content, run.start) & 0xFFFFFF, _u32(content, run.start + 4)
    if not flags & 0x100:
        return count * each
    width = 4 * sum(bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800))
    start = run.start + 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    if start + count * width > run.end:
        raise BrokenContainerError
    content.seek(start)
    table = content.read(count * width)
    return sum(value for (value,) in struct.iter_unpack(f">I{width - 4}x", table))


def _u32(content: IO[bytes], at: int) -> int:
    content.seek(at)
    data = content.read(4)
    if len(data) < 4:
        raise BrokenContainerError
    return int.from_bytes(data, "big")


def _flat(content: IO[bytes], size: int) -> Iterator[Part]:
    """Give the elements of a WebM, with those inside segments, clusters and groups, whose end may be unknown."""
    at, count = 0, 0
    while at < size:
        # A stream that was cut off ends in the middle of an element: what came before it counts.
        part = None
        with suppress(BrokenContainerError):
            part = next(elements(content, at, size), None)
        count += 1
        if part is None:
            return
        if count > _MOST_ELEMENTS:
            raise BrokenContainerError
        yield part
        at = part.start if part.name in {_SEGMENT, _CLUSTER, _INFO, _BLOCK_GROUP} else part.end


def _number(content: IO[bytes], part: Part) -> int:
    content.seek(part.start)
    return int.from_bytes(content.read(min(part.end - part.start, 8)), "big")


def _real(content: IO[bytes], part: Part) -> float:
    content.seek(part.start)
    data = content.read(min(part.end - part.start, 8))
    value = {4: ">f", 8: ">d"}.get(len(data))
    seconds: float = struct.unpack(value, data)[0] if value else 0.0
    return seconds if 0 <= seconds < 1e15 else 0.0  # neither NaN nor without end


def _offset(content: IO[bytes], block: Part) -> int:
    """Return how many ticks after its cluster a block is played; the number of its track stands before that."""
    content.seek(block.start)
    data = content.read(10)
    skip = 9 - data[0].bit_length() if data else 9
    return int.from_bytes(data[skip : skip + 2], "big", signed=True) if skip <= 8 else 0
