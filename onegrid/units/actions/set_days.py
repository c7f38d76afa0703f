"""Set days otherwise than the calendar has them, or let them be as usual again. Who may is for the caller to ask."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from onegrid.core.facts import announce
from onegrid.core.snapshots import bump
from onegrid.oversight.public import Actor, record
from onegrid.units.actions.establish_calendars import CalendarChanged
from onegrid.units.models import Calendar, CalendarDay, Unit
from onegrid.units.readers.calendars import calendars
from onegrid.units.readers.directory import SNAPSHOT
from onegrid.units.rules.own_days import (
    DayNotSetError,
    DaysPlan,
    SpanOfDays,
    UnknownFollowerError,
    Whose,
    WrongDayError,
    why_not_kept,
    why_not_reachable,
    why_not_withdrawn,
)
from onegrid.units.rules.week import spans_of, written_spans

Setter = Calendar | Unit


@transaction.atomic
def set_days(*, whose: Whose, plan: DaysPlan, by: Actor, named: Actor, at: datetime) -> int:
    """
    Set days for a calendar or a unit, and return how many rows were written. Joins the caller's transaction.

    `named` is who sets them as people are to read it, `by` as the audit trail has it. Days that
    are set just so already stay, whoever set them. Announces CalendarChanged if any row is written.

    :raises UnknownFollowerError: if there is no such calendar or unit.
    :raises WrongDayError: if a day is set otherwise already, lies too far away, its spans or reason cannot be
        kept, or a calendar would have no working time left in a year.
    """
    setter = _locked(whose)
    _refuse(why_not_reachable(plan.days, today=localdate(at)) | why_not_kept(plan))
    spans = written_spans(spans_of(plan.spans))
    wanted = {"is_working": plan.is_working, "spans": spans, "reason": plan.reason.strip()}
    known = {row.day: row for row in _rows(setter, plan.days)}
    _refuse(_why_not_anew(known, wanted) or _why_not_all(setter, plan))
    new = [
        CalendarDay(**_of(setter), day=day, **wanted, set_by=named.name[:100], set_by_unit=named.unit[:100], set_at=at)
        for day in plan.days
        if day not in known
    ]
    if new:
        CalendarDay.objects.bulk_create(new)
        _tell("units.days-set", setter, plan.days, count=len(new), said=wanted, by=by, at=at)
    return len(new)


@transaction.atomic
def withdraw_days(*, whose: Whose, days: SpanOfDays, by: Actor, named: Actor, at: datetime) -> int:
    """
    Let days be as usual again that somebody set, and return how many. Joins the caller's transaction.

    Only of today and of those that lie ahead: with the others time was reckoned, and that stays. Today is as usual
    again from `at` on; what it counted until then stays. The rows stay too, with who withdrew them, also of days that
    never counted: due moments were said by them for a while. `named` and `by` are as for `set_days`.

    :raises UnknownFollowerError: if there is no such calendar or unit.
    :raises WrongDayError: if the days end before they begin, or all of them are over.
    :raises DayNotSetError: if none of them is set.
    """
    setter = _locked(whose)
    today = localdate(at)
    _refuse(why_not_withdrawn(days, today=today))
    rows = _rows(setter, SpanOfDays(first=max(days.first, today), last=days.last))
    if not rows:
        raise DayNotSetError(_("Nobody has set a day there."))
    said = {"reasons": sorted({row.reason for row in rows}), "days": [str(row.day) for row in rows]}
    found = CalendarDay.objects.filter(pk__in=[row.pk for row in rows])
    found.update(withdrawn_at=at, withdrawn_by=named.name[:100], withdrawn_by_unit=named.unit[:100])
    _tell("units.days-withdrawn", setter, days, count=len(rows), said=said, by=by, at=at)
    return len(rows)


def _locked(whose: Whose) -> Setter:
    """Return the calendar or unit, so that two who set days for it do it one after the other."""
    if whose.unit:
        unit = Unit.objects.standing().filter(code=whose.unit).select_for_update(of=("self",)).first()
        if unit is None:
            raise UnknownFollowerError(_("There is no such unit."))
        return unit
    calendar = Calendar.objects.standing().filter(code=whose.calendar).select_for_update(of=("self",)).first()
    if calendar is None:
        raise UnknownFollowerError(_("There is no such calendar."))
    return calendar


def _of(setter: Setter) -> dict[str, Setter]:
    return {"calendar" if isinstance(setter, Calendar) else "unit": setter}


def _rows(setter: Setter, days: SpanOfDays) -> list[CalendarDay]:
    """Return the days that are set and were not withdrawn."""
    standing = CalendarDay.objects.filter(**_of(setter), withdrawn_at__isnull=True)
    return list(standing.filter(day__range=(days.first, days.last)))


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise WrongDayError(faults)


def _why_not_anew(known: Mapping[date, CalendarDay], wanted: Mapping[str, object]) -> dict[str, str]:
    for day, row in known.items():
        if any(getattr(row, name) != value for name, value in wanted.items()):
            text = _("%(day)s is set already: “%(reason)s”, by %(name)s. Withdraw that first.")
            return {"day": text % {"day": day, "reason": row.reason, "name": row.set_by}}
    return {}


def _why_not_all(setter: Setter, plan: DaysPlan) -> dict[str, str]:
    """Return why days cannot all be days of rest: some of the year must be left to work in."""
    known, days = calendars(), plan.days
    followed = known.by_code.get(setter.code) if isinstance(setter, Calendar) else known.by_unit.get(setter.pk)
    calendar = followed or known.default  # one that was established a second ago may not be known here
    for year in {days.first.year, days.last.year} if not plan.is_working else ():
        if not calendar.would_work(year, without=set(days)):
            text = _("No working time would be left in %(year)d, so no time limit would end in it.")
            return {"until": text % {"year": year}}
    return {}


def _tell(
    code: str, setter: Setter, days: SpanOfDays, *, count: int, said: Mapping[str, object], by: Actor, at: datetime
) -> None:
    bump(SNAPSHOT)
    whole = isinstance(setter, Calendar)
    target = f"units.{'Calendar' if whole else 'Unit'}:{setter.pk}"
    data = {"of": setter.code, "first": str(days.first), "last": str(days.last), "written": count, **said}
    record(code, target=target, by=by, at=at, data=data)
    fact = CalendarChanged(
        calendars=frozenset({setter.code} if whole else ()),
        units=frozenset() if whole else calendars().heeding({setter.pk}),
        from_day=days.first,
        to_day=days.last,
        at=at,
    )
    announce(fact)
