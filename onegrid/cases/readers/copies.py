"""Copies of photos for the public: of one photo with everything on it, and how many there are in each state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from onegrid.cases.models import Case, CopyFault, CopyState, Evidence
from onegrid.cases.rules.covers import Cover, read_covers
from onegrid.core.media.veil import DETECTOR


@dataclass(frozen=True, kw_only=True)
class PhotoCopy:
    """A photo, how far its copy is, and what is covered in it."""

    row: Evidence
    state: CopyState
    fault: str
    covers: Sequence[Cover]
    looked_at: datetime | None
    is_public: bool


@dataclass(frozen=True, kw_only=True)
class Copies:
    """How many photos are in each state, how many files wait, and how many copies are by an earlier detector."""

    states: Mapping[CopyState, int]
    faults: Mapping[CopyFault, int]
    by_earlier: int


def photo_copy(case: Case, evidence_id: UUID) -> PhotoCopy | None:
    """Return a photo of a case that the caller may see; nothing for other files. One statement."""
    row = case.evidence.filter(pk=evidence_id, kind="photo").first()
    if row is None:
        return None
    return PhotoCopy(
        row=row,
        state=CopyState(row.copy_state),
        fault=str(CopyFault(row.copy_fault).label) if row.copy_fault else "",
        covers=read_covers(row.covers),
        looked_at=row.looked_at,
        is_public=row.is_public,
    )


def copies() -> Copies:
    """Count the copies of photos. Three statements, each over an index of its own."""
    photos = Evidence.objects.order_by()
    ready = photos.filter(copy_state=CopyState.READY)
    failed = photos.filter(copy_state=CopyState.FAILED).values_list("copy_fault").annotate(Count("pk"))
    faults = {CopyFault(fault): count for fault, count in failed}
    return Copies(
        states={
            CopyState.WAITING: photos.waiting_for_copy().count(),
            CopyState.READY: ready.count(),
            CopyState.FAILED: sum(faults.values()),
        },
        faults=faults,
        by_earlier=ready.exclude(looked_by=DETECTOR).count(),
    )
