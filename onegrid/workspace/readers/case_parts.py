"""The parts of a case page, each made ready to draw: timeline, evidence, relatives, reporters, small map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from onegrid.cases.public import (
    Case,
    CaseFile,
    Channel,
    CopyFault,
    CopyState,
    Evidence,
    EvidenceKind,
    Relative,
    Report,
    Stage,
    Status,
    TimelineEntry,
    Visibility,
    terms_of,
)
from onegrid.catalogue.public import catalogue
from onegrid.geography.public import NoAreasError, locator_for
from onegrid.units.public import kept_unit_name
from onegrid.workspace.rules.moments import briefly, said
from onegrid.workspace.rules.narration import Names, headline, is_by_itself
from onegrid.workspace.rules.small_map import NARROWEST, Shape, path_of, width_for
from onegrid.workspace.rules.words import KIND_ICONS, PURPOSES, TIES, Text


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of the timeline in the reader's words."""

    moment: str
    brief: str
    headline: str
    text: str
    who: str
    is_internal: bool
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One piece of evidence: its picture or icon, where it opens, and what it is."""

    id: UUID
    url: str
    thumbnail: str
    icon: str
    label: Text
    kind: str
    caption: str
    name: str
    is_after: bool
    is_wanted: bool  # for the public
    is_public: bool
    no_copy: str  # why the public does not see it though it is wanted
    is_photo: bool
    is_sound: bool
    is_film: bool


@dataclass(frozen=True, kw_only=True)
class Tie:
    """Another case and how it belongs to this one."""

    number: str
    title: str
    how: Text
    status: str


@dataclass(frozen=True, kw_only=True)
class Who:
    """One reporter, masked."""

    id: UUID
    channel: str
    name: str
    contact: str
    moment: str
    is_anonymous: bool


def entries(timeline: Sequence[TimelineEntry], *, case: Case, at: datetime) -> list[Entry]:
    """Return the timeline of a case in words."""
    now, language, kinds = localtime(at), get_language() or "", catalogue()

    def category_named(code: str) -> str:
        kind = kinds.by_code.get(code)
        return kind.trailed(language) if kind else code

    def version_named(key: str) -> str:
        kind = kinds.by_id.get(UUID(key))
        return kind.trailed(language) if kind else key

    names = Names(
        unit=kept_unit_name,
        category=category_named,
        category_of=version_named,
        counting=terms_of(case).counting_of(Stage.HANDLE),
    )
    return [
        Entry(
            moment=said(localtime(entry.happened_at), now=now),
            brief=briefly(localtime(entry.happened_at), now=now),
            headline=headline(entry, names),
            text=entry.text,
            who=_who(entry),
            is_internal=entry.visibility == Visibility.INTERNAL,
            is_late=bool(entry.data.get("late")),
        )
        for entry in timeline
    ]


def _who(entry: TimelineEntry) -> str:
    named = " · ".join(part for part in (kept_unit_name(entry.unit_name), entry.by_name) if part)
    if named:
        return named
    if is_by_itself(entry):
        return _("The system")
    return _("The reporter") if entry.channel == Channel.PORTAL else str(Channel(entry.channel).label)


def figures(evidence: Sequence[Evidence], *, at: datetime, is_for_public: bool = False) -> list[Figure]:
    """Return the evidence of a case, what was before first. `is_for_public` draws the covered copies."""
    thumbnail = "cases:evidence_copy_thumb" if is_for_public else "cases:evidence_thumb"
    now, order = localtime(at), list(PURPOSES)
    return [
        Figure(
            id=piece.pk,
            url=reverse("cases:evidence", args=[piece.pk]),
            thumbnail=reverse(thumbnail, args=[piece.pk]) if piece.thumbnail_sha256 else "",
            icon=KIND_ICONS[piece.kind],
            label=PURPOSES[piece.purpose],
            kind=str(EvidenceKind(piece.kind).label),
            caption=f"{kept_unit_name(piece.unit_name) or _('Reporter')} · {said(localtime(piece.added_at), now=now)}",
            name=piece.name,
            is_after=order.index(piece.purpose) > 0,
            is_wanted=piece.is_public,
            is_public=piece.is_public and piece.copy_state == CopyState.READY,
            no_copy=why_no_copy(piece),
            is_photo=piece.kind == EvidenceKind.PHOTO,
            is_sound=piece.kind == EvidenceKind.AUDIO,
            is_film=piece.kind == EvidenceKind.VIDEO,
        )
        for piece in sorted(evidence, key=lambda piece: (order.index(piece.purpose), piece.added_at))
    ]


def why_no_copy(piece: Evidence) -> str:
    """Return why the public does not see a photo that it shall see; nothing where it does."""
    if not piece.is_public or piece.copy_state == CopyState.READY:
        return ""
    if piece.copy_state == CopyState.FAILED:
        return str(CopyFault(piece.copy_fault).label) if piece.copy_fault else str(CopyState.FAILED.label)
    return _("public once faces and plates are covered")


def ties(relatives: Sequence[Relative]) -> list[Tie]:
    """Return the cases that belong to this one."""
    return [
        Tie(number=other.number, title=other.title, how=TIES[other.tie], status=str(Status(other.status).label))
        for other in relatives
    ]


def reporters(reports: Sequence[Report], *, at: datetime) -> list[Who]:
    """Return who reported a case, with everything masked that would tell who they are."""
    now = localtime(at)
    return [
        Who(
            id=report.pk,
            channel=str(Channel(report.channel).label),
            name=masked(report.reporter_name),
            contact=masked(report.reporter_contact),
            moment=said(localtime(report.reported_at), now=now),
            is_anonymous=report.is_anonymous,
        )
        for report in reports
    ]


def masked(text: str) -> str:
    """Return a name or a contact with its middle covered: enough to tell two people apart, too little to reach one."""
    if len(text) >= 9:  # noqa: PLR2004 — a telephone number or an address
        return f"{text[:3]}****{text[-2:]}"
    return f"{text[:1]}{'*' * (len(text) - 1)}" if text else ""


def map_shapes(case: Case) -> list[Shape]:
    """Return the grids around a case as they stood when it came in; from memory."""
    try:
        areas = locator_for(localtime(case.received_at).date())
    except NoAreasError:
        return []
    here = next((outline for grid, outline in areas.around(case.place, meters=1) if grid.code == case.grid_code), None)
    meters = width_for(here.bounds, middle=case.place) if here else NARROWEST
    return [
        Shape(path_of(_rings(outline), middle=case.place, meters=meters), grid.name, grid.code == case.grid_code)
        for grid, outline in areas.around(case.place, meters=meters / 2)
    ]


def _rings(outline: BaseGeometry) -> list[list[list[float]]]:
    drawn = mapping(outline)
    return (
        drawn["coordinates"] if drawn["type"] == "Polygon" else [ring for part in drawn["coordinates"] for ring in part]
    )


def counts(file: CaseFile) -> dict[str, int]:
    """Return how many entries of the timeline there are, and how many for whom."""
    internal = sum(1 for entry in file.timeline if entry.visibility == Visibility.INTERNAL)
    return {"all": len(file.timeline), "public": len(file.timeline) - internal, "internal": internal}
