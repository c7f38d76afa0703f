"""Show the copy of a photo to the public, or stop showing it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.actions.look_through import photo_of
from onegrid.cases.models import CopyState, EntryKind, Evidence, Visibility
from onegrid.core.errors import DomainError
from onegrid.oversight.public import record


class NoCopyYetError(DomainError):
    """There is no copy of the photo that the public could see."""


@transaction.atomic(durable=True)
def show_evidence(*, evidence_id: UUID, is_public: bool, by: User, at: datetime) -> Evidence:
    """
    Let the public see the copy of a photo, or take it away again. Doing so twice changes nothing.

    :raises CaseNotFoundError: if there is no such file in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises InvalidInputError: if it is not a photo.
    :raises NoCopyYetError: if it has not been looked through for faces and plates.
    """
    row = photo_of(evidence_id, by=by)
    if row.is_public == is_public:
        return row
    if is_public and row.copy_state != CopyState.READY:
        raise NoCopyYetError(_("The copy for the public is not ready. Look at it first, then show it."))
    row.is_public = is_public
    row.save(update_fields=["is_public"])
    data = {"evidence": str(row.pk), "public": is_public}
    add_entry(row.case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data)
    record("cases.evidence_shown", target=target(row.case), by=actor(by), at=at, data=data)
    return row
