"""The formats that are accepted, and the refusal of everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError


class UnacceptableFileError(InvalidInputError):
    """The file is not one that can be kept: empty, too large, damaged, ambiguous, or of another kind."""


class MediaKind(StrEnum):
    """What a file shows or holds."""

    PHOTO = "photo"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Format:
    """One accepted format, by the media type it is served with."""

    media_type: str
    kind: MediaKind
    extension: str


_OFFICE = "application/vnd.openxmlformats-officedocument"

JPEG = Format("image/jpeg", MediaKind.PHOTO, "jpg")
PNG = Format("image/png", MediaKind.PHOTO, "png")
WEBP = Format("image/webp", MediaKind.PHOTO, "webp")
GIF = Format("image/gif", MediaKind.PHOTO, "gif")
M4A = Format("audio/mp4", MediaKind.AUDIO, "m4a")
AAC = Format("audio/aac", MediaKind.AUDIO, "aac")
MP3 = Format("audio/mpeg", MediaKind.AUDIO, "mp3")
OGG = Format("audio/ogg", MediaKind.AUDIO, "ogg")
WAV = Format("audio/wav", MediaKind.AUDIO, "wav")
WEBM_AUDIO = Format("audio/webm", MediaKind.AUDIO, "webm")
AMR = Format("audio/amr", MediaKind.AUDIO, "amr")
MP4 = Format("video/mp4", MediaKind.VIDEO, "mp4")
MOV = Format("video/quicktime", MediaKind.VIDEO, "mov")
WEBM = Format("video/webm", MediaKind.VIDEO, "webm")
PDF = Format("application/pdf", MediaKind.DOCUMENT, "pdf")
DOCX = Format(f"{_OFFICE}.wordprocessingml.document", MediaKind.DOCUMENT, "docx")
XLSX = Format(f"{_OFFICE}.spreadsheetml.sheet", MediaKind.DOCUMENT, "xlsx")
TEXT = Format("text/plain; charset=utf-8", MediaKind.DOCUMENT, "txt")
TEXT_GB = Format("text/plain; charset=gb18030", MediaKind.DOCUMENT, "txt")

AVIF_NAME = "AVIF"  # a photo format that few programs here can show

FORMATS: Mapping[str, Format] = {
    known.media_type: known
    for known in (
        JPEG, PNG, WEBP, GIF, M4A, AAC, MP3, OGG, WAV, WEBM_AUDIO, AMR, MP4, MOV, WEBM, PDF, DOCX, XLSX, TEXT, TEXT_GB,
    )
}  # fmt: skip


def not_accepted(found: str) -> UnacceptableFileError:
    """Return the refusal of a format that is not on the list, naming what was found."""
    return UnacceptableFileError(
        _(
            "This kind of file (%(found)s) is not accepted. Send a photo (JPEG, PNG, WebP, GIF), a voice recording, "
            "a video (MP4, MOV, WebM), a PDF, a Word or Excel file, or plain text."
        )
        % {"found": found}
    )


def ambiguous(one: str, other: str) -> UnacceptableFileError:
    """Return the refusal of a file that two programs would read as two different things."""
    return UnacceptableFileError(
        _("The file can be read as two things at once (%(one)s and %(other)s) and is not accepted. Export it again.")
        % {"one": one, "other": other}
    )


def damaged() -> UnacceptableFileError:
    """Return the refusal of a file that does not hold what its format promises."""
    return UnacceptableFileError(_("The file is damaged or incomplete. Save or record it again and send that."))
