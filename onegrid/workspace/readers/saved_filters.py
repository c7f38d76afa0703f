"""The filters somebody saved and those shared with their units, as the queue and its own page show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language

from onegrid.accounts.public import User, has_permission, live_duties
from onegrid.cases.public import counted
from onegrid.core.queries import sql_of
from onegrid.core.statements import Written, kept
from onegrid.units.public import directory
from onegrid.workspace.models import SavedFilter, StartPage
from onegrid.workspace.permissions import Permission
from onegrid.workspace.readers.chips import Chip, chips
from onegrid.workspace.readers.queue import scope_label
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError, read_query
from onegrid.workspace.rules.saved_filters import MOST_SAVED, is_cheap

COUNTED = 8  # so many of them are counted beside the list
MOST_COUNTED = 100  # and so far


@dataclass(frozen=True, kw_only=True)
class Saved:
    """One saved filter for one reader: `count` is empty where counting would cost too much."""

    id: UUID
    name: str
    url: str
    count: str
    owner: str
    unit: str
    unit_code: str
    is_current: bool
    is_start: bool
    is_mine: bool
    may_change: bool
    filters: Filters

    @property
    def scope(self) -> str:
        """Return whose cases it shows, in words."""
        return scope_label(self.filters.scope)

    @property
    def chips(self) -> Sequence[Chip]:
        """Return what it narrows, in words."""
        return chips(self.filters)


class _Row(NamedTuple):
    """A filter as it is kept."""

    id: UUID
    name: str
    query: str
    owner_id: UUID
    owner__display_name: str
    unit_id: UUID | None
    is_start: bool


def units_of(user: User) -> list[UUID]:
    """Return the units somebody works in; what is shared with these is for them."""
    return sorted({duty.unit_id for duty in live_duties(user)})


def units_to_share_with(user: User) -> list[tuple[str, str]]:
    """Return the units in which somebody may share a filter, as codes with names."""
    language, units = get_language() or "", directory()
    mine = [unit for id_ in units_of(user) if (unit := units.by_id.get(id_))]
    return [(unit.code, unit.named(language)) for unit in mine if _may_share(user, unit.id)]


def may_change(row: SavedFilter | _Row, user: User) -> bool:
    """Tell whether somebody may rename, share or delete a filter: its owner, and who answers for those of the unit."""
    return row.owner_id == user.pk or (row.unit_id is not None and _may_share(user, row.unit_id))


def saved_filters(*, by: User, at: datetime, current: Filters | None = None) -> list[Saved]:
    """Return one's own filters and those of one's units, by name, in one statement; one more counts the first."""
    rows = [(row, meaning) for row in _readable(by, at) if (meaning := meant(row.query))]
    cheap = [row.id for row, meaning in rows if is_cheap(meaning)][:COUNTED] if current is not None else []
    selections = [meaning.selection(now=localtime(at)) for row, meaning in rows if row.id in cheap]
    counts = dict(zip(cheap, counted(selections, by=by, at=at, most=MOST_COUNTED), strict=True))
    now = current.query() if current is not None else None
    return [_saved(row, meaning, by=by, count=counts.get(row.id), now=now) for row, meaning in rows]


def start_of(user: User) -> Filters | None:
    """Return the filter that somebody's queue opens with, as long as they can read it. One statement."""
    readable = SavedFilter.objects.readable_by(user, unit_ids=units_of(user))
    chosen = readable.filter(pk__in=StartPage.objects.filter(user=user).values("filter")).first()
    return meant(chosen.query) if chosen else None


def meant(query: str) -> Filters | None:
    """Return what the words of a saved filter mean; nothing if one of them is not a filter any more."""
    try:
        return read_query(query)
    except NoSuchFilterError:
        return None


def _readable(by: User, at: datetime) -> list[_Row]:
    units = units_of(by)

    def write(_at: datetime) -> Written:
        found = SavedFilter.objects.readable_by(by, unit_ids=units).telling_start_of(by).order_by("name", "pk")
        return sql_of(found.values_list(*_Row._fields)[: 2 * MOST_SAVED])

    statement = kept(("saved filters", by.pk, tuple(units)), write, is_prepared=True)
    return [_Row._make(row) for row in statement.rows(at)]


def _saved(row: _Row, meaning: Filters, *, by: User, count: int | None, now: str | None) -> Saved:
    unit = directory().by_id.get(row.unit_id) if row.unit_id else None
    return Saved(
        id=row.id,
        name=row.name,
        url=f"{reverse('workspace:queue')}{meaning.query()}",
        count="" if count is None else f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count),
        owner=row.owner__display_name,
        unit=unit.named(get_language() or "") if unit else "",
        unit_code=unit.code if unit else "",
        is_current=meaning.query() == now,
        is_start=row.is_start,
        is_mine=row.owner_id == by.pk,
        may_change=may_change(row, by),
        filters=meaning,
    )


def _may_share(user: User, unit_id: UUID) -> bool:
    return has_permission(user, Permission.SHARE_FILTER, area_path="", unit_ids=(unit_id,))
