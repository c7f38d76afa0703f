"""Show a photo of a case to the public, or stop showing it."""

import io
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target
from onegrid.cases.models import EntryKind, Evidence, Visibility
from onegrid.cases.rules import showing
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.core import files
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.formats import FORMATS
from onegrid.core.media.photos import read_photo
from onegrid.oversight.public import record


@transaction.atomic(durable=True)
def show_evidence(*, evidence_id: UUID, is_public: bool, by: User, at: datetime) -> Evidence:
    """
    Let the public see the copy of a photo without metadata, or take it away again. Doing so twice changes nothing.

    :raises CaseNotFoundError: if there is no such file in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises InvalidInputError: if it is not a photo.
    """
    row = Evidence.objects.seen_by(by).filter(pk=evidence_id).first()
    if row is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    case = open_case(row.case_id, by=by, permission="cases.add_evidence")
    row.refresh_from_db()
    if row.is_public == is_public:
        return row
    if is_public and not showing.may_be_public(row.kind):
        raise InvalidInputError(_("Only photos can be shown to the public."))
    if is_public and not row.public_sha256:
        row.public_sha256 = _public_copy(row)
    row.is_public = is_public
    row.save(update_fields=["is_public", "public_sha256"])
    data = {"evidence": str(row.pk), "public": is_public}
    add_entry(case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
    record("cases.evidence_shown", target=target(case), by=actor(by), at=at, data=data)
    return row


def _public_copy(row: Evidence) -> str:
    files.hold()
    with files.open_file(row.sha256) as original:
        return files.keep(io.BytesIO(read_photo(original, FORMATS[row.media_type]).public))
