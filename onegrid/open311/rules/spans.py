"""From when to when somebody asks: moments as the W3C writes them, and the 90 days of GeoReport."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError

LONGEST = timedelta(days=90)
_SECOND = timedelta(seconds=1)
_YEARS = range(1970, 2200)  # what has been kept, and some more


class UnreadableMomentError(InvalidInputError):
    """What was sent is no moment as GeoReport writes it."""

    def __init__(self, name: str) -> None:
        message = _("Write the moment with its time zone, such as 2026-11-24T09:00:00+08:00 or 2026-11-24T01:00:00Z.")
        super().__init__(message, fields={name: message})


class TooLongSpanError(InvalidInputError):
    """The two moments lie the wrong way round, or further apart than GeoReport allows."""

    def __init__(self) -> None:
        message = _("end_date must come after start_date, by at most %(days)d days.") % {"days": LONGEST.days}
        super().__init__(message, fields={"end_date": message})


@dataclass(frozen=True, slots=True)
class Span:
    """From a moment on, and before another one; where there is none, without end."""

    since: datetime | None = None
    before: datetime | None = None


ALWAYS = Span()


def moment(text: str, *, name: str, zone: tzinfo) -> datetime | None:
    """
    Return the moment that a parameter names, in UTC; a day alone begins at its midnight in `zone`. Empty is none.

    A plus sign that was sent as a blank, as happens in addresses written by hand, is read as one.

    :raises UnreadableMomentError: if it is none, or has no time zone.
    """
    if not text:
        return None
    try:
        read = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as fault:
        raise UnreadableMomentError(name) from fault
    if read.tzinfo is None and len(text) == len("2026-11-24"):
        read = read.replace(tzinfo=zone)
    if read.tzinfo is None or read.year not in _YEARS:
        raise UnreadableMomentError(name)
    return read.astimezone(UTC)


def requested_in(start: datetime | None, end: datetime | None, *, now: datetime) -> Span:
    """
    Return the span that `start_date` and `end_date` ask for: 90 days from or up to the one that is given, or up to now.

    Both ends belong to it. As moments are published in whole seconds, the last one does with all its parts.

    :raises TooLongSpanError: if it has more than 90 days, or ends before it begins.
    """
    if start is None:
        return Span((end or now) - LONGEST, end + _SECOND if end else None)
    if end is None:
        return Span(start, start + LONGEST + _SECOND)
    if not start <= end <= start + LONGEST:
        raise TooLongSpanError
    return Span(start, end + _SECOND)
