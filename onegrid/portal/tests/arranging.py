"""Things the tests of the portal arrange: entries of a timeline, pictures, private links."""

import io

from onegrid.cases.models import Channel, Evidence, EvidenceKind, EvidencePurpose, Report, TimelineEntry, Visibility
from onegrid.cases.public import link_hash
from onegrid.cases.tests.factories import MORNING, make_case
from onegrid.core import files

SECRET = "s3cret-of-a-private-link"  # noqa: S105


def entry(case, *, kind, move="", text="", by=None, unit="", visibility=Visibility.PUBLIC, data=None, at=MORNING):
    return TimelineEntry.objects.create(
        case=case, kind=kind, move=move, text=text, by_user=by, by_name=by.display_name if by else "", unit_name=unit,
        visibility=visibility, channel=Channel.DESK, happened_at=at, received_at=at, data=data or {},
    )  # fmt: skip


def photo(case, *, is_public):
    """A photo with its copy for the public; the four files are told apart by what stands in them."""
    original, thumbnail, copy, small = (
        files.keep(io.BytesIO(said))
        for said in (b"an original", b"a thumbnail of an original", b"a picture", b"a small picture")
    )
    return Evidence.objects.create(
        case=case, kind=EvidenceKind.PHOTO, purpose=EvidencePurpose.AFTER, sha256=original, thumbnail_sha256=thumbnail,
        public_sha256=copy, public_thumbnail_sha256=small, copy_state="ready", media_type="image/jpeg", size=9,
        added_at=MORNING, is_public=is_public,
    )  # fmt: skip


def with_link(district, *, secret=SECRET, **also):
    """Make a case whose reporter holds a private link."""
    case = make_case(district, **also)
    Report.objects.filter(pk=case.pk).update(link_hash=link_hash(secret))
    return case
