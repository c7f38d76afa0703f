"""Make the given units and posts the ones there are, from a day on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from onegrid.core.facts import announce
from onegrid.core.snapshots import bump
from onegrid.geography.public import Area
from onegrid.oversight.public import Actor, record
from onegrid.units.actions.establish_calendars import CalendarChanged
from onegrid.units.actions.supersede import keep_followings
from onegrid.units.models import Post, Unit, UnitKind
from onegrid.units.readers.calendars import calendars
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.readers.followings import followings

_FOLLOWED_BY: Final = {"parent_id", "area_id", "kind"}  # what decides whose calendar a unit follows that has none


@dataclass(frozen=True, kw_only=True)
class UnitPlan:
    """A unit as it is to be; its parent comes before it in the list."""

    code: str
    name: str
    name_en: str
    kind: UnitKind
    function: str
    area: Area
    parent: str | None  # its code


@dataclass(frozen=True, kw_only=True)
class PostPlan:
    """A post as it is to be."""

    code: str
    name: str
    name_en: str
    unit: str  # its code
    role: str


@dataclass(frozen=True, kw_only=True)
class Established:
    """Every standing unit and every post by its code, and how many rows were written."""

    units: Mapping[str, Unit]
    posts: Mapping[str, Post]
    written: int


@transaction.atomic
def establish_units(
    *, units: Sequence[UnitPlan], posts: Iterable[PostPlan], opens_on: date, by: Actor, at: datetime
) -> Established:
    """
    Open, change and close units until they are as planned. Joins the caller's transaction.

    A unit that is not planned any more is closed on the day of `at` and keeps its cases
    and posts; a new one stands from `opens_on`. What is as planned is not written.
    Announces CalendarChanged if a unit comes under another one, for it and those below;
    the calendars that they follow by that count for them from `at`.
    """
    before = followings()
    standing = {unit.code: unit for unit in Unit.objects.standing().select_for_update(of=("self",))}
    planned, written, moved = _established(units, standing, opens_on)
    affected = calendars().heeding(moved) if moved else frozenset()
    gone = [unit.pk for code, unit in standing.items() if code not in planned]
    if gone:
        written += Unit.objects.filter(pk__in=gone).update(closes_on=at.date())
    seats, seated = _seated(posts, planned)
    if written + seated:
        bump(SNAPSHOT)
        data = {"units": len(planned), "posts": len(seats), "closed": len(gone), "written": written + seated}
        record("units.established", target="units.Unit", by=by, at=at, data=data)
    if affected or gone:
        keep_followings(before, by=by, at=at)
    if affected:
        announce(CalendarChanged(calendars=frozenset(), units=affected, from_day=None, to_day=None, at=at))
    return Established(units=planned, posts=seats, written=written + seated)


def _established(
    plans: Sequence[UnitPlan], standing: Mapping[str, Unit], opens_on: date
) -> tuple[dict[str, Unit], int, set[UUID]]:
    units: dict[str, Unit] = {}
    new, changed, moved = [], [], set()
    for plan in plans:
        parent = units[plan.parent] if plan.parent else None
        wanted = {
            "name": plan.name,
            "name_en": plan.name_en,
            "kind": plan.kind.value,
            "function": plan.function,
            "area_id": plan.area.pk,
            "parent_id": parent.pk if parent else None,
        }
        unit = standing.get(plan.code)
        if unit is None:
            unit = Unit(code=plan.code, opens_on=opens_on, **wanted)
            new.append(unit)
        elif different := _differing(unit, wanted):
            changed.append(unit)
            if not _FOLLOWED_BY.isdisjoint(different):
                moved.add(unit.pk)
        units[plan.code] = unit
    Unit.objects.bulk_create(new)
    Unit.objects.bulk_update(changed, ["name", "name_en", "kind", "function", "area", "parent"])
    return units, len(new) + len(changed), moved


def _seated(plans: Iterable[PostPlan], units: Mapping[str, Unit]) -> tuple[dict[str, Post], int]:
    known = {post.code: post for post in Post.objects.select_for_update(of=("self",))}
    new, changed = [], []
    for plan in plans:
        wanted = {"name": plan.name, "name_en": plan.name_en, "unit_id": units[plan.unit].pk, "role": plan.role}
        if plan.code not in known:
            known[plan.code] = Post(code=plan.code, **wanted)
            new.append(known[plan.code])
        elif _differing(known[plan.code], wanted):
            changed.append(known[plan.code])
    Post.objects.bulk_create(new)
    Post.objects.bulk_update(changed, ["name", "name_en", "unit", "role"])
    return known, len(new) + len(changed)


def _differing(row: Unit | Post, wanted: Mapping[str, object]) -> set[str]:
    """Set what differs on the row, and return the names of those columns."""
    different = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return set(different)
