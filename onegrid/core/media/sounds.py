"""Recognize sounds that come without a container of boxes: MP3, AAC, Ogg and AMR."""

from collections.abc import Callable
from typing import IO

from onegrid.core.media import formats
from onegrid.core.media.formats import Format

_FRAMES = 3  # as many in a row are no accident
_OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
_PADDING = 4096
# Kilobits a second of MPEG-1 and MPEG-2 layer III, and samples a second (ISO/IEC 11172-3 §2.4.2.3, 13818-3).
_RATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def look(content: IO[bytes], head: bytes) -> Format | None:
    """Return the format of a bare sound, or None if this is none."""
    if head.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return formats.AMR
    if head.startswith(b"OggS"):
        first_page = head[27 + head[26] :][:16] if len(head) > 27 else b""
        return formats.OGG if first_page.startswith(_OGG_CODECS) else None
    if head.startswith(b"ID3") and len(head) > 10:
        return formats.MP3 if _has_frames_after_tag(content, head) else None
    if _chain(head, 0, _aac_frame):
        return formats.AAC
    return formats.MP3 if _chain(head, 0, _mp3_frame) else None


def _has_frames_after_tag(content: IO[bytes], head: bytes) -> bool:
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    content.seek(10 + length)
    data = content.read(_PADDING * 2)
    return any(_chain(data, at, _mp3_frame) for at in range(min(len(data), _PADDING)) if data[at] == 0xFF)


def _chain(data: bytes, at: int, length_of: Callable[[bytes], int]) -> bool:
    """Tell whether frames follow each other from here on, to the end of the data if they are fewer."""
    for _ in range(_FRAMES):
        length = length_of(data[at : at + 6])
        if not length:
            return False
        at += length
        if at == len(data):
            return True
    return True


def _aac_frame(header: bytes) -> int:
    """Return the length of an ADTS frame, 0 if this is none (ISO/IEC 13818-7 §6.2)."""
    if len(header) < 6 or header[0] != 0xFF or header[1] & 0xF6 != 0xF0:
        return 0
    length = (header[3] & 3) << 11 | header[4] << 3 | header[5] >> 5
    return length if length > 7 else 0


def _mp3_frame(header: bytes) -> int:
    """Return the length of a layer III frame, 0 if this is none."""
    if len(header) < 4 or header[0] != 0xFF or header[1] & 0xE6 != 0xE2:
        return 0
    version, rate, samples = header[1] >> 3 & 3, header[2] >> 4, header[2] >> 2 & 3
    if version not in _SAMPLES or not 0 < rate < 15 or samples == 3:
        return 0
    is_first = version == 3
    kilobits = _RATES[1 if is_first else 2][rate]
    return (144 if is_first else 72) * kilobits * 1000 // _SAMPLES[version][samples] + (header[2] >> 1 & 1)


# --- how long ---------------------------------------------------------------------

_OPUS_RATE = 48_000  # samples a second, whatever it was recorded at (RFC 7845 §4)
_OGG_RATES = {b"OpusHead": (0, 0), b"\x01vorbis": (12, 4), b"Speex   ": (36, 4)}  # where the head says its rate
_AMR_FRAMES = {0: 12, 1: 13, 2: 15, 3: 17, 4: 19, 5: 20, 6: 26, 7: 31, 8: 5, 15: 0}  # bytes by type (RFC 4867 §5.3)
_AMR_WB_FRAMES = {0: 17, 1: 23, 2: 32, 3: 36, 4: 40, 5: 46, 6: 50, 7: 58, 8: 60, 9: 5, 14: 0, 15: 0}
_AMR_FRAME = 0.02  # seconds
_AAC_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_AAC_SAMPLES = 1024
_TAIL = 66 * 1024  # a page of Ogg has at most 64 KB


def seconds(content: IO[bytes], media_type: str, *, size: int, most: float) -> float:
    """Return how long a bare sound lasts, 0 where it does not say; a walk over frames ends once it is above `most`."""
    ways: dict[str, Callable[[], float]] = {
        formats.WAV.media_type: lambda: _wav_seconds(content, size),
        formats.OGG.media_type: lambda: _ogg_seconds(content, size),
        formats.MP3.media_type: lambda: _walked(content, size=size, most=most, step=_mp3_step, at=_after_tag(content)),
        formats.AAC.media_type: lambda: _walked(content, size=size, most=most, step=_aac_step, at=0),
        formats.AMR.media_type: lambda: _amr_seconds(content, size, most),
    }
    return ways[media_type]() if media_type in ways else 0.0


def _wav_seconds(content: IO[bytes], size: int) -> float:
    content.seek(0)
    head = content.read(4096)
    at = head.find(b"fmt ")
    a_second = int.from_bytes(head[at + 16 : at + 20], "little") if at >= 0 else 0
    return size / a_second if a_second else 0.0


def _ogg_seconds(content: IO[bytes], size: int) -> float:
    content.seek(0)
    first = content.read(128)
    head = first[27 + first[26] :] if len(first) > 27 else b""
    place = next((place for name, place in _OGG_RATES.items() if head.startswith(name)), None)
    if place is None:
        return 0.0
    rate = int.from_bytes(head[place[0] : sum(place)], "little") if place[1] else _OPUS_RATE
    content.seek(max(0, size - _TAIL))
    tail = content.read(_TAIL)
    last = tail.rfind(b"OggS")
    played = int.from_bytes(tail[last + 6 : last + 14], "little", signed=True) if last >= 0 else 0
    return played / rate if rate and played > 0 else 0.0


def _amr_seconds(content: IO[bytes], size: int, most: float) -> float:
    content.seek(0)
    is_wide = content.read(9) == b"#!AMR-WB\n"
    sizes = _AMR_WB_FRAMES if is_wide else _AMR_FRAMES

    def step(header: bytes) -> tuple[int, float]:
        length = sizes.get(header[0] >> 3 & 15) if header else None
        return (length + 1, _AMR_FRAME) if length is not None else (0, 0.0)

    return _walked(content, size=size, most=most, step=step, at=9 if is_wide else 6)


def _mp3_step(header: bytes) -> tuple[int, float]:
    length = _mp3_frame(header)
    if not length:
        return 0, 0.0
    version = header[1] >> 3 & 3
    return length, (1152 if version == 3 else 576) / _SAMPLES[version][header[2] >> 2 & 3]


def _aac_step(header: bytes) -> tuple[int, float]:
    length, rate = _aac_frame(header), header[2] >> 2 & 15 if len(header) > 2 else 15
    return (length, _AAC_SAMPLES / _AAC_RATES[rate]) if length and rate < len(_AAC_RATES) else (0, 0.0)


def _after_tag(content: IO[bytes]) -> int:
    """Return where the frames of an MP3 begin: behind its tag, which says how long it is, and some padding."""
    content.seek(0)
    head = content.read(10)
    if not head.startswith(b"ID3"):
        return 0
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte & 0x7F
    return 10 + length


def _walked(
    content: IO[bytes], *, size: int, most: float, step: Callable[[bytes], tuple[int, float]], at: int
) -> float:
    """Return how long the frames last together; what is no frame between them is stepped over, or stands for some."""
    begin, total = at, 0.0
    while at < size and total <= most:
        content.seek(at)
        data = content.read(_PADDING)
        length, lasts = step(data[:6])
        if length:
            at, total = at + length, total + lasts
            continue
        gap = next((gap for gap in range(1, len(data)) if _chain(data, gap, lambda header: step(header)[0])), 0)
        if not gap:
            read = at - begin
            return total * (size - begin) / read if read and size - at > _PADDING else total
        at += gap
    return total
