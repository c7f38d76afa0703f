"""The pictures of calls."""

from collections.abc import Iterable
from datetime import date

from onegrid.calls.models import PublicCall
from onegrid.core.serving import ServedFile


def picture_hashes() -> Iterable[str]:
    """Return the hash of every picture that a call still names."""
    return PublicCall.objects.exclude(picture_sha256="").values_list("picture_sha256", flat=True)


def public_picture(number: str, *, on: date) -> ServedFile | None:
    """Return the picture of a call that is published on a day; never kept by caches, because it goes with the call."""
    call = PublicCall.objects.running_on(on).exclude(picture_sha256="").filter(number=number).first()
    if call is None:
        return None
    name = f"{call.number}.jpg"
    return ServedFile(sha256=call.picture_sha256, media_type="image/jpeg", name=name, cache="no-store")
