"""Moments as people at a desk say them: today and the hour, a day of this week, else the date."""

from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WEEK = timedelta(days=6)


def said(moment: datetime | None, *, now: datetime) -> str:
    """Return a moment in words; both are given in the district's own time."""
    if moment is None:
        return ""
    clock = moment.strftime("%H:%M")
    if moment.date() == now.date():
        return _("Today %(time)s") % {"time": clock}
    if moment.date() == now.date() + timedelta(days=1):
        return _("Tomorrow %(time)s") % {"time": clock}
    if moment.date() == now.date() - timedelta(days=1):
        return _("Yesterday %(time)s") % {"time": clock}
    if abs(moment.date() - now.date()) <= WEEK:
        return f"{_weekdays()[moment.weekday()]} {clock}"
    return dated(moment, now=now)


def dated(moment: datetime | None, *, now: datetime) -> str:
    """Return a moment by its date, as it is said where it is to be checked; the year where it is another."""
    if moment is None:
        return ""
    # Translators: a date without its year, in the notation of Django's date filter
    near = _("j M") if moment.year == now.year else _("j M Y")
    return f"{date_format(moment, near)} {moment.strftime('%H:%M')}"


def briefly(moment: datetime, *, now: datetime) -> str:
    """Return a moment for a narrow column: the hour of today, the day and hour of this week, else only the date."""
    clock = moment.strftime("%H:%M")
    if moment.date() == now.date():
        return clock
    if abs(moment.date() - now.date()) <= WEEK:
        return f"{_weekdays()[moment.weekday()]} {clock}"
    # Translators: a date with its year, as short as can be, in the notation of Django's date filter
    far = pgettext("narrow", "j M Y")
    return date_format(moment, _("j M") if moment.year == now.year else far)


def _weekdays() -> tuple[str, ...]:
    # Translators: days of the week, as short as they are said
    return _("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")


def in_full(moment: datetime | None) -> str:
    """Return a moment with its year, as paper and the public see it."""
    if moment is None:
        return ""
    # Translators: a full date, in the notation of Django's date filter
    return f"{date_format(moment, _('j F Y'))} {moment.strftime('%H:%M')}"
