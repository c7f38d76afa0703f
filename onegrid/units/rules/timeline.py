"""
Working time laid out on the line of real time, so that reckoning with it takes two look-ups.

Moments and amounts are whole microseconds, moments since 1970 in UTC. Wall-clock
times become moments here: one that a clock change skips is the moment of the
change, one that it repeats is the first of the two.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from onegrid.units.rules.week import Span

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2150  # so that an absurd amount is refused instead of searched for
SECOND: Final = 1_000_000
MINUTE: Final = 60 * SECOND
SpansOn = Callable[[date], tuple[Span, ...]]
Stretches = Sequence[tuple[int, SpansOn]]  # from which moment on which working time holds; the first always did
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The spells of working time in some whole years, in order and apart from each other."""

    first: int  # the first year laid out
    last: int
    since: int  # the moment its first year begins
    until: int
    starts: list[int]  # of each spell
    before: list[int]  # the working time before each spell, and at last that of all

    def worked(self, moment: int) -> int:
        """Return the working time from the beginning of the line until a moment on it."""
        place = bisect_right(self.starts, moment) - 1
        if place < 0:
            return 0
        return min(self.before[place] + moment - self.starts[place], self.before[place + 1])

    def spells(self, since: int, until: int) -> list[tuple[int, int]]:
        """Return the spells of working time between two moments on the line."""
        first, last = max(bisect_right(self.starts, since) - 1, 0), bisect_left(self.starts, until)
        pairs = (
            (start, start + self.before[place + 1] - self.before[place])
            for place, start in enumerate(self.starts[first:last], first)
        )
        return [(max(start, since), min(end, until)) for start, end in pairs if end > since]

    def reached(self, worked: int) -> int:
        """Return the first moment at which so much has been worked: more than none, and no more than all."""
        place = bisect_left(self.before, worked, 1) - 1
        return self.starts[place] + worked - self.before[place]


class Line:
    """The working time of a table in one zone, laid out year by year as it is asked for."""

    def __init__(self, zone: ZoneInfo, stretches: Stretches) -> None:
        self._zone = zone
        self._stretches = stretches
        self._laid: Timeline | None = None

    def covering(self, since: int, until: int) -> Timeline:
        """
        Return a timeline on which both moments lie.

        :raises ValueError: if one lies outside the years from 1990 to 2150.
        """
        laid = self._laid
        if laid is not None and laid.since <= since and until < laid.until:
            return laid
        first, last = from_epoch(since).year, from_epoch(until).year
        if first < FIRST_YEAR or last > LAST_YEAR:
            text = f"calendars reckon from {FIRST_YEAR} to {LAST_YEAR}"
            raise ValueError(text)
        # A local year begins up to a day before or after that of UTC. What is laid out stays so.
        kept = [laid.first, laid.last] if laid else []
        return self._lay_out(min([first - 1, *kept]), max([last + 1, *kept]))

    def lengthened(self, laid: Timeline) -> Timeline:
        """
        Return a timeline twice as long.

        :raises ValueError: if it has come to its end, in 2150.
        """
        if laid.last >= LAST_YEAR:
            text = f"the amount is not used up by the end of {LAST_YEAR}"
            raise ValueError(text)
        return self._lay_out(laid.first, min(2 * laid.last - laid.first + 1, LAST_YEAR))

    def _lay_out(self, first: int, last: int) -> Timeline:
        self._laid = laid = lay_out(first, last, zone=self._zone, stretches=self._stretches)
        return laid


def lay_out(first: int, last: int, *, zone: ZoneInfo, stretches: Stretches) -> Timeline:
    """Lay out the working time of whole years, as the clocks on the wall there show it, each stretch by its own."""
    starts: list[int] = []
    ends: list[int] = []
    since, until = (moment_of(date(year, 1, 1), 0, zone) for year in (first, last + 1))
    for start, end in _spells(since, until, zone=zone, stretches=stretches):
        if start >= end:
            continue
        if ends and start == ends[-1]:
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
    before = [0]
    for start, end in zip(starts, ends, strict=True):
        before.append(before[-1] + end - start)
    return Timeline(first, last, since, until, starts, before)


def microseconds(span: timedelta) -> int:
    """Return a length of time in microseconds."""
    return (span.days * 86_400 + span.seconds) * SECOND + span.microseconds


def since_epoch(moment: datetime) -> int:
    """Return an aware moment in microseconds since 1970."""
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_epoch(moment: int) -> datetime:
    """Return the moment so many microseconds after 1970, in UTC."""
    return _EPOCH + timedelta(0, 0, moment)


def next_minute(moment: datetime) -> int:
    """Return the beginning of the first minute that lies wholly after a moment, or the moment if it begins one."""
    return -(-since_epoch(moment) // MINUTE) * MINUTE


def days_between(since: int, until: int, zone: ZoneInfo) -> Iterator[date]:
    """Return the days there that any time between two moments lies on."""
    first, last = (from_epoch(moment).astimezone(zone).date().toordinal() for moment in (since, until - 1))
    return map(date.fromordinal, range(first, last + 1))


def _spells(since: int, until: int, *, zone: ZoneInfo, stretches: Stretches) -> Iterator[tuple[int, int]]:
    edges = [since, *(moment for moment, _spans_on in stretches[1:]), until]
    for (one, other), (_moment, spans_on) in zip(pairwise(edges), stretches, strict=True):
        begin, end = max(one, since), min(other, until)
        for day in days_between(begin, end, zone) if begin < end else ():
            for span in spans_on(day):
                yield max(moment_of(day, span.start, zone), begin), min(moment_of(day, span.end, zone), end)


def moment_of(day: date, minutes: int, zone: ZoneInfo) -> int:
    """Return the moment at which the clocks there show so many minutes after midnight of a day."""
    wall = datetime.combine(day, time(), tzinfo=zone) + timedelta(minutes=minutes)
    before, after = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    assert before is not None and after is not None  # noqa: PT018  # a zone always knows
    moment = since_epoch(wall)
    return moment if before >= after else _change(moment - microseconds(after - before), moment, zone)


def _change(earliest: int, latest: int, zone: ZoneInfo) -> int:
    """Return the moment between two at which the clocks there are put forward."""
    old = from_epoch(earliest).astimezone(zone).utcoffset()

    def is_past(second: int) -> int:
        return int(from_epoch(second * SECOND).astimezone(zone).utcoffset() != old)

    seconds = range(earliest // SECOND, latest // SECOND + 1)
    return seconds[bisect_left(seconds, 1, key=is_past)] * SECOND
