"""The moments of a case's clocks that lists sort and choose by: reckoned here, kept on the row, never decided there."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from onegrid.cases.rules.clock import YELLOW_FROM
from onegrid.cases.rules.clocks import Calendars, Clock, Reckoner, Story, Terms, district_calendar
from onegrid.cases.rules.marks import Mark
from onegrid.cases.states import Stage
from onegrid.catalogue.public import USUAL, CategoryEntry, TimeUnit
from onegrid.units.public import Counting

WARNINGS = (50, 80, 100, 150)  # percent of a limit at which somebody is told
_PERCENT = 100
_FOLLOWING = {told: next((share for share in WARNINGS if share > told), None) for told in (0, *WARNINGS)}
_ASKED = {
    following: tuple(sorted({YELLOW_FROM, 1.0, (following or _PERCENT) / _PERCENT})) for following in (*WARNINGS, None)
}
_PLACES = {  # among those asked for: the shares, and where the yellow one, the whole and the one to tell stand
    following: (shares, shares.index(YELLOW_FROM), shares.index(1.0), shares.index((following or _PERCENT) / _PERCENT))
    for following, shares in _ASKED.items()
}

_COUNTING: Mapping[TimeUnit, Counting] = {
    TimeUnit.URGENT: Counting.ALWAYS,
    TimeUnit.NATURAL_DAYS: Counting.ALWAYS,
    TimeUnit.WORKING_HOURS: Counting.WORKING_HOURS,
    TimeUnit.WORKING_DAYS: Counting.WORKING_DAYS,
}
# A case whose category is not known yet is still answered in time.
BEFORE_CATEGORY: Mapping[str, float] = {Stage.ACCEPT.value: 2, Stage.CHECK.value: 24, Stage.FILE.value: 4}


class Moments(NamedTuple):
    """When the running stage turns yellow and is due, when the whole is, and when somebody must next be told."""

    stage_yellow_at: datetime | None
    stage_due_at: datetime | None
    due_at: datetime | None
    warn_at: datetime | None
    warned: int


def terms_of(category: CategoryEntry | None) -> Terms:
    """Return what the catalogue allows a case of a category, or one that has none yet."""
    if category is None:
        return Terms(limits={**BEFORE_CATEGORY, Stage.DISPUTE.value: USUAL.dispute_hours})
    limits = {**category.limits, Stage.DISPUTE.value: category.procedure.dispute_hours}
    return Terms(limits=limits, counting=_COUNTING[category.time_unit])


def moments(
    marks: Sequence[Mark], *, terms: Terms, calendars: Calendars, warned: int, goes_on_at: datetime | None = None
) -> Moments:
    """
    Return the moments of a case that is open; `warned` is the share, in percent, of which somebody was told.

    `goes_on_at` is given where another clock than before goes on then: of what that one has passed nobody is told.
    """
    story = Story(marks)
    due = story.clock(None, terms=terms, calendars=district_calendar(calendars)).due_at
    standing = story.stage
    stage = story.clock(standing, terms=terms, calendars=calendars) if standing else None
    if goes_on_at is not None:
        warned = _warned_before(stage, at=goes_on_at)
    if stage is None or stage.limit is None:
        return Moments(stage_yellow_at=None, stage_due_at=None, due_at=due, warn_at=None, warned=warned)
    following = _FOLLOWING[warned]
    shares, yellow, whole, told = _PLACES[following]
    found = stage.moments_of(shares)
    return Moments(found[yellow], found[whole], due, found[told] if following else None, warned)


def due_beside(begun_at: datetime, allowed: timedelta, counting: Counting, *, calendar: Reckoner) -> datetime:
    """Return until when something is due that has a clock of its own, never stopped: a task, or an order."""
    return calendar.after_each(begun_at, [allowed], counting)[0]


def passed_since(clock: Clock, warned: int, *, at: datetime) -> list[tuple[int, datetime]]:
    """Return the shares, in percent, that a clock has passed beyond the one told last, each with its moment."""
    moments_ = [(share, clock.moment_of(share / _PERCENT)) for share in WARNINGS if share > warned]
    return [(share, moment) for share, moment in moments_ if moment is not None and moment <= at]


def _warned_before(clock: Clock | None, *, at: datetime) -> int:
    """Return the greatest share, in percent, that a clock has passed when it goes on: it is not told again."""
    if clock is None or not clock.limit or clock.limit <= timedelta():
        return 0
    if clock.started_at is None or clock.started_at >= at:
        return 0  # most begin only now
    used = clock.share(at) * _PERCENT
    passed = [share for share in WARNINGS if used >= share]
    return passed[-1] if passed else 0
