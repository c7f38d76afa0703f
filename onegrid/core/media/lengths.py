"""
How long a recording lasts, by its own bytes; nothing of it is decoded.

Every container says when its pieces are to be played, and what it says is what players follow. Walks end as soon as
the limit is passed, or after so many pieces, so that no file takes long. Where a file does not say, its size at a
generous rate stands for its length.
"""

from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onegrid.core.media import formats, sounds
from onegrid.core.media.containers import BrokenContainerError
from onegrid.core.media.formats import MediaKind, UnacceptableFileError
from onegrid.core.media.timelines import mp4_seconds, webm_seconds
from onegrid.core.media.upload import Upload

GRACE = 3.0  # seconds; a recorder stops a little late
GENEROUS_RATE = 256_000 // 8  # bytes a second of a sound that does not say how long it is
MINUTE = 60
_BOXES = {formats.MP4.media_type, formats.MOV.media_type, formats.M4A.media_type}
_CLUSTERS = {formats.WEBM.media_type, formats.WEBM_AUDIO.media_type}


def require_short(upload: Upload) -> Upload:
    """
    Let a recording past that a resident may send, and whatever is none.

    :raises UnacceptableFileError: if it lasts longer than a voice or a video may.
    """
    most = {MediaKind.AUDIO: settings.VOICE_SECONDS, MediaKind.VIDEO: settings.VIDEO_SECONDS}.get(upload.kind)
    if most is not None and seconds_of(upload, most=most) > most + GRACE:
        words = {
            MediaKind.AUDIO: _("The voice recording is longer than %(most)s. Shorten it, or write the rest."),
            MediaKind.VIDEO: _("The video is longer than %(most)s. Cut it, or send a shorter one."),
        }[upload.kind]
        raise UnacceptableFileError(words % {"most": spoken_limit(most)})
    return upload


def seconds_of(upload: Upload, *, most: float) -> float:
    """Return how many seconds a recording lasts; of one that lasts longer than `most`, something above that."""
    try:
        seconds = _said(upload.content, upload.media_type, size=upload.size, most=most + GRACE)
    except BrokenContainerError:
        seconds = 0.0
    finally:
        upload.content.seek(0)
    if not seconds and upload.kind == MediaKind.AUDIO:
        return upload.size / GENEROUS_RATE
    return seconds


def spoken_limit(seconds: int) -> str:
    """Return a limit in words, in minutes where these are whole."""
    if seconds % MINUTE:
        return ngettext("%d second", "%d seconds", seconds) % seconds
    return ngettext("%d minute", "%d minutes", seconds // MINUTE) % (seconds // MINUTE)


def _said(content: IO[bytes], media_type: str, *, size: int, most: float) -> float:
    if media_type in _BOXES:
        return mp4_seconds(content, size)
    if media_type in _CLUSTERS:
        return webm_seconds(content, size)
    return sounds.seconds(content, media_type, size=size, most=most)
