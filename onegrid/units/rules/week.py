"""The working-time table of a week, read from what people write; what cannot be kept is refused with the reason."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from onegrid.core.errors import InvalidInputError

Weekly = Mapping[str, Sequence[Sequence[str]]]  # ISO weekday, "1" Monday to "7" Sunday → [["08:30", "12:00"], …]

DAY: Final = 24 * 60
_TIME: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")

OFFICE_HOURS: Final[Weekly] = {str(weekday): [["08:30", "12:00"], ["14:00", "17:30"]] for weekday in range(1, 6)}


class WrongCalendarError(InvalidInputError):
    """A calendar, or one day of it, cannot be kept as it was written; the text says why."""


class Span(NamedTuple):
    """Working time within one day, in minutes after midnight on the wall clock; the end is not part of it."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{written_time(self.start)}–{written_time(self.end)}"


@dataclass(frozen=True)
class WorkingWeek:
    """The spans of every weekday that is worked, by ISO weekday; at least one is."""

    spans: Mapping[int, tuple[Span, ...]]

    def on(self, weekday: int) -> tuple[Span, ...]:
        """Return the working time of a weekday, 1 for Monday; none if it is a day of rest."""
        return self.spans.get(weekday, ())

    @property
    def ordinary(self) -> tuple[Span, ...]:
        """The working time of an ordinary working day: that of the first in the week. Adjusted workdays follow it."""
        return self.spans[min(self.spans)]


def week_of(weekly: Weekly) -> WorkingWeek:
    """
    Return the week that a table describes.

    :raises WrongCalendarError: if a span is wrong, a weekday is none, or no working time is left.
    """
    week = {}
    for weekday, written in weekly.items():
        if weekday not in set("1234567"):
            text = _("“%(value)s” is no day of the week; 1 is Monday, 7 is Sunday.")
            raise WrongCalendarError(text % {"value": weekday})
        if spans := spans_of(written):
            week[int(weekday)] = spans
    if not week:
        raise WrongCalendarError(_("This calendar has no working time at all, so no time limit would ever end."))
    return WorkingWeek(week)


def spans_of(written: Iterable[Sequence[str]]) -> tuple[Span, ...]:
    """
    Return the working time of a day, in order.

    :raises WrongCalendarError: if a time cannot be read, a span ends before it begins, or two overlap.
    """
    spans = sorted(_span(start, end) for start, end in written)
    for earlier, later in pairwise(spans):
        if later.start < earlier.end:
            text = _("%(first)s and %(second)s overlap.")
            raise WrongCalendarError(text % {"first": earlier, "second": later})
    return tuple(spans)


def read_spans(text: str) -> list[list[str]]:
    """
    Return the spans that somebody has typed, such as `08:30-12:00, 14:00-17:30`, as they are kept; none of nothing.

    :raises WrongCalendarError: as `spans_of`, and if something else stands there.
    """
    spans = []
    for part in re.split(r"[,;，；、]", text) if text.strip() else ():
        start, dash, end = (half.strip() for half in re.sub(r"[–—~～至]", "-", part).partition("-"))
        if not dash:
            raise WrongCalendarError(_("Write working time such as 08:30-12:00, 14:00-17:30."))
        spans.append([start.replace("：", ":"), end.replace("：", ":")])
    return written_spans(spans_of(spans))


def written_time(minutes: int) -> str:
    """Return minutes after midnight as a time of day, such as `08:30`; the end of the day is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def written_spans(spans: Iterable[Span]) -> list[list[str]]:
    """Return spans as they are kept, such as `[["08:30", "12:00"]]`."""
    return [[written_time(span.start), written_time(span.end)] for span in spans]


def _span(start: str, end: str) -> Span:
    span = Span(_minutes(start), _minutes(end))
    if span.end <= span.start:
        text = _("%(span)s ends before it begins. Work past midnight is two spans: until 24:00, and from 00:00.")
        raise WrongCalendarError(text % {"span": span})
    return span


def _minutes(written: str) -> int:
    if not _TIME.fullmatch(written):
        raise WrongCalendarError(_("“%(value)s” is no time of day, such as 08:30.") % {"value": written})
    hours, minutes = written.split(":")
    return int(hours) * 60 + int(minutes)
