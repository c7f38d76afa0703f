"""Which entry of the timeline tells of which mark: by what happened, for two things may happen at one moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from onegrid.cases.models import REPORTERS_OWN, Channel, EntryKind, TimelineEntry, Visibility
from onegrid.cases.rules.clocks import Clock, Stretch
from onegrid.cases.rules.marks import Entered, Mark
from onegrid.cases.states import ENDED, STAGE_OF, TRANSITIONS, Move, Stage, Status
from onegrid.units.public import kept_unit_name

_OF_THE_LEAD = frozenset({Stage.HANDLE, Stage.DISPUTE})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that was noted of a case, with the entry that tells of it where the reader may see one."""

    mark: Mark
    entry: TimelineEntry | None

    @property
    def is_by_itself(self) -> bool:
        """Tell whether no person decided it."""
        entry = self.entry
        if entry is None or entry.kind != EntryKind.MOVE or Channel(entry.channel) in REPORTERS_OWN:
            return False
        return not entry.by_name or (entry.move == Move.DISPUTE and "returns" in entry.data)

    def who(self, *, is_public: bool) -> str:
        """Return who decided it: the unit, and for officers the person."""
        if self.entry is None:
            return ""
        if self.is_by_itself:
            return _("by itself")
        return kept_unit_name(self.entry.unit_name) if is_public else who_wrote(self.entry)

    def reason(self, *, is_public: bool) -> str:
        """Return what was said about it, unless it was said among colleagues and is told to the public."""
        if self.entry is None or self.is_by_itself or (is_public and self.entry.visibility != Visibility.PUBLIC):
            return ""
        return self.entry.text


def who_wrote(entry: TimelineEntry) -> str:
    """Return who wrote an entry, and for which unit, as officers read it."""
    return " · ".join(filter(None, (entry.by_name, kept_unit_name(entry.unit_name))))


def events(marks: Sequence[Mark], timeline: Sequence[TimelineEntry]) -> list[Event]:
    """Return what was noted of a case, in order, each with its own entry; the timeline may be in any order."""
    waiting: dict[tuple[datetime, Status | None], list[TimelineEntry]] = defaultdict(list)
    for entry in sorted(timeline, key=lambda entry: (entry.received_at, entry.pk), reverse=True):
        if entry.kind in {EntryKind.REPORT, EntryKind.MOVE, EntryKind.EXTENSION}:
            waiting[entry.happened_at, _leads_to(entry)].append(entry)
    found = []
    for mark in marks:
        entries = waiting[mark.at, mark.status if isinstance(mark, Entered) else None]
        found.append(Event(mark=mark, entry=entries.pop() if entries else None))
    return found


def _leads_to(entry: TimelineEntry) -> Status | None:
    """Return the status that an entry brought the case to; nothing for more time."""
    if entry.kind == EntryKind.REPORT:
        return Status.REPORTED
    return TRANSITIONS[Move(entry.move)].target if entry.move else None


def beginning(clock: Clock, stretch: Stretch, found: Sequence[Event]) -> Event | None:
    """Return what set a clock going."""
    return next((each for each in found if _starts_at(each.mark) == stretch.start and _holds(clock, each.mark)), None)


def ending(clock: Clock, stretch: Stretch, found: Sequence[Event]) -> Event | None:
    """Return what stopped a clock: the first thing at that moment in which it does not run."""
    at_end = [each for each in found if each.mark.at == stretch.end and isinstance(each.mark, Entered)]
    stopping = (each for each in at_end if is_pause(each.mark) or not _holds(clock, each.mark))
    return next(stopping, at_end[0] if at_end else None)


def within(clock: Clock, stretch: Stretch, found: Sequence[Event]) -> list[Event]:
    """Return returns and disputes through which a handling clock ran on, so that nobody gains time by them."""
    if clock.stage is not Stage.HANDLE:
        return []
    return [
        each
        for each in found
        if isinstance(each.mark, Entered)
        and each.mark.status in {Status.FILED, Status.DISPUTED}
        and stretch.start < each.mark.at
        and (stretch.end is None or each.mark.at < stretch.end)
    ]


def is_pause(mark: Mark) -> bool:
    """Tell whether a case came to stand still until a moment that was said."""
    return isinstance(mark, Entered) and mark.status is Status.SUSPENDED


def _holds(clock: Clock, mark: Mark) -> bool:
    """Tell whether what a case came to is under a clock, whether it runs there or pauses."""
    if not isinstance(mark, Entered) or mark.status in ENDED:
        return False
    if clock.stage is Stage.HANDLE:
        return STAGE_OF[mark.status] in _OF_THE_LEAD and mark.lead == clock.stretches[-1].unit
    return clock.stage is None or STAGE_OF[mark.status] is clock.stage


def _starts_at(mark: Mark) -> datetime:
    """Return from when on a clock runs in what a case came to."""
    return mark.until if isinstance(mark, Entered) and is_pause(mark) and mark.until else mark.at
