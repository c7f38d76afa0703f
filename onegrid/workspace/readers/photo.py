"""The page of one photo: the original beside the copy that the public sees, and every box on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.public import Case, CopyState, Cover, photo_copy
from onegrid.units.public import kept_unit_name
from onegrid.workspace.rules.moments import in_full
from onegrid.workspace.rules.words import PURPOSES, Text

SIDE = 1000  # of the drawing, where the photo itself does not say how large it is


@dataclass(frozen=True, kw_only=True)
class Box:
    """One box as it is drawn over the original, in its pixels, and what stands about it in the list."""

    number: int
    kind: str
    x: int
    y: int
    width: int
    height: int
    said: str
    lifted: str
    lifted_by: str
    css: str


@dataclass(frozen=True, kw_only=True)
class PhotoPage:
    """A photo of a case, for the officer who decides what the public sees of it."""

    id: UUID
    case: Case
    label: Text
    caption: str
    original: str
    copy: str
    width: int
    height: int
    letters: int  # their size in the drawing
    boxes: Sequence[Box]
    lifted: Sequence[Box]
    covered: Sequence[Box]
    state: str
    fault: str
    is_ready: bool
    is_waiting: bool
    is_wanted: bool
    looked: str


def photo_page(case: Case, photo_id: UUID) -> PhotoPage | None:
    """Return the page of a photo of a case; nothing for a file that is none. One statement."""
    copy = photo_copy(case, photo_id)
    if copy is None:
        return None
    row = copy.row
    width, height = row.width or SIDE, row.height or SIDE
    boxes = [_box(cover, width, height) for cover in copy.covers]
    who = kept_unit_name(row.unit_name) or _("Reporter")
    return PhotoPage(
        id=row.pk,
        case=case,
        label=PURPOSES[row.purpose],
        caption=f"{who} · {in_full(localtime(row.added_at))}",
        original=reverse("cases:evidence", args=[row.pk]),
        copy=reverse("cases:evidence_copy", args=[row.pk]) + f"?{row.public_sha256[:12]}",
        width=width,
        height=height,
        letters=max(width, height) // 28,
        boxes=boxes,
        lifted=[box for box in boxes if box.lifted],
        covered=[box for box in boxes if not box.lifted],
        state=str(copy.state.label),
        fault=copy.fault,
        is_ready=copy.state == CopyState.READY,
        is_waiting=copy.state == CopyState.WAITING,
        is_wanted=copy.is_public,
        looked=in_full(localtime(copy.looked_at)) if copy.looked_at else "",
    )


def _box(cover: Cover, width: int, height: int) -> Box:
    return Box(
        number=cover.number,
        kind=_kind(cover),
        x=round(cover.left * width),
        y=round(cover.top * height),
        width=max(1, round(cover.width * width)),
        height=max(1, round(cover.height * height)),
        said=_("by %(name)s") % {"name": cover.by} if cover.by else f"{cover.score:.0%}",
        lifted=cover.lifted,
        lifted_by=cover.lifted_by,
        css="lifted" if cover.lifted else cover.kind,
    )


def _kind(cover: Cover) -> str:
    return {"face": _("Face"), "plate": _("Number plate")}.get(cover.kind, _("Drawn by hand"))
