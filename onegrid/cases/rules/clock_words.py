"""The parts of an explained deadline, and how its lengths are said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from onegrid.cases.states import Stage
from onegrid.core.durations import exactly
from onegrid.units.public import Counting, Table, week_said, workdays_said

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class LineKind(StrEnum):
    """What a line of an explanation tells."""

    BEGAN = "began"
    WENT_ON = "went_on"
    COUNTED = "counted"
    STOPPED = "stopped"
    HOLIDAY = "holiday"  # a public holiday, not counted
    ADJUSTED = "adjusted"  # a day off by its weekday that is worked (调休)
    OWN = "own"  # a day that somebody set for this calendar
    EXTENDED = "extended"
    CHANGED = "changed"  # another category, and so another limit
    RAN_ON = "ran_on"  # it was returned or disputed, and the clock ran on
    CALENDAR = "calendar"  # the calendar itself is another from here on: its week, its holidays, or which it is
    UNPUBLISHED = "unpublished"  # the public holidays of a year are not known yet
    DUE = "due"
    NOW = "now"
    ENDED = "ended"  # how it stood when it was over


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """
    One line of an explanation.

    `at` is a moment, or `day` a day with `until` as its last where several follow each other; `amount` the
    time that was counted, given or is left, and `said` that in words; a sum `is_late` past its due moment; `who`
    decided it, as far as the reader may know; `reason` in their own words; `calendar` the code of the one that counted.
    """

    kind: LineKind
    text: str
    at: datetime | None = None
    day: date | None = None
    until: date | None = None
    amount: timedelta | None = None
    said: str = ""
    is_late: bool = False
    who: str = ""
    reason: str = ""
    calendar: str = ""


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """
    How a due moment came about, so that anybody can check the sum.

    `used` and `limit` are in the time that counts, in whole minutes, and said in words; `stage` is nothing for the
    whole; `due_at` is nothing while the clock stands still and nobody knows until when. One that `is_over` is told as
    it ended.
    """

    heading: str
    basis: str
    lines: Sequence[Line]
    limit: timedelta
    used: timedelta
    limit_said: str
    used_said: str
    due_at: datetime | None
    counting: Counting
    is_stopped: bool
    stage: Stage | None = None
    is_over: bool = False

    @property
    def percent(self) -> int:
        """How much of the limit is used, in percent."""
        return percent_of(self.used, self.limit)


def percent_of(used: timedelta, limit: timedelta) -> int:
    """Return how much of a limit is used, in percent of the whole minutes that are shown, so that it can be checked."""
    return round(100 * (used / limit)) if limit else 0


def length(amount: timedelta, counting: Counting) -> str:
    """Say a length of counted time: “5 working days 3 h”, “3 working hours 20 min”, “2 d 4 h”."""
    if counting is Counting.ALWAYS:
        return exactly(amount)
    if counting is Counting.WORKING_DAYS:
        days, rest = divmod(amount, _DAY)
        if not days and rest >= _MINUTE:
            return _("%(length)s of a working day") % {"length": exactly(rest)}
        said = ngettext("%(count)d working day", "%(count)d working days", days) % {"count": days}
    else:
        hours, rest = divmod(amount, _HOUR)
        if not hours and rest >= _MINUTE:
            return _("%(length)s of working time") % {"length": exactly(rest)}
        said = ngettext("%(count)d working hour", "%(count)d working hours", hours) % {"count": hours}
    return f"{said} {exactly(rest)}" if rest >= _MINUTE else said


def lengths(parts: Iterable[tuple[Counting, timedelta]]) -> str:
    """Say what several amounts come to, days before hours: “5 working days + 10 working hours”."""
    sums: dict[Counting, timedelta] = {}
    for counting, amount in parts:
        sums[counting] = sums.get(counting, timedelta()) + amount
    told = [length(sums[counting], counting) for counting in reversed(Counting) if sums.get(counting)]
    return " + ".join(told) or length(timedelta(), next(iter(sums)))


def what_counts(counting: Counting, table: Table) -> str:
    """Say what of the time that passes counts: by which calendar, and in which hours or on which days of its week."""
    texts = {
        Counting.ALWAYS: _("Counted without a break: nights, weekends and holidays too"),
        Counting.WORKING_HOURS: _("Counted in the working time of “%(calendar)s”: %(hours)s"),
        Counting.WORKING_DAYS: _("Counted on the working days of “%(calendar)s”, all 24 hours of each: %(days)s"),
    }
    words = {
        "calendar": table.named(get_language() or ""),
        "hours": week_said(table.week),
        "days": workdays_said(table.week),
    }
    return texts[counting] % words
