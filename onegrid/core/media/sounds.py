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
