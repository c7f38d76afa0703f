"""
Put a file to a case, as evidence of what was or what was done.

The file is kept before its row is written: a transaction that fails leaves at
most a file that no row speaks of, which `sweep_orphans` removes later. Sending
the same file twice for the same purpose changes nothing and returns the first row.
"""

import io
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.actions.insert_case import ReplayedWithAnotherBodyError
from onegrid.cases.actions.lifecycle import actor, add_entry, open_case, target, unit_name_of
from onegrid.cases.actions.look_through import ask_to_look
from onegrid.cases.models import Case, Channel, CopyState, EntryKind, Evidence, EvidencePurpose, Visibility
from onegrid.cases.rules import showing
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.questions import JOINED_WITH
from onegrid.cases.states import IllegalMoveError, Status
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.core import files
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.ids import new_id
from onegrid.core.media.upload import Upload
from onegrid.oversight.public import record

REPORT_FILES = 6
_FAST_CLOCK = timedelta(days=1)  # a camera may be ahead by as much before we stop believing it


class TooManyFilesError(DomainError):
    """The reporters of the case have sent as many files as they may."""


@transaction.atomic(durable=True)
def add_evidence(
    *,
    case_id: UUID,
    purpose: EvidencePurpose,
    upload: Upload,
    by: User,
    at: datetime,
    is_public: bool | None = None,
    evidence_id: UUID | None = None,
) -> Evidence:
    """
    Add a file to a case. It moves nothing, and conflicts with no move.

    `evidence_id` was made where the file was taken. `is_public` left out means
    what `rules.showing` says; only photos can be public, and only as copies that
    were looked through (`look_through`).

    :raises CaseNotFoundError: if there is no such case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises IllegalMoveError: if the case was merged into another.
    :raises InvalidInputError: if it shall be public and cannot be.
    :raises ReplayedWithAnotherBodyError: if the id was used before for another file.
    """  # fmt: skip
    case = open_case(case_id, by=by, permission="cases.add_evidence")
    if is_public and not showing.may_be_public(upload.kind):
        raise InvalidInputError(_("Only photos can be shown to the public."))
    if (known := _known(case, purpose, upload=upload, evidence_id=evidence_id)) is not None:
        return known
    if is_public is None:
        is_public = showing.is_shown_by_default(upload.kind, purpose, is_sensitive=_is_sensitive(case))
    row = _row(case, purpose=purpose, upload=upload, at=at, evidence_id=evidence_id)
    row.added_by, row.by_name, row.unit_name = by, by.display_name, unit_name_of(by, case)
    row.is_public = is_public
    return _write(case, row, upload, by=by, at=at, channel=Channel.DESK)


@transaction.atomic
def attach_report_file(
    *,
    case_id: UUID,
    upload: Upload,
    at: datetime,
    evidence_id: UUID | None = None,
    channel: Channel = Channel.PORTAL,
    is_joining: bool = False,
) -> Evidence:
    """
    Add what a resident sent with a report, or later by its private link; the caller knows that the case is theirs.

    Joins the caller's transaction if there is one. Nobody is named, and nothing is
    public until an officer shows it (`show_evidence`). `is_joining` says that it came
    with a report of what is known already: it answers nothing that others were asked.

    :raises CaseNotFoundError: if there is no such case.
    :raises IllegalMoveError: if the case was merged into another.
    :raises TooManyFilesError: if the case has as many such files as it may have.
    :raises ReplayedWithAnotherBodyError: if the id was used before for another file.
    """  # fmt: skip
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    purpose = EvidencePurpose.BEFORE
    if (known := _known(case, purpose, upload=upload, evidence_id=evidence_id)) is not None:
        return known
    if case.evidence.filter(added_by=None).count() >= REPORT_FILES * max(case.report_count, 1):
        raise TooManyFilesError(_("A report can have at most %(most)d files.") % {"most": REPORT_FILES})
    row = _row(case, purpose=purpose, upload=upload, at=at, evidence_id=evidence_id)
    return _write(case, row, upload, by=None, at=at, channel=channel, also={JOINED_WITH: True} if is_joining else {})


def _known(case: Case, purpose: EvidencePurpose, *, upload: Upload, evidence_id: UUID | None) -> Evidence | None:
    """Return the row that an earlier sending of the same file has left."""
    same = case.evidence.filter(purpose=purpose, sha256=upload.sha256).first()
    if evidence_id and (same is None or same.pk != evidence_id) and Evidence.objects.filter(pk=evidence_id).exists():
        raise ReplayedWithAnotherBodyError(_("This id was used before for another file. Make a new one."))
    if same is None and case.status == Status.MERGED:
        raise IllegalMoveError(_("This case was merged into another one. Add the file there."))
    return same


def _is_sensitive(case: Case) -> bool:
    if case.category_id is None:
        return False
    return catalogue().by_id[case.category_id].sensitivity != Sensitivity.OPEN


def _row(case: Case, *, purpose: EvidencePurpose, upload: Upload, at: datetime, evidence_id: UUID | None) -> Evidence:
    row = Evidence(
        id=evidence_id or new_id(), case=case, kind=upload.kind.value, purpose=purpose, sha256=upload.sha256,
        media_type=upload.media_type, size=upload.size, name=upload.name, added_at=at,
    )  # fmt: skip
    if (photo := upload.photo) is not None:
        row.width, row.height = photo.width, photo.height
        if photo.place is not None:
            row.taken_at_place = photo.place
        row.taken_at = photo.taken_at if photo.taken_at and photo.taken_at < at + _FAST_CLOCK else None
    return row


def _write(
    case: Case,
    row: Evidence,
    upload: Upload,
    *,
    by: User | None,
    at: datetime,
    channel: Channel,
    also: Mapping[str, object] = MappingProxyType({}),
) -> Evidence:
    """Keep the files, then write the row, the timeline, with what `also` is to stand there, and the trail."""
    files.hold()
    files.keep(upload.content)
    if (photo := upload.photo) is not None:
        row.thumbnail_sha256 = files.keep(io.BytesIO(photo.thumbnail))
        row.copy_state = CopyState.WAITING  # nobody outside sees it before its copy is there
        ask_to_look(row.sha256)
    row.save(force_insert=True)
    data = {"evidence": str(row.pk), "kind": row.kind, "purpose": row.purpose}
    visibility = Visibility.PUBLIC if row.is_public else Visibility.INTERNAL
    add_entry(case, EntryKind.EVIDENCE, by=by, at=at, visibility=visibility, data={**data, **also}, channel=channel)
    record(
        "cases.evidence_added", target=target(case), by=actor(by), at=at,
        data={**data, "sha256": row.sha256, "size": row.size, "public": row.is_public},
    )  # fmt: skip
    return row
