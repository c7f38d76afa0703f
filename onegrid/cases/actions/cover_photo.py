"""Cover more of a photo in the copy that the public sees, or lift what is covered, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import actor, add_entry, target
from onegrid.cases.actions.look_through import keep_copy, photo_of, upright
from onegrid.cases.actions.show_evidence import NoCopyYetError
from onegrid.cases.models import CopyState, EntryKind, Evidence, Visibility
from onegrid.cases.rules import covers
from onegrid.cases.rules.covers import Cover, CoverChange
from onegrid.core import files
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.formats import UnacceptableFileError
from onegrid.oversight.public import record

REASON_LENGTH = 300


@transaction.atomic(durable=True)
def cover_photo(*, evidence_id: UUID, change: CoverChange, by: User, at: datetime) -> Evidence:
    """
    Change what is covered in a photo; its copy is drawn anew at once, for the public too if they see it.

    To lift a box takes a reason, which goes to the timeline and the trail with the name of who gave it. What changes
    nothing is not written down.

    :raises CaseNotFoundError: if there is no such file in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises InvalidInputError: if it is not a photo, a box is impossible, or the reason is missing.
    :raises NoCopyYetError: if it has not been looked through for faces and plates, or its file is not there.
    """
    row = photo_of(evidence_id, by=by)
    if row.copy_state != CopyState.READY:
        raise NoCopyYetError(_("This photo has not been looked through yet."))
    known = covers.read_covers(row.covers)
    _require(change, known)
    wanted = covers.changed(known, change, by=by.display_name)
    if wanted == known:
        return row
    try:
        picture = upright(row)
    except (UnacceptableFileError, FileNotFoundError) as fault:
        raise NoCopyYetError(_("The file of this photo cannot be read.")) from fault
    files.hold()
    keep_copy(row, picture, known=wanted, at=at)
    _tell(row, known, wanted, reason=change.reason.strip(), by=by, at=at)
    return row


def _require(change: CoverChange, known: list[Cover]) -> None:
    faults = {}
    if not all(covers.is_possible(sides) for sides in change.drawn):
        faults["drawn"] = _("A box must lie inside the picture, and not be too small.")
    if change.drawn and len(known) + len(change.drawn) > covers.MOST:
        faults["drawn"] = _("A photo can have at most %(most)d boxes.") % {"most": covers.MOST}
    if change.lifted and not change.reason.strip():
        faults["reason"] = _("Say why the public may see this. The reason is kept with your name.")
    if len(change.reason) > REASON_LENGTH:
        faults["reason"] = _("At most %(most)d characters.") % {"most": REASON_LENGTH}
    if faults:
        raise InvalidInputError(_("The boxes cannot be changed like this."), fields=faults)


def _tell(row: Evidence, known: list[Cover], wanted: list[Cover], *, reason: str, by: User, at: datetime) -> None:
    was_lifted = {cover.number for cover in known if cover.lifted}
    is_lifted = {cover.number for cover in wanted if cover.lifted}
    data = {
        "evidence": str(row.pk),
        "drawn": len(wanted) - len(known),
        "lifted": sorted(is_lifted - was_lifted),
        "covered": sorted(was_lifted - is_lifted),
    }
    text = reason if data["lifted"] else ""
    add_entry(row.case, EntryKind.CHANGE, by=by, at=at, visibility=Visibility.INTERNAL, data=data, text=text)
    record("cases.photo_covered", target=target(row.case), by=actor(by), at=at, data=data | {"reason": text})
