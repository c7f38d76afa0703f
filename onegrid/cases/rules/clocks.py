"""
The clocks of a case: from its marks, the catalogue and the calendars to elapsed, remaining, due moment and colour.

Everything here is a pure function of what was written down; nothing is kept that
could not be reckoned again, and no answer depends on when it is asked.

Which time a clock counts:

- Acceptance, check, dispatch, dispute, verification and closing begin afresh every time the case comes to them.
- Filing runs while the case is accepted; a check on the spot pauses it, and after it the same clock goes on.
- Handling belongs to the unit that leads. Returning, reporting back and suspending stop it; the same unit
  again goes on with what it had used, another unit starts afresh. It runs on while the unit disputes that
  the case is its own, so that nobody gains time by disputing.
- The whole runs from the report to the end and is stopped by a suspension alone. Its limit is counted part by part,
  each in what its stages are counted in, so that it is kept where each of them was in time.
- A suspension ends at the moment that was said beforehand, whether or not anybody notes it.
- Reopening begins a new round in which every clock starts afresh.

Reference: GB/T 30428.8 for the stages; the pause and resume rules are those of running systems of the kind.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from onegrid.cases.rules.clock import YELLOW_FROM, Light
from onegrid.cases.rules.marks import Entered, Extended, Mark
from onegrid.cases.states import ENDED, STAGE_OF, Stage, Status
from onegrid.units.public import Counting

_GOES_ON = frozenset({Stage.FILE, Stage.HANDLE})
_OF_THE_WHOLE = frozenset(Stage) - {Stage.CHECK, Stage.DISPUTE}
_OF_THE_LEAD = frozenset({Stage.HANDLE, Stage.DISPUTE})
_NOTHING = timedelta()


class Reckoner(Protocol):
    """What a clock asks of a calendar."""

    def between(self, start: datetime, end: datetime, counting: Counting) -> timedelta:
        """Return how much of the time between two moments counts."""
        ...

    def after_each(self, start: datetime, amounts: Sequence[timedelta], counting: Counting) -> list[datetime]:
        """Return for each of some amounts the earliest moment by which so much has been counted."""
        ...

    def after_in_turn(self, start: datetime, parts: Iterable[tuple[Counting, timedelta]]) -> datetime:
        """Return the earliest moment by which one amount has been counted after the other, each in its own way."""
        ...


Calendars = Callable[[UUID | None], Reckoner]  # by unit; of none, the district's
_Stay = tuple[Entered, datetime | None]  # a status, and the moment at which it was left, which is none for the last


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """What the catalogue allows a case: hours by stage, and what those of handling are counted in."""

    limits: Mapping[str, float]
    counting: Counting = Counting.ALWAYS
    _lengths: dict[Stage | None, timedelta | None] = field(default_factory=dict, repr=False, compare=False)
    _spells: list["Part"] = field(default_factory=list, repr=False, compare=False)

    def counting_of(self, stage: Stage | None) -> Counting:
        """Return what a stage is counted in: handling, and mostly the whole, as the catalogue says; others in hours."""
        if stage is None or stage is Stage.HANDLE or self.counting is Counting.ALWAYS:
            return self.counting
        return Counting.WORKING_HOURS

    def limit_of(self, stage: Stage | None) -> timedelta | None:
        """Return how long a stage, or the whole, may take; checks and disputes are not part of the whole."""
        if stage not in self._lengths:
            parts = self.parts if stage is None else (stage,)
            hours = sum(self.limits.get(part.value, 0.0) for part in parts)
            self._lengths[stage] = timedelta(hours=hours) if hours else None
        return self._lengths[stage]

    @property
    def parts(self) -> list[Stage]:
        """The stages with a limit that the whole is the sum of, in order."""
        return [stage for stage in Stage if stage in _OF_THE_WHOLE and self.limits.get(stage.value)]

    def in_turn(self, extended: timedelta) -> list["Part"]:
        """Return what the whole is counted in, in turn, with what was given beyond the limit to handling."""
        if not self._spells:
            found: list[Part] = []
            for stage in self.parts:
                counting, limit = self.counting_of(stage), self.limit_of(stage) or _NOTHING
                if found and found[-1].counting == counting:
                    limit += found.pop().limit
                found.append(Part(counting, limit))
            self._spells[:] = found  # at once: terms are shared by threads
        if not extended:
            return self._spells
        main = max(range(len(self._spells)), key=lambda place: self._spells[place].counting == self.counting)
        return [
            part._replace(limit=part.limit + extended) if place == main else part
            for place, part in enumerate(self._spells)
        ]


class Part(NamedTuple):
    """How much of a limit is counted in what; where a limit has several, one after the other."""

    counting: Counting
    limit: timedelta


class Leg(NamedTuple):
    """Time in which one part of a limit is used, in a unit's calendar; `ran` is all of it, where it has an end."""

    start: datetime
    end: datetime | None
    unit: UUID | None
    counting: Counting
    ran: timedelta
    part: int


