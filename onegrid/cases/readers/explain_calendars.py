"""The lines that tell what of an explained clock its calendar made: days not as usual, and changes of the calendar."""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.rules.clock_words import Line, LineKind
from onegrid.core.moments import in_full
from onegrid.units.public import DayKind, SpecialDay, WorkCalendar, change_said, kept_unit_name

_KINDS = {DayKind.HOLIDAY: LineKind.HOLIDAY, DayKind.ADJUSTED: LineKind.ADJUSTED, DayKind.OWN: LineKind.OWN}


def calendar_lines(calendar: WorkCalendar, *, start: datetime, end: datetime, is_public: bool) -> Iterator[Line]:
    """
    Tell holidays and exceptions between two moments, and what of the calendar was changed between them.

    The public is told the unit that decided, officers the person.
    """
    if end <= start:
        return
    yield from _days(calendar.special_days(start, end), is_public=is_public)
    for change in calendar.changes(start, end):
        who = kept_unit_name(change.changed_by_unit) if is_public else change.changed_by
        yield Line(kind=LineKind.CALENDAR, at=change.at, text=change_said(change), who=who)


def _days(days: tuple[SpecialDay, ...], *, is_public: bool) -> Iterator[Line]:
    """Tell days that are not as usual, those that follow each other under one name in one line."""
    runs = groupby(
        enumerate(days), key=lambda pair: (pair[1].day.toordinal() - pair[0], _told(pair[1], is_public=is_public))
    )
    for (_run, (text, who)), pairs in runs:
        found = [day for _place, day in pairs]
        first, last = found[0], found[-1]
        until = last.day if last.day != first.day else None
        yield Line(kind=_KINDS[first.kind], day=first.day, until=until, text=text, who=who)


def _told(day: SpecialDay, *, is_public: bool) -> tuple[str, str]:
    """Say what a day is, from when until when it was so if somebody set it, and who did."""
    text = _("%(day)s: worked, counted") if day.is_working else _("%(day)s: not worked, not counted")
    said, own = text % {"day": day.named(get_language() or "")}, day.own
    if own is None:
        return said, ""
    words = {"day": said, "moment": in_full(own.set_at)}
    if own.withdrawn_at is None:
        said = _("%(day)s; set on %(moment)s, counts from then") % words
        return said, kept_unit_name(own.set_by_unit) if is_public else own.set_by
    words |= {"end": in_full(own.withdrawn_at)}
    if is_public:
        said = _("%(day)s; set on %(moment)s, counts from then until it was withdrawn on %(end)s") % words
    else:
        words |= {"name": own.withdrawn_by}
        said = _("%(day)s; set on %(moment)s, counts from then until %(name)s withdrew it on %(end)s") % words
    return said, kept_unit_name(own.set_by_unit) if is_public else own.set_by
