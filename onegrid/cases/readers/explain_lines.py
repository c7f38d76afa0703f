"""The lines of an explained clock: each start, stop, day off, day worked and hour given, in order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from onegrid.cases.models import EntryKind
from onegrid.cases.readers.explain_calendars import calendar_lines
from onegrid.cases.readers.explain_events import Event, beginning, ending, is_pause, within
from onegrid.cases.rules.clock_sums import Sum, calendar_in, sum_of
from onegrid.cases.rules.clock_words import Line, LineKind, length, what_counts
from onegrid.cases.rules.clocks import Clock, Stretch
from onegrid.cases.rules.marks import Entered, Extended
from onegrid.cases.states import Move, Status
from onegrid.core.moments import in_full
from onegrid.units.public import Counting, kept_unit_name


@dataclass(frozen=True, kw_only=True)
class Account:
    """
    What is needed to tell one clock: the clock, when it is told, what happened, and to whom it is told.

    One that `is_over` is told as it ended; `kept` is the due moment that was written down then.
    """

    clock: Clock
    at: datetime
    events: Sequence[Event]
    is_public: bool
    is_over: bool
    kept: datetime | None = None

    @cached_property
    def sum(self) -> Sum:
        """What was counted until it is told."""
        return sum_of(self.clock, self.at)

    @property
    def reckoned(self) -> datetime | None:
        """The due moment as the marks and calendars give it."""
        return self.clock.was_due_at if self.is_over else self.clock.due_at

    def line(
        self, kind: LineKind, text: str, event: Event | None, *, at: datetime, amount: timedelta | None = None
    ) -> Line:
        """Return a line about something that happened, with who decided it and why."""
        who = event.who(is_public=self.is_public) if event else ""
        reason = event.reason(is_public=self.is_public) if event else ""
        return Line(kind=kind, text=text, at=at, amount=amount, who=who, reason=reason)


def lines(told: Account, also: Iterable[Line] = ()) -> list[Line]:
    """Return every line of a clock and some more, by moment, with the sum at the end."""
    found = [*_stretch_lines(told), *_extension_lines(told), *also]
    found.sort(key=lambda line: _moment_of(line, told))
    return [*found, *_unpublished(told), *_sum_lines(told)]


def _stretch_lines(told: Account) -> Iterator[Line]:
    """Tell each stretch in which the clock ran: how it began, what of it counted, and what stopped it."""
    for place, stretch in enumerate(told.clock.stretches):
        yield _began(told, stretch, is_first=place == 0)
        yield from _counted(told, stretch)
        for event in within(told.clock, stretch, told.events):
            text = _("The clock runs on: “%(move)s”") % {"move": _move(event)}
            yield told.line(LineKind.RAN_ON, text, event, at=event.mark.at)
        if stretch.end is not None:
            stop = ending(told.clock, stretch, told.events)
            text = _("The clock stops: “%(move)s”") % {"move": _move(stop)} if stop else _("The clock stops")
            yield told.line(LineKind.STOPPED, text, stop, at=stretch.end)


def _began(told: Account, stretch: Stretch, *, is_first: bool) -> Line:
    event = beginning(told.clock, stretch, told.events)
    if event and is_pause(event.mark):
        text = _("The clock goes on by itself: the suspension is over")
        return Line(kind=LineKind.WENT_ON, at=stretch.start, text=text)
    text = _("The clock begins: %(what)s") if is_first else _("The clock goes on: %(what)s")
    kind = LineKind.BEGAN if is_first else LineKind.WENT_ON
    line = told.line(kind, text % {"what": _what(event, told.clock)}, event, at=stretch.start)
    return line if event and event.entry and event.entry.move else _without_reason(line)


def _without_reason(line: Line) -> Line:
    """Return a line without the words of a report: they are the matter itself and no reason."""
    return Line(kind=line.kind, at=line.at, text=line.text, who=line.who)


def _what(event: Event | None, clock: Clock) -> str:
    """Say in a few words what set the clock going."""
    entry = event.entry if event else None
    if entry is None or not entry.move:
        is_report = event and isinstance(event.mark, Entered) and event.mark.status is Status.REPORTED
        return _("reported") if is_report else _stands(event, clock)
    if entry.move == Move.DISPATCH and (name := entry.data.get("lead_name")):
        return _("dispatched to %(unit)s") % {
            "unit": kept_unit_name(str(name), str(entry.data.get("lead_name_en", "")))
        }
    return f"“{Move(entry.move).label}”"


def _stands(event: Event | None, clock: Clock) -> str:
    """Say what a clock runs for where nothing may be said of how it began."""
    if clock.stage:
        return str(clock.stage.label)
    return str(event.mark.status.label) if event and isinstance(event.mark, Entered) else _("reported")


def _move(event: Event) -> str:
    """Say what was done, or what came of it where that is all there is."""
    if event.entry and event.entry.move:
        return str(Move(event.entry.move).label)
    return str(event.mark.status.label) if isinstance(event.mark, Entered) else ""


def _counted(told: Account, stretch: Stretch) -> Iterator[Line]:
    """Tell how much of a stretch counts, and the days in it that are not as their weekday would have it."""
    clock, calendar = told.clock, calendar_in(told.clock, stretch.unit)
    if clock.counting is not Counting.ALWAYS:
        until = stretch.end or max(filter(None, (clock.due_at, told.at, stretch.start)))
        yield from calendar_lines(calendar, start=stretch.start, end=until, is_public=told.is_public)
    for leg, start, end, amount in told.sum.counted:
        if stretch.start <= leg.start and (stretch.end is None or leg.start < stretch.end):
            table = calendar.in_force(start)
            code = "" if leg.counting is Counting.ALWAYS else table.code
            is_last = end == told.at and leg.end is None
            yield Line(
                kind=LineKind.COUNTED, text=what_counts(leg.counting, table), at=None if is_last else end,
                amount=amount, said=length(amount, leg.counting), calendar=code,
            )  # fmt: skip


def _extension_lines(told: Account) -> Iterator[Line]:
    clock, lead = told.clock, None
    for event in told.events:
        mark = event.mark
        if isinstance(mark, Entered):
            lead = mark.lead or lead
        elif clock.extended and (clock.stage is None or lead == clock.stretches[-1].unit):
            text, amount = _granted(event, mark, clock.counting), timedelta(hours=mark.hours)
            line = told.line(LineKind.EXTENDED, text, event, at=mark.at, amount=amount)
            yield replace(line, said=length(amount, clock.counting))


def _granted(event: Event, mark: Extended, counting: Counting) -> str:
    """
    Say that more time was granted; where the limit was over by then, also when it had been asked for.

    Where another category counts otherwise since, it is said what was granted.
    """
    data = event.entry.data if event.entry and event.entry.kind == EntryKind.EXTENSION else {}
    then = Counting(data.get("counting", counting))
    if then is not counting:
        words = {"length": length(timedelta(hours=mark.hours), then)}
        return _("Extension granted as %(length)s; the category that holds now counts these hours otherwise") % words
    if not data.get("after_limit") or not data.get("asked_at"):
        return _("Extension granted")
    asked = {
        "asked": in_full(datetime.fromisoformat(data["asked_at"])),
        "granted": in_full(mark.at),
    }
    return _("Extension: asked for in time on %(asked)s, granted after the limit on %(granted)s") % asked


def _unpublished(told: Account) -> Iterator[Line]:
    """Tell of years up to the due moment whose public holidays nobody knows yet."""
    clock = told.clock
    if clock.counting is Counting.ALWAYS or told.reckoned is None:
        return
    calendar = calendar_in(clock, clock.stretches[-1].unit)
    first, last = (moment.astimezone(calendar.zone).year for moment in (clock.stretches[-1].start, told.reckoned))
    text = _("The public holidays of %(year)d are not published yet; when they are, this due moment may move.")
    for year in range(first, last + 1):
        if not calendar.is_known(year):
            yield Line(kind=LineKind.UNPUBLISHED, text=text % {"year": year})


def _sum_lines(told: Account) -> Iterator[Line]:
    clock, limit, due = told.clock, told.sum.limit, told.reckoned
    name = clock.stage.label if clock.stage else _("the whole")
    text = _("Limit of %(stage)s") % {"stage": name}
    if due is None:
        text = _("Limit of %(stage)s; the clock stands still until somebody acts") % {"stage": name}
    yield Line(kind=LineKind.DUE, at=due, text=text, amount=limit, said=told.sum.limit_said)
    if told.kept and due and abs(told.kept - due) >= timedelta(minutes=1):
        text = _("So it stood when it ended, and so it stays: calendar or category changed later")
        yield Line(kind=LineKind.DUE, at=told.kept, text=text)
    text = _("Ended: %(percent)d%% used") if told.is_over else _("%(percent)d%% used")
    kind = LineKind.ENDED if told.is_over else LineKind.NOW
    yield Line(
        kind=kind, at=told.at, text=text % {"percent": told.sum.percent}, amount=limit - told.sum.used,
        said=told.sum.left_said, is_late=due is not None and told.at > due,
    )  # fmt: skip


def _moment_of(line: Line, told: Account) -> tuple[datetime, int]:
    """Return where a line stands: by its moment; a day at its beginning, what is counted so far at the end."""
    if line.day is not None:
        return datetime(line.day.year, line.day.month, line.day.day, tzinfo=get_current_timezone()), 1
    order = {LineKind.COUNTED: 0, LineKind.STOPPED: 2}.get(line.kind, 3)
    return line.at or told.at, order
