"""What a calendar is in words: its week, which public holidays it observes, and what of it was changed."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.units.rules.public_holidays import PublicHolidays
from onegrid.units.rules.tables import Change, Superseded, Table
from onegrid.units.rules.week import Span, WorkingWeek

_WEEK = range(1, 8)


def week_lines(week: WorkingWeek) -> list[tuple[str, tuple[Span, ...]]]:
    """Return a weekly table: weekdays in a row with the same hours, and these; none on days of rest."""
    return [(_row(list(days)), spans) for spans, days in groupby(_WEEK, week.on)]


def week_said(week: WorkingWeek) -> str:
    """Return the working time of a week in one line: “Monday – Friday 08:30–12:00, 14:00–17:30”."""
    # Translators: between the days of a week and their hours
    return _("; ").join(f"{days} {spans_said(spans)}" for days, spans in week_lines(week) if spans)


def workdays_said(week: WorkingWeek) -> str:
    """Return the weekdays that are worked: “Monday – Friday”."""
    rows = ((is_worked, list(days)) for is_worked, days in groupby(_WEEK, lambda day: bool(week.on(day))))
    return _(", ").join(_row(days) for is_worked, days in rows if is_worked)


def spans_said(spans: Sequence[Span]) -> str:
    """Return the working time of a day: “08:30–12:00, 14:00–17:30”."""
    return _(", ").join(map(str, spans)) or _("not worked")


def observed_said(holidays: PublicHolidays | None) -> str:
    """Say which public holidays a calendar observes; none where it works through them."""
    if holidays is None:
        return _("Works through public holidays")
    if holidays.from_library:
        return _("China's public holidays and adjusted workdays, as published")
    return _("The public holidays that the district gives")


def change_said(change: Change) -> str:
    """Say what of a calendar is another from a moment on, and what it was: with hours, so that sums can be checked."""
    words = {**_words("was", change.was), **_words("now", change.now)}
    if change.what == Superseded.HOLIDAYS:
        return _("Public holidays were published or changed; they count from then on")
    if change.was.code != change.now.code:
        text = _("From then on the calendar is “%(now)s” (%(now_week)s); until then it was “%(was)s” (%(was_week)s)")
        return text % words
    if change.was.week != change.now.week:
        text = _("From then on “%(now)s” is worked %(now_week)s; until then it was %(was_week)s")
        also = _("public holidays: %(now_days)s; until then: %(was_days)s") if _observes_another(change) else ""
        return _("; ").join(filter(None, (text, also))) % words
    if change.what == Superseded.WEEK:
        return _("From then on for “%(now)s”: %(now_days)s; until then: %(was_days)s") % words
    return _("The unit came under another one: from then on the days that were set for that one count")


def _words(prefix: str, table: Table) -> dict[str, str]:
    return {
        prefix: table.named(get_language() or ""),
        f"{prefix}_week": week_said(table.week),
        f"{prefix}_days": observed_said(table.holidays),
    }


def _observes_another(change: Change) -> bool:
    return observed_said(change.was.holidays) != observed_said(change.now.holidays)


def _row(days: Sequence[int]) -> str:
    """Return weekdays in a row by the first and the last of them."""
    first, last = (str(WEEKDAYS[day - 1]) for day in (days[0], days[-1]))
    # Translators: from one weekday to another
    return first if len(days) == 1 else _("%(first)s – %(last)s") % {"first": first, "last": last}
