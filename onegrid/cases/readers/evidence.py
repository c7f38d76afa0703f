"""Files of cases: which of them somebody may open, and as what they are given out."""

from collections.abc import Iterator
from uuid import UUID

from onegrid.accounts.public import User
from onegrid.cases.models import CopyState, Evidence
from onegrid.core.media.formats import JPEG
from onegrid.core.serving import ServedFile

_FIVE_MINUTES = "public, max-age=300"  # how long a photo may still be seen after it was taken away
_ALWAYS_ASKED = "private, no-cache"  # a copy changes with its marks
_AN_HOUR = "private, max-age=3600"


def original(evidence_id: UUID, *, user: User) -> ServedFile | None:
    """Return the file as it was sent, if the user may see its case."""
    row = Evidence.objects.seen_by(user).filter(pk=evidence_id).first()
    return ServedFile(sha256=row.sha256, media_type=row.media_type, name=row.name) if row else None


def thumbnail(evidence_id: UUID, *, user: User) -> ServedFile | None:
    """Return the small picture of a photo, if the user may see its case."""
    row = Evidence.objects.seen_by(user).filter(pk=evidence_id).exclude(thumbnail_sha256="").first()
    return _copy(row, row.thumbnail_sha256, cache=_AN_HOUR) if row else None


def public_file(evidence_id: UUID) -> ServedFile | None:
    """Return the copy that anybody may see: faces and plates covered, no place, no device, at most 2,000 pixels."""
    row = Evidence.objects.public().filter(pk=evidence_id).first()
    return _copy(row, row.public_sha256, cache=_FIVE_MINUTES) if row else None


def public_thumbnail(evidence_id: UUID) -> ServedFile | None:
    """Return the small picture of what anybody may see."""
    row = Evidence.objects.public().filter(pk=evidence_id).first()
    return _copy(row, row.public_thumbnail_sha256, cache=_FIVE_MINUTES) if row else None


def copy_of(evidence_id: UUID, *, user: User, is_small: bool = False) -> ServedFile | None:
    """Return the copy for the public as an officer looks at it, before they show it or after."""
    row = Evidence.objects.seen_by(user).filter(pk=evidence_id, copy_state=CopyState.READY).first()
    if row is None:
        return None
    return _copy(row, row.public_thumbnail_sha256 if is_small else row.public_sha256, cache=_ALWAYS_ASKED)


def file_hashes() -> Iterator[str]:
    """Yield the hash of every file of every case, its small picture, and its copy for the public in both sizes."""
    columns = Evidence.objects.order_by().values_list(
        "sha256", "thumbnail_sha256", "public_sha256", "public_thumbnail_sha256"
    )
    return (sha256 for row in columns.iterator() for sha256 in row if sha256)


def _copy(row: Evidence, sha256: str, *, cache: str) -> ServedFile:
    return ServedFile(sha256=sha256, media_type=JPEG.media_type, name=f"{row.pk}.{JPEG.extension}", cache=cache)
