"""
Load a pack: areas, units, calendars, people, catalogue and routes, whole or not at all.

Loading the same pack again writes nothing. Loading another edition of its areas
closes the old ones on that edition's day and moves everybody's duties along.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from onegrid.accounts.public import Appointment, Role, appoint_people, move_duties
from onegrid.cases.public import replace_replies
from onegrid.catalogue.public import revise_catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.dispatch.public import replace_rules
from onegrid.geography.public import Area, redraw_areas
from onegrid.oversight.public import Actor, record
from onegrid.packs.readers.checking import read_pack
from onegrid.packs.rules.calendars import calendar_plans, followed_calendars, public_day_plans
from onegrid.packs.rules.drawing import drawings, formers
from onegrid.packs.rules.pack import Edition, Pack
from onegrid.packs.rules.plans import (
    admission_plans,
    category_plans,
    post_plans,
    reply_plans,
    rule_plans,
    unit_plans,
)
from onegrid.packs.rules.succession import Former, Succession, township_of
from onegrid.units.public import Established, establish_calendars, establish_units

GRID_TEAM = "grid"  # the function of the unit grid workers belong to


class NoSuchEditionError(InvalidInputError):
    """The pack has no edition of its areas by that name."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load wrote: areas opened and closed, duties moved along, and rows in all other tables."""

    edition: str
    opened: int
    closed: int
    moved: int
    written: int

    @property
    def is_unchanged(self) -> bool:
        """Tell whether everything was there already."""
        return not (self.opened or self.closed or self.moved or self.written)


@transaction.atomic(durable=True)
def load_pack(
    *, path: Path, by: Actor, at: datetime, edition: str | None = None, demonstration: bool = False
) -> Loaded:
    """
    Load a pack with one edition of its areas, by default the one that stands or else the first.

    With `demonstration` the accounts that are new get the shared demonstration
    password and are marked as such; otherwise nobody can sign in to them yet.

    :raises FaultyPackError: if the pack has faults.
    :raises NoSuchEditionError: if it lacks that edition.
    :raises RedrawnTooEarlyError: if areas of a later edition stand.
    """
    pack = read_pack(path)
    drawn = _chosen(pack, edition)
    redrawing = redraw_areas(drawings=drawings(drawn), opens_on=drawn.opens_on, by=by, at=at)
    succession = Succession(Area.objects.standing().defer("outline"))
    records_from = date.fromisoformat(pack.facts["records_from"])
    units = unit_plans(pack, succession.by_code)
    established = establish_units(units=units, posts=post_plans(pack), opens_on=records_from, by=by, at=at)
    moved = _move(redrawing.closed, succession, by=by, at=at)
    appointments = [*_posted(pack, established, succession), *_overseeing(pack, established, succession)]
    appointments += _walking(pack, established, succession)
    written = established.written
    written += establish_calendars(
        calendars=calendar_plans(pack),
        public_days=public_day_plans(pack),
        followed=followed_calendars(pack),
        by=by,
        at=at,
    )
    written += appoint_people(appointments=appointments, is_demonstration=demonstration, by=by, at=at)
    written += revise_catalogue(
        categories=category_plans(pack),
        admissions=admission_plans(pack),
        records_from=records_from,
        on=at.astimezone(ZoneInfo(pack.facts["time_zone"])).date(),
        by=by,
        at=at,
    )
    written += replace_rules(rules=rule_plans(pack), by=by, at=at)
    written += replace_replies(plans=reply_plans(pack), by=by, at=at)
    loaded = Loaded(
        edition=drawn.code, opened=len(redrawing.opened), closed=len(redrawing.closed), moved=moved, written=written
    )
    if not loaded.is_unchanged:
        data = {"edition": drawn.code, "demonstration": demonstration}
        record("packs.loaded", target=f"packs.Pack:{pack.facts['code']}", by=by, at=at, data=data)
    return loaded


def _chosen(pack: Pack, code: str | None) -> Edition:
    if code is None:
        standing = set(Area.objects.standing().order_by().values_list("opens_on", flat=True).distinct())
        return next((entry for entry in reversed(pack.editions) if entry.opens_on in standing), pack.editions[0])
    edition = pack.edition(code)
    if edition is None:
        values = {"code": code, "known": ", ".join(entry.code for entry in pack.editions)}
        raise NoSuchEditionError(_("The pack has no edition “%(code)s”, only: %(known)s.") % values)
    return edition


def _move(closed: Sequence[Area], succession: Succession, *, by: Actor, at: datetime) -> int:
    successors = {}
    for area in closed:
        heir = succession.of(Former(area.code, area.level, township_of(area.path), area.label_at))
        if heir is not None:
            successors[area.pk] = heir
    return move_duties(successors=successors, by=by, at=at)


def _posted(pack: Pack, established: Established, succession: Succession) -> Iterator[Appointment]:
    pack_areas = {row["code"]: row["area"] for row in pack["units"]}
    units = {unit.pk: unit for unit in established.units.values()}
    for row in pack["accounts"]:
        post = established.posts[row["post"]]
        unit = units[post.unit_id]
        yield Appointment(
            username=row["username"],
            display_name=row["display_name"],
            role=Role(post.role),
            area=succession.by_code[pack_areas[unit.code]],
            unit=unit,
            post=post,
        )


def _overseeing(pack: Pack, established: Established, succession: Succession) -> Iterator[Appointment]:
    for row in pack["system_accounts"]:
        yield Appointment(
            username=row["username"],
            display_name=row["display_name"],
            role=Role(row["role"]),
            area=succession.by_code[row["area"]],
            unit=established.units[row["unit"]],
        )


def _walking(pack: Pack, established: Established, succession: Succession) -> Iterator[Appointment]:
    """Grid workers are named for the grids of the first edition and walk what stands there now."""
    grids = formers(pack.editions[0])
    teams = {unit.area_id: unit for unit in established.units.values() if unit.function == GRID_TEAM}
    for row in pack["grid_workers"]:
        grid = succession.of(grids[row["grid"]])
        if grid is not None:
            yield Appointment(
                username=row["username"],
                display_name=row["display_name"],
                role=Role.GRID_WORKER,
                area=grid,
                unit=teams[succession.by_code[township_of(grid.path)].pk],
            )
