"""
Look photos through for faces and number plates, and make the copies that the public may see.

A photo waits until its copy is there, and is seen by nobody outside before. All photos of the same bytes are served at
once. What is killed half-way has changed nothing, and begins anew; done twice, it changes nothing.
"""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from uuid import UUID

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from onegrid.accounts.public import User
from onegrid.cases.actions.lifecycle import open_case
from onegrid.cases.models import CopyFault, CopyState, Evidence
from onegrid.cases.rules import covers, showing
from onegrid.cases.rules.absence import CaseNotFoundError
from onegrid.cases.rules.covers import Cover
from onegrid.core import files, upkeep
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.formats import FORMATS, UnacceptableFileError
from onegrid.core.media.photos import read_photo
from onegrid.core.media.veil import DETECTOR, CannotLookError, Found, Veiled, find_marks, veiled

log = logging.getLogger(__name__)

LOOK = "onegrid.cases.tasks.look_through"
LOT = 5_000  # rows that one statement changes
MOST_AT_ONCE = 200  # files that are put into the queue with one sweep


class Again(StrEnum):
    """Which photos are to be looked through once more."""

    FAILED = "failed"
    EARLIER = "earlier"  # by a detector that is not today's
    ALL = "all"


_AGAIN = {
    Again.FAILED: (CopyState.FAILED,),
    Again.EARLIER: (CopyState.READY,),
    Again.ALL: (CopyState.READY, CopyState.FAILED),
}
_COPY_COLUMNS = (
    "covers", "public_sha256", "public_thumbnail_sha256", "copy_state", "copy_fault", "looked_by", "looked_at",
)  # fmt: skip


def ask_to_look(sha256: str) -> None:
    """Have the photos of these bytes looked through once the caller's transaction has ended, unless that waits."""
    # One after the other for the whole installation: each takes all the processors it can get for seconds.
    job = app.configure_task(LOOK, lock="cases.photos", queueing_lock=f"cases.photo.{sha256}", priority=upkeep.CAN_WAIT)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(sha256=sha256)


def ask_to_look_at_waiting() -> int:
    """Put into the queue what waits and is not there: after an upgrade, a restore or a bulk import. Return how many."""
    wanted = _waiting()
    for sha256 in wanted:
        ask_to_look(sha256)
    return len(wanted)


@transaction.atomic(durable=True)
def ask_for_copy(*, evidence_id: UUID, by: User) -> None:
    """
    Have a photo looked through that nobody has looked through, or for which that failed.

    :raises CaseNotFoundError: if there is no such file in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises InvalidInputError: if it is not a photo.
    """
    row = photo_of(evidence_id, by=by)
    if row.copy_state in {CopyState.NONE, CopyState.FAILED}:
        row.copy_state, row.copy_fault = CopyState.WAITING, ""
        row.save(update_fields=["copy_state", "copy_fault"])
        ask_to_look(row.sha256)


def photo_of(evidence_id: UUID, *, by: User) -> Evidence:
    """
    Return a photo with its case and itself locked, for an officer who may add evidence there.

    :raises CaseNotFoundError: if there is no such file in a case that `by` may see.
    :raises NotAllowedError: if their duties do not allow it there.
    :raises InvalidInputError: if it is not a photo.
    """
    seen = Evidence.objects.seen_by(by).filter(pk=evidence_id).first()
    if seen is None:
        raise CaseNotFoundError(_("There is no such case, or it is not yours to see."))
    open_case(seen.case_id, by=by, permission="cases.add_evidence")
    row = Evidence.objects.select_for_update(of=("self",)).select_related("case").get(pk=evidence_id)
    if not showing.may_be_public(row.kind):
        raise InvalidInputError(_("Only photos can be shown to the public."))
    return row


@transaction.atomic(durable=True)
def look_again(which: Again) -> int:
    """Have photos looked through once more, and return how many; until that is done the public does not see them."""
    rows = Evidence.objects.filter(copy_state__in=_AGAIN[which])
    if which == Again.EARLIER:
        rows = rows.exclude(looked_by=DETECTOR)
    return rows.update(copy_state=CopyState.WAITING, copy_fault="")


def look_at_waiting(*, at: datetime, told: Callable[[int], None]) -> int:
    """Look through everything that waits, here and now; `told` hears of each file how many photos were served."""
    done: set[str] = set()
    count = 0
    while files_ := [sha256 for sha256 in _waiting() if sha256 not in done]:
        for sha256 in files_:
            served = look_through(sha256=sha256, at=at)
            count += served
            told(served)
            done.add(sha256)
    return count


