"""The calendars as a desk shows them: who follows which, and one as a year with what was set, by whom and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.core.errors import NotFoundError
from onegrid.dispatch.public import can_set_days
from onegrid.units.public import (
    DayKind,
    SetDay,
    Span,
    UnitEntry,
    WorkCalendar,
    calendars,
    directory,
    kept_unit_name,
    observed_said,
    set_days_of,
    spans_said,
    week_lines,
    year_to_know,
)
from onegrid.workspace.readers.calendar_history import Alteration, Follower, follower, history_of
from onegrid.workspace.rules.moments import in_full
from onegrid.workspace.rules.year import (
    Mark,
    Month,
    Stretch,
    in_a_row,
    legend,
    mark_of,
    months,
    public_stretches,
    said_days,
)


class NoSuchCalendarError(NotFoundError):
    """There is no calendar, or no unit, of this code."""


@dataclass(frozen=True, kw_only=True)
class CalendarLine:
    """One calendar in the list: its week, what it observes, who follows it, and the year it lacks."""

    code: str
    name: str
    is_default: bool
    week: Sequence[tuple[str, tuple[Span, ...]]]
    observes: str
    units: Sequence[Follower]
    known: str
    lacks: int | None


@dataclass(frozen=True, kw_only=True)
class SetStretch:
    """Days in a row that somebody set with one reason; without a unit for all who follow the calendar."""

    when: str
    first: date
    last: date
    mark: Mark
    hours: str
    reason: str
    unit: Follower | None
    set_by: str
    set_by_unit: str
    set_at: str
    withdrawn: str
    may_withdraw: bool


@dataclass(frozen=True, kw_only=True)
class CalendarYear:
    """One calendar, or that of one unit, in one year."""

    line: CalendarLine
    unit: Follower | None
    year: int
    months: Sequence[Month]
    legend: Sequence[Mark]
    public: Sequence[Stretch]
    set_days: Sequence[SetStretch]
    history: Sequence[Alteration]
    is_known: bool


def calendar_lines(*, at: datetime) -> list[CalendarLine]:
    """Return every calendar there is, the default one first. From memory."""
    known = calendars()
    found = {**known.by_code, known.default.code: known.default}
    return sorted((_line(one, at=at) for one in found.values()), key=lambda line: (not line.is_default, line.code))


def calendar_year(code: str, *, unit_code: str, year: int, by: User, at: datetime) -> CalendarYear:
    """
    Return a year of a calendar, as a unit that follows it has it if one is named. One query.

    :raises NoSuchCalendarError: if there is no such calendar, or no such unit follows it.
    """
    known, unit = calendars(), directory().by_code.get(unit_code)
    calendar = known.by_code.get(code) or (known.default if known.default.code == code else None)
    if unit_code:
        calendar = known.by_unit.get(unit.id) if unit else None
    if calendar is None or calendar.code != code:
        raise NoSuchCalendarError(_("There is no such calendar."))
    rows = set_days_of(year, calendar=code, units=known.followers(code))
    return CalendarYear(
        line=_line(calendar, at=at),
        unit=follower(unit) if unit else None,
        year=year,
        months=months(calendar, year, today=localdate(at)),
        legend=[mark for (kind, _works), mark in legend().items() if calendar.holidays or kind == DayKind.OWN],
        public=public_stretches(calendar.special_days_of(year)),
        set_days=_set_stretches(rows, by=by, today=localdate(at)),
        history=history_of(calendar, is_of_unit=unit is not None, at=at),
        is_known=calendar.is_known(year),
    )


def can_set_whole(code: str, *, by: User) -> bool:
    """Tell whether somebody may set days for all who follow a calendar: one that was loaded, not only presumed."""
    return code in calendars().by_code and can_set_days(by, None)


def units_to_set_for(code: str, *, by: User) -> list[Follower]:
    """Return the units that follow a calendar and whose days somebody may set, by code. From memory."""
    return [follower(unit) for unit in _followers(code) if can_set_days(by, unit)]


def _followers(code: str) -> list[UnitEntry]:
    followers = calendars().followers(code)
    return [unit for _code, unit in sorted(directory().by_code.items()) if unit.id in followers]


def _line(calendar: WorkCalendar, *, at: datetime) -> CalendarLine:
    last = year_to_know(localdate(at))
    missing = [year for year in range(localdate(at).year, last + 1) if not calendar.is_known(year)]
    return CalendarLine(
        code=calendar.code,
        name=calendar.named(get_language() or ""),
        is_default=calendar is calendars().default,
        week=week_lines(calendar.week),
        observes=observed_said(calendar.holidays),
        units=[follower(unit) for unit in _followers(calendar.code)],
        known=_known(calendar, last),
        lacks=missing[0] if missing else None,
    )


def _known(calendar: WorkCalendar, year: int) -> str:
    if calendar.holidays is None:
        return _("not needed")
    text = _("%(year)d known") if calendar.is_known(year) else _("%(year)d not known yet")
    return text % {"year": year}


def _set_stretches(rows: Sequence[SetDay], *, by: User, today: date) -> list[SetStretch]:
    in_turn = sorted(rows, key=lambda row: (str(row.unit_id or ""), row.set_at, row.day))
    runs = [
        [row for _place, row in group]
        for _key, group in groupby(enumerate(in_turn), lambda pair: in_a_row(pair[0], pair[1].day, _sameness(pair[1])))
    ]
    return [_stretch(run, by=by, today=today) for run in sorted(runs, key=lambda run: run[0].day)]


def _sameness(row: SetDay) -> tuple[object, ...]:
    return row.unit_id, row.is_working, row.spans, row.reason, row.set_by, row.set_at, row.withdrawn_at


def _stretch(run: Sequence[SetDay], *, by: User, today: date) -> SetStretch:
    first, last = run[0], run[-1]
    unit = directory().by_id.get(first.unit_id) if first.unit_id else None
    usual = _("the usual hours") if first.is_working else ""
    return SetStretch(
        when=said_days(first.day, last.day),
        first=first.day,
        last=last.day,
        mark=mark_of(DayKind.OWN, is_working=first.is_working),
        hours=spans_said(first.spans) if first.spans else usual,
        reason=first.reason,
        unit=follower(unit) if unit else None,
        set_by=first.set_by,
        set_by_unit=kept_unit_name(first.set_by_unit),
        set_at=in_full(localtime(first.set_at)),
        withdrawn=_withdrawn(first),
        may_withdraw=first.withdrawn_at is None and last.day >= today and can_set_days(by, unit),
    )


def _withdrawn(day: SetDay) -> str:
    """Say that a day was withdrawn, when and by whom, and whether it counted until then; nothing of one that holds."""
    if day.withdrawn_at is None:
        return ""
    words = {"moment": in_full(localtime(day.withdrawn_at)), "who": day.withdrawn_by}
    if day.never_counted:
        return _("Withdrawn on %(moment)s by %(who)s, before it began: it never counted") % words
    return _("Withdrawn on %(moment)s by %(who)s; until then it counted") % words