class Stretch(NamedTuple):
    """
    Time in which a clock ran, or runs still where it has no end; whose calendar counts it.

    It starts in the future where the clock is stopped until a moment that was said. The whole counts by no unit's.
    """

    start: datetime
    end: datetime | None
    unit: UUID | None


class Clock(NamedTuple):
    """
    One clock of a case; `stage` is empty for the whole.

    `limit` is what the catalogue allows with what was `extended`. It is counted in one thing or, where there are
    `parts`, in several one after the other; what is used beyond it counts as the last of them.
    """

    stage: Stage | None
    counting: Counting
    limit: timedelta | None
    extended: timedelta
    stretches: tuple[Stretch, ...]
    calendars: Calendars
    parts: Sequence[Part] = ()

    @property
    def in_turn(self) -> Sequence[Part]:
        """What its limit is counted in, in turn; only one part where it is counted in one thing."""
        return self.parts or (Part(self.counting, self.limit or _NOTHING),)

    @property
    def started_at(self) -> datetime | None:
        """When it first ran."""
        return self.stretches[0].start if self.stretches else None

    def is_running(self, at: datetime) -> bool:
        """Tell whether it runs at a moment."""
        return any(each.start <= at and (each.end is None or at < each.end) for each in self.stretches)

    @property
    def is_stopped(self) -> bool:
        """Tell whether it stands still until somebody does something."""
        return not self.stretches or self.stretches[-1].end is not None

    def elapsed(self, at: datetime) -> timedelta:
        """Return how much of its time is used at a moment."""
        return sum(self.spent(at), _NOTHING)

    def spent(self, at: datetime) -> list[timedelta]:
        """Return how much of each part of its limit is used at a moment; of the last, more than it has when late."""
        spent = dict.fromkeys(range(len(self.in_turn)), _NOTHING)
        for leg in self.legs():
            end = at if leg.end is None else min(leg.end, at)
            if end > leg.start:
                spent[leg.part] += self.calendars(leg.unit).between(leg.start, end, leg.counting)
        return list(spent.values())

    def legs(self) -> Iterator[Leg]:
        """Return its stretches, divided where one part of the limit is used up and the next begins."""
        parts = self.in_turn
        place, left = 0, parts[0].limit
        for start, end, unit in self.stretches:
            reckoner, begun = self.calendars(unit), start
            while place < len(parts) - 1:
                counting = parts[place].counting
                done = reckoner.after_each(begun, [left], counting)[0]
                if end is not None and done >= end:
                    break
                yield Leg(begun, done, unit, counting, left, place)
                begun, place = done, place + 1
                left = parts[place].limit
            counting = parts[place].counting
            ran = _NOTHING if end is None else reckoner.between(begun, end, counting)
            yield Leg(begun, end, unit, counting, ran, place)
            left -= ran

    def _plain_legs(self) -> list[tuple[datetime, datetime | None, UUID | None, Counting, timedelta]]:
        """Return the same for a limit of one part, which most are, in fewer steps."""
        counting, calendars = self.counting, self.calendars
        return [
            (start, end, unit, counting, _NOTHING if end is None else calendars(unit).between(start, end, counting))
            for start, end, unit in self.stretches
        ]

    def remaining(self, at: datetime) -> timedelta | None:
        """Return how much is left, below zero when late; nothing where there is no limit."""
        return None if self.limit is None else self.limit - self.elapsed(at)

    def share(self, at: datetime) -> float:
        """Return how much of the limit is used: 1 at the due moment; 0 where there is no limit."""
        return self.elapsed(at) / self.limit if self.limit else 0.0

    def moment_of(self, share: float) -> datetime | None:
        """Return when so much of the limit is used; nothing without a limit or while nobody knows."""
        return self.moments_of([share])[0]

    def moments_of(self, shares: Sequence[float]) -> list[datetime | None]:
        """Return when each of several shares of the limit is used; the shares in growing order."""
        if self.limit is None:
            return [None] * len(shares)
        wanted = [self.limit * share for share in shares]
        found: list[datetime | None] = []
        spent = timedelta()
        legs = [leg[:5] for leg in self.legs()] if self.parts else self._plain_legs()
        for start, end, unit, counting, ran in legs:
            reached = wanted[len(found) :] if found else wanted
            if end is not None:
                reached = [amount for amount in reached if amount <= spent + ran]
            if reached:
                left = [amount - spent for amount in reached] if spent else reached
                found += self.calendars(unit).after_each(start, left, counting)
                if len(found) == len(wanted):
                    return found
            spent += ran
        return found + [None] * (len(wanted) - len(found))

    @property
    def due_at(self) -> datetime | None:
        """The moment at which the limit is used up."""
        if not self.parts or len(self.stretches) != 1 or self.stretches[0].end is not None:
            return self.moment_of(1)
        ((start, _end, unit),) = self.stretches  # never stopped, as most are
        return self.calendars(unit).after_in_turn(start, self.parts)

    @property
    def was_due_at(self) -> datetime | None:
        """The same for one that has ended: when it would have been used up, had the clock not been stopped last."""
        *before, last = self.stretches
        return self._replace(stretches=(*before, last._replace(end=None))).due_at

    def light(self, at: datetime) -> Light:
        """Return its colour: green below 80 % of the limit, yellow to 100 %, red after."""
        if self.limit is None:
            return Light.NONE
        used, limit = self.elapsed(at), self.limit
        if used > limit:
            return Light.RED
        return Light.YELLOW if used >= YELLOW_FROM * limit else Light.GREEN