def look_through(*, sha256: str, at: datetime) -> int:
    """Make the copies of all photos of these bytes that wait, and return how many; takes seconds."""
    row = Evidence.objects.waiting_for_copy().filter(sha256=sha256).first()
    if row is None:
        return 0
    try:
        picture = upright(row)
        before = _found_before(sha256)
        found = before if before is not None else [_cover(each) for each in find_marks(picture)]
    except CannotLookError as fault:
        return _fail(sha256, CopyFault(fault.why), at=at)
    except UnacceptableFileError:
        return _fail(sha256, CopyFault.UNREADABLE, at=at)
    except FileNotFoundError:
        return _fail(sha256, CopyFault.LOST, at=at)
    return _keep(sha256, picture, found, at=at)


def upright(row: Evidence) -> bytes:
    """
    Return what a photo shows, drawn anew: upright, at most 2,000 pixels a side, nothing but pixels. It is kept nowhere.

    :raises UnacceptableFileError: if it cannot be read.
    :raises FileNotFoundError: if it is not in the store.
    """
    with files.open_file(row.sha256) as original:
        return read_photo(original, FORMATS[row.media_type]).public


def keep_copy(row: Evidence, picture: bytes, *, known: Sequence[Cover], at: datetime) -> None:
    """Draw the copy of a photo with its covers covered, keep it, and name it in the row. Joins the transaction."""
    made = veiled(picture, covers.boxes(known))
    _name(row, _kept(made), known, at=at)
    row.save(update_fields=_COPY_COLUMNS)


def _waiting() -> list[str]:
    waiting = Evidence.objects.waiting_for_copy().order_by("sha256").values_list("sha256", flat=True).distinct()
    return list(waiting[:MOST_AT_ONCE])


def _found_before(sha256: str) -> list[Cover] | None:
    """Return what the detector of today has found in the same bytes already."""
    twin = Evidence.objects.filter(sha256=sha256, copy_state=CopyState.READY, looked_by=DETECTOR).order_by().first()
    if twin is None:
        return None
    found = [cover for cover in covers.read_covers(twin.covers) if cover.kind != covers.DRAWN]
    return [msgspec.structs.replace(cover, number=0, lifted="", lifted_by="") for cover in found]


def _cover(found: Found) -> Cover:
    return Cover(
        number=0,
        kind=found.kind,
        left=found.left,
        top=found.top,
        width=found.width,
        height=found.height,
        score=found.score,
    )


def _keep(sha256: str, picture: bytes, found: Sequence[Cover], *, at: datetime) -> int:
    """Give every waiting photo of these bytes its copy, lot by lot; those that an officer has marked get their own."""
    known = covers.with_found([], found)
    count = 0
    while given := _keep_lot(sha256, picture, known, at=at):
        count += given
    return count


@transaction.atomic(durable=True)
def _keep_lot(sha256: str, picture: bytes, known: Sequence[Cover], *, at: datetime) -> int:
    files.hold()
    waiting = Evidence.objects.waiting_for_copy().filter(sha256=sha256).select_for_update(of=("self",)).order_by()
    rows = list(waiting[:LOT])
    plain = [row for row in rows if not row.covers]
    if plain:
        made = _kept(veiled(picture, covers.boxes(known)))
        for row in plain:
            _name(row, made, known, at=at)
        Evidence.objects.filter(pk__in=[row.pk for row in plain]).update(
            **{column: getattr(plain[0], column) for column in _COPY_COLUMNS}
        )
    for row in rows:
        if row not in plain:
            keep_copy(row, picture, known=covers.with_found(covers.read_covers(row.covers), known), at=at)
    return len(rows)


def _kept(made: Veiled) -> tuple[str, str]:
    return files.keep(BytesIO(made.public)), files.keep(BytesIO(made.thumbnail))


def _name(row: Evidence, kept: tuple[str, str], known: Sequence[Cover], *, at: datetime) -> None:
    row.public_sha256, row.public_thumbnail_sha256 = kept
    row.covers, row.looked_by, row.looked_at = covers.as_kept(known), DETECTOR, at
    row.copy_state, row.copy_fault = CopyState.READY, ""


def _fail(sha256: str, fault: CopyFault, *, at: datetime) -> int:
    """Say of every waiting photo of these bytes why it has no copy. It stays inside until somebody asks again."""
    waiting = Evidence.objects.waiting_for_copy().filter(sha256=sha256)
    waiting.update(copy_state=CopyState.FAILED, copy_fault=fault, looked_at=at)
    log.warning("cases.photo_not_looked_through", extra={"sha256": sha256, "why": fault.value})
    return 0
