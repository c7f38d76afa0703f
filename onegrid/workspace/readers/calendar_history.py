"""What of a calendar was changed, since when that counts and by whom: for those who look at it, newest first."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onegrid.units.public import (
    FIRST_YEAR,
    Change,
    Superseded,
    UnitEntry,
    WorkCalendar,
    calendars,
    change_said,
    directory,
    kept_unit_name,
)
from onegrid.workspace.rules.moments import in_full

_ALWAYS: Final = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
_AHEAD: Final = timedelta(days=731)  # so far ahead public holidays may be known
_NAMED: Final = 5  # units that are called by their names


@dataclass(frozen=True, slots=True)
class Follower:
    """A unit that follows a calendar, named in the reader's language."""

    code: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """One change: since when it counts, what was and what is; `whose`, unless it is of all who follow the calendar."""

    moment: str
    what: str
    whose: str
    by: str
    by_unit: str


def follower(unit: UnitEntry) -> Follower:
    """Return a unit by its code and name."""
    return Follower(unit.code, unit.named(get_language() or ""))


def history_of(calendar: WorkCalendar, *, is_of_unit: bool, at: datetime) -> list[Alteration]:
    """
    Return what was changed of a calendar, newest first: its week, its public holidays, and who follows it. From memory.

    Of a unit's, what that unit followed. Days that were set are told by those who show them.
    """
    found = [(change, "") for change in calendar.changes(_ALWAYS, at + _AHEAD)]
    if not is_of_unit:
        found += _followings(calendar.code, at=at)
    found.sort(key=lambda pair: pair[0].at, reverse=True)
    return [_told(change, whose) for change, whose in found]


def _followings(code: str, *, at: datetime) -> Iterator[tuple[Change, str]]:
    """Tell who came to a calendar or left it, those who did so together in one."""
    shared: dict[WorkCalendar, list[UUID]] = defaultdict(list)  # most units have one calendar with many others
    for unit, calendar in calendars().by_unit.items():
        shared[calendar].append(unit)
    together: dict[tuple[datetime, str, str, str], tuple[Change, list[UUID]]] = {}
    for calendar, units in shared.items():
        for change in calendar.changes(_ALWAYS, at + _AHEAD):
            if change.what == Superseded.FOLLOWED and code in {change.was.code, change.now.code}:
                key = change.at, change.was.code, change.now.code, change.changed_by
                together.setdefault(key, (change, []))[1].extend(units)
    for change, units in together.values():
        yield change, _named(units)


def _named(units: Sequence[UUID]) -> str:
    """Name units, only the first of many."""
    names = sorted(directory().by_id[unit].named(get_language() or "") for unit in units)
    said, more = _(", ").join(names[:_NAMED]), len(names) - _NAMED
    if more <= 0:
        return said
    return ngettext("%(units)s and %(n)d more unit", "%(units)s and %(n)d more units", more) % {
        "units": said,
        "n": more,
    }


def _told(change: Change, whose: str) -> Alteration:
    return Alteration(
        moment=in_full(localtime(change.at)),
        what=change_said(change),
        whose=whose,
        by=change.changed_by,
        by_unit=kept_unit_name(change.changed_by_unit),
    )