class Story:
    """The last round of a case as its marks tell it, from which each clock can be taken."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        """Marks are in the order in which they were made."""
        self._stays: list[_Stay] = []
        self._given: list[tuple[float, UUID | None]] = []  # hours beyond the limit, and who led when they were given
        leading, last = None, None
        for mark in marks:
            if isinstance(mark, Extended):
                self._given.append((mark.hours, leading))
                continue
            if mark.is_new_round:
                self._stays.clear()
                self._given.clear()
                leading = None
            elif last is not None and last.status not in ENDED:
                self._stays.append((last, mark.at))
            leading, last = mark.lead or leading, mark
        if last is not None and last.status not in ENDED:
            self._stays.append((last, None))

    @property
    def stage(self) -> Stage | None:
        """The stage in which the case stands; nothing when it is over."""
        return STAGE_OF[self._stays[-1][0].status] if self._stays and self._stays[-1][1] is None else None

    @property
    def stages(self) -> list[Stage]:
        """Every stage in which the case has been."""
        seen = {STAGE_OF[mark.status] for mark, _end in self._stays}
        return [stage for stage in Stage if stage in seen]

    def clock(self, stage: Stage | None, *, terms: Terms, calendars: Calendars, is_past: bool = False) -> Clock:
        """
        Return one clock; `stage` empty for the whole.

        Of a stage that `is_past`, what the case went through in no time is passed over: a return that opens a
        dispute leaves told how long the dispatch before it took.
        """
        own: Sequence[_Stay] = self._stays
        lead = None
        if stage == Stage.HANDLE:
            own = [stay for stay in own if stay[0].lead and STAGE_OF[stay[0].status] in _OF_THE_LEAD]
            lead = own[-1][0].lead if own else None
            own = [stay for stay in own if stay[0].lead == lead]
        elif stage is not None:
            own = _of_stage(own, stage) if stage in _GOES_ON else _last_visit(own, stage, is_past=is_past)
        extended = self._extended(stage, lead) if self._given else _NOTHING
        limit = terms.limit_of(stage)
        parts = terms.in_turn(extended) if stage is None and limit else ()
        counting = parts[0].counting if len(parts) == 1 else terms.counting_of(stage)
        whole_limit = None if limit is None else limit + extended
        run = tuple(_stretches(own, stage))
        return Clock(stage, counting, whole_limit, extended, run, calendars, parts if len(parts) > 1 else ())

    def _extended(self, stage: Stage | None, lead: UUID | None) -> timedelta:
        """Return what was given beyond the limit: to the unit that leads for handling, to any for the whole."""
        hours = sum(given for given, leading in self._given if stage is None or (lead and leading == lead))
        return timedelta(hours=hours)


def running_clock(marks: Sequence[Mark], *, terms: Terms, calendars: Calendars) -> Clock | None:
    """Return the clock of the stage in which a case stands; nothing when it is over."""
    story = Story(marks)
    return story.clock(story.stage, terms=terms, calendars=calendars) if story.stage else None


def clock_of(marks: Sequence[Mark], stage: Stage | None, *, terms: Terms, calendars: Calendars) -> Clock:
    """
    Return one clock of a case as it stands in its last round; `stage` empty for the whole.

    Marks are in the order in which they were made.
    """
    return Story(marks).clock(stage, terms=terms, calendars=calendars)


def every_clock(marks: Sequence[Mark], *, terms: Terms, calendars: Calendars) -> list[Clock]:
    """Return the clocks of all stages that a case has been in during its last round, and that of the whole, last."""
    story = Story(marks)
    return [story.clock(stage, terms=terms, calendars=calendars) for stage in (*story.stages, None)]


def district_calendar(calendars: Calendars) -> Calendars:
    """Return calendars that count everything as the district does, whoever holds it: for the promise of the whole."""
    district = calendars(None)
    return lambda _unit: district


def _of_stage(stays: Sequence[_Stay], stage: Stage) -> Sequence[_Stay]:
    return [stay for stay in stays if STAGE_OF[stay[0].status] is stage]


def _last_visit(stays: Sequence[_Stay], stage: Stage, *, is_past: bool) -> Sequence[_Stay]:
    """Return the stays of the last unbroken visit to a stage, in the past of the last that took any time."""
    end = len(stays)
    while end and (STAGE_OF[stays[end - 1][0].status] is not stage or (is_past and _took_no_time(stays[end - 1]))):
        end -= 1
    start = end
    while start and STAGE_OF[stays[start - 1][0].status] is stage:
        start -= 1
    return stays[start:end]


def _took_no_time(stay: _Stay) -> bool:
    mark, end = stay
    return end == mark.at


def _stretches(stays: Sequence[_Stay], stage: Stage | None) -> list[Stretch]:
    """Return the time in which a clock ran, in as few stretches as there were stops and changes of unit."""
    found: list[Stretch] = []
    begun: datetime | None = None
    until: datetime | None = None
    whose: UUID | None = None
    for mark, end in stays:
        start = mark.until if mark.status is Status.SUSPENDED and mark.until else mark.at
        if end is not None and end <= start:
            continue
        unit = None if stage is None else mark.lead if stage is Stage.HANDLE else mark.holder
        if begun is None or until != start or whose != unit:
            if begun is not None:
                found.append(Stretch(begun, until, whose))
            begun, whose = start, unit
        until = end
    if begun is not None:
        found.append(Stretch(begun, until, whose))
    return found
