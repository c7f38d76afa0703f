"""Moments and lengths of time as residents read them: full dates, plain words."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

DAY = 24  # hours


def in_full(moment: datetime | None) -> str:
    """Return a moment with its year, in the district's own time."""
    return f"{day_named(localtime(moment))} {localtime(moment):%H:%M}" if moment else ""


def day_named(day: date) -> str:
    """Return a day with its year."""
    # Translators: a full date, in the notation of Django's date filter
    return date_format(day, _("j F Y"))


def spelled_hours(hours: float) -> str:
    """Return a limit of the catalogue in words: whole days where it is some, else hours."""
    if hours >= 2 * DAY and hours % DAY == 0:
        days = int(hours // DAY)
        return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
    count = int(hours) if hours == int(hours) else round(hours, 1)
    return ngettext("%(count)s hour", "%(count)s hours", int(hours)) % {"count": count}
