"""
Tell what a file is from its bytes. The name and the type it came with play no part.

A file must be one accepted format and nothing else besides: what a second
program could read as another thing is refused, not guessed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from onegrid.core.media import formats, sounds, texts
from onegrid.core.media.containers import BrokenContainerError, doc_type, handlers, has_video, office_parts
from onegrid.core.media.formats import Format, UnacceptableFileError

_HEAD = 64 * 1024
_TAIL = 66 * 1024  # the end record of a ZIP may be followed by 64 KB of comment
_FIRST = 1024  # where readers of PDF and sniffers of HTML look
_ZIP_END = b"PK\x05\x06\x00\x00\x00\x00"
_MARKUP = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?php|%@)", re.IGNORECASE)

_HEIF = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_QUICKTIME = b"qt  "
_MP4 = {
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso8", b"iso9", b"mp41", b"mp42", b"mp71", b"avc1", b"dash",
    b"M4V ", b"M4VH", b"M4VP", b"M4A ", b"M4B ", b"MSNV", b"XAVC", b"hvc1",
}  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A file with its two ends at hand."""

    content: IO[bytes]
    size: int
    head: bytes
    tail: bytes


def sniff(content: IO[bytes], *, size: int) -> Format:
    """
    Return the accepted format that a file is in.

    :raises UnacceptableFileError: if it is in none, in two at once, or damaged.
    """
    sample = _sample(content, size)
    try:
        found = next((format_ for look in _LOOKS if (format_ := look(sample))), None)
    except BrokenContainerError as fault:
        raise formats.damaged() from fault
    if found is None:
        raise formats.not_accepted(_name(sample.head))
    _require_one_meaning(sample, found)
    return found


def _sample(content: IO[bytes], size: int) -> Sample:
    content.seek(0)
    head = content.read(_HEAD)
    content.seek(max(0, size - _TAIL))
    return Sample(content, size, head, content.read(_TAIL))


def _require_one_meaning(sample: Sample, found: Format) -> None:
    first, name = sample.head[:_FIRST], found.extension.upper()
    if found not in {formats.DOCX, formats.XLSX} and _ZIP_END in sample.tail:
        raise formats.ambiguous(name, "ZIP")
    if found != formats.PDF and b"%PDF-" in first:
        raise formats.ambiguous(name, "PDF")
    if _MARKUP.search(first):
        raise formats.ambiguous(name, "HTML")
    if _reads_as_script(sample.head, found):
        raise formats.ambiguous(name, "JavaScript")


def _reads_as_script(head: bytes, found: Format) -> bool:
    """Tell whether the bytes after the signature open a comment or assignment, with which such files hide programs."""
    if found == formats.GIF:
        return all(0x20 <= byte < 0x7F for byte in head[6:8])
    return found == formats.JPEG and head[4:6] == b"/*"


def _name(head: bytes) -> str:
    """Name a file that is not accepted, as well as its first bytes allow."""
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return _("unknown")
    names = (match.name if match.mime_type in formats.FORMATS else match.mime_type or match.name for match in matches)
    return next((name for name in names if name), _("unknown"))


# --- one look per family ----------------------------------------------------------


def _photo(sample: Sample) -> Format | None:
    head = sample.head
    if head.startswith(b"\xff\xd8\xff"):
        return formats.JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return formats.PNG
    return formats.GIF if head.startswith((b"GIF87a", b"GIF89a")) else None


def _riff(sample: Sample) -> Format | None:
    if not sample.head.startswith(b"RIFF"):
        return None
    found = {b"WEBP": formats.WEBP, b"WAVE": formats.WAV}.get(sample.head[8:12])
    claimed = int.from_bytes(sample.head[4:8], "little")
    # A recorder that streams writes 0 or the greatest number, as it cannot know the length.
    is_open = found == formats.WAV and claimed in {0, 0xFFFFFFFF}
    if found and not is_open and claimed + 8 > sample.size + 1:
        raise formats.damaged()
    if found == formats.WAV and b"fmt " not in sample.head[:4096]:
        raise formats.damaged()
    return found


def _boxes(sample: Sample) -> Format | None:
    if sample.head[4:8] != b"ftyp":
        return None
    length = int.from_bytes(sample.head[:4], "big")
    brands = {sample.head[8:12]} | {sample.head[at : at + 4] for at in range(16, min(length, _FIRST), 4)}
    _refuse_modern_photos(sample.head[8:12], brands)
    if sample.head[8:12] != _QUICKTIME and not brands & _MP4:
        return None
    tracks = handlers(sample.content, sample.size)
    if b"vide" in tracks:
        return formats.MOV if sample.head[8:12] == _QUICKTIME else formats.MP4
    return formats.M4A if b"soun" in tracks else None


def _refuse_modern_photos(major: bytes, brands: set[bytes]) -> None:
    if major in _AVIF or (major in _HEIF and brands & _AVIF):
        raise formats.not_accepted(formats.AVIF_NAME)
    if major in _HEIF:
        raise UnacceptableFileError(
            _(
                "HEIC photos cannot be read here. In the camera's settings choose “Most compatible” (JPEG), "
                "or send a screenshot of the photo."
            )
        )


def _webm(sample: Sample) -> Format | None:
    if not sample.head.startswith(b"\x1a\x45\xdf\xa3"):
        return None
    if doc_type(sample.content, sample.size) != b"webm":
        return None
    return formats.WEBM if has_video(sample.content, sample.size) else formats.WEBM_AUDIO


def _sound(sample: Sample) -> Format | None:
    return sounds.look(sample.content, sample.head)


def _pdf(sample: Sample) -> Format | None:
    if not re.match(rb"%PDF-[12]\.\d", sample.head):
        return None
    if b"%%EOF" not in sample.tail[-2048:]:
        raise formats.damaged()
    return formats.PDF


def _office(sample: Sample) -> Format | None:
    if not sample.head.startswith(b"PK\x03\x04"):
        return None
    names, types = office_parts(sample.content)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnacceptableFileError(_("Files with macros are not accepted. Save it without macros (.docx or .xlsx)."))
    if "word/document.xml" in names and b"wordprocessingml.document.main+xml" in types:
        return formats.DOCX
    if "xl/workbook.xml" in names and b"spreadsheetml.sheet.main+xml" in types:
        return formats.XLSX
    return None


def _text(sample: Sample) -> Format | None:
    return texts.look(sample.content, sample.head)


_LOOKS: tuple[Callable[[Sample], Format | None], ...] = (
    _photo, _riff, _boxes, _webm, _sound, _pdf, _office, _text,
)  # fmt: skip
