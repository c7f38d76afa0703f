"""Moments and lengths of time as residents read them: full dates, plain words."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def in_full(moment: datetime | None) -> str:
    """Return a moment with its year, in the district's own time."""
    return f"{day_named(localtime(moment))} {localtime(moment):%H:%M}" if moment else ""


def day_named(day: date) -> str:
    """Return a day with its year."""
    # Translators: a full date, in the notation of Django's date filter
    return date_format(day, _("j F Y"))
