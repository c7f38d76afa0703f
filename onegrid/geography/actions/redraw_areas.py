"""
Redraw the district: close the areas that no longer stand and open those that stand from a day on.

What was filed under a closed area stays there. An area that is the same in
every respect, its parents included, stands on and is not written at all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.core.errors import DomainError
from onegrid.core.fields import Point
from onegrid.core.snapshots import bump
from onegrid.geography.models import Area, Level
from onegrid.geography.rules import SNAPSHOT
from onegrid.oversight.public import Actor, record


class RedrawnTooEarlyError(DomainError):
    """Areas that opened on or after that day still stand: history is not redrawn behind them."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """An area as it is to stand."""

    code: str
    name: str
    level: Level
    parent: str | None  # its code
    outline: Mapping[str, Any]  # a GeoJSON Polygon or MultiPolygon, WGS-84
    label_at: Point


@dataclass(frozen=True, kw_only=True)
class Redrawing:
    """What a redrawing changed; `successors` leads from a closed area to the one with its code."""

    opened: Sequence[Area]
    closed: Sequence[Area]
    kept: int


@transaction.atomic
def redraw_areas(*, drawings: Iterable[Drawing], opens_on: date, by: Actor, at: datetime) -> Redrawing:
    """
    Make the given areas the ones that stand from a day on. Joins the caller's transaction.

    The drawings are the whole district. Whatever stands and is not among them,
    or differs from its drawing, is closed on that day.

    :raises RedrawnTooEarlyError: if an area to be closed opened on that day or later.
    """
    standing = {area.code: area for area in Area.objects.standing().select_for_update(of=("self",))}
    plan = sorted(drawings, key=lambda drawing: Level.values.index(drawing.level))
    kept = _unchanged(plan, standing)
    closed = [area for code, area in standing.items() if code not in kept]
    _close(closed, opens_on)
    opened = _open(plan, kept, opens_on)
    if opened or closed:
        counts = {"opened": len(opened), "closed": len(closed), "kept": len(kept), "opens_on": opens_on.isoformat()}
        bump(SNAPSHOT)
        record("geography.redrawn", target="geography.Area", by=by, at=at, data=counts)
    return Redrawing(opened=opened, closed=closed, kept=len(kept))


def _unchanged(plan: Sequence[Drawing], standing: Mapping[str, Area]) -> dict[str, Area]:
    kept: dict[str, Area] = {}
    for drawing in plan:
        area = standing.get(drawing.code)
        if area and (drawing.parent is None or drawing.parent in kept) and _is_drawn(area, drawing):
            kept[drawing.code] = area
    return kept


def _is_drawn(area: Area, drawing: Drawing) -> bool:
    *_above, parent, _code = [None, None, *area.path.split("/")]
    return (
        (area.name, area.level, parent, area.outline) == (drawing.name, drawing.level, drawing.parent, drawing.outline)
    ) and area.label_at == drawing.label_at


def _close(areas: Sequence[Area], day: date) -> None:
    too_new = [area.code for area in areas if area.opens_on >= day]
    if too_new:
        message = _("Areas that opened on %(day)s or later still stand, such as %(code)s.") % {
            "day": day.isoformat(),
            "code": too_new[0],
        }
        raise RedrawnTooEarlyError(message)
    Area.objects.filter(pk__in=[area.pk for area in areas]).update(closes_on=day)
    for area in areas:
        area.closes_on = day


def _open(plan: Sequence[Drawing], kept: Mapping[str, Area], day: date) -> list[Area]:
    known, opened = dict(kept), []
    for drawing in plan:
        if drawing.code in kept:
            continue
        parent = known[drawing.parent] if drawing.parent else None
        area = Area(
            code=drawing.code,
            name=drawing.name,
            level=drawing.level,
            parent=parent,
            path=f"{parent.path}/{drawing.code}" if parent else drawing.code,
            outline=dict(drawing.outline),
            label_at=drawing.label_at,
            opens_on=day,
        )
        known[drawing.code] = area
        opened.append(area)
    Area.objects.bulk_create(opened, batch_size=500)
    return opened
