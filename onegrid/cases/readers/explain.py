"""
Explain a due moment: every start, stop, holiday, adjusted workday and extension that made it, and who decided each.

Reckoned from the same marks as the moment itself; the timeline lends the names and reasons. Officer and
resident get the same lines; only persons' names and internal reasons are kept from the latter.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.models import Case, Channel, EntryKind, TimelineEntry, Visibility
from onegrid.cases.readers.clocks import marks_of, terms_of, terms_of_category
from onegrid.cases.rules.clock_words import Explanation, Line, LineKind, length, what_counts
from onegrid.cases.rules.clocks import Clock, Stretch, clock_of, district_calendar, running_clock
from onegrid.cases.rules.marks import Entered, Mark
from onegrid.cases.states import ENDED, Move, Stage, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.durations import spoken
from onegrid.units.public import Counting, DayKind, SpecialDay, WorkCalendar, calendar_of, kept_unit_name

_KINDS: Mapping[DayKind, LineKind] = {
    DayKind.HOLIDAY: LineKind.HOLIDAY,
    DayKind.ADJUSTED: LineKind.ADJUSTED,
    DayKind.OWN: LineKind.OWN,
}


@dataclass(frozen=True, kw_only=True)
class _Account:
    """What is needed to tell one clock: the clock, when it is told, what happened when, and to whom it is told."""

    clock: Clock
    at: datetime
    happened: Mapping[datetime, TimelineEntry]
    marks: Sequence[Mark]
    is_public: bool

    def who(self, entry: TimelineEntry | None) -> str:
        """Return who decided something: the unit, and for officers the person."""
        if entry is None:
            return ""
        unit = kept_unit_name(entry.unit_name)
        return unit if self.is_public or not entry.by_name else " · ".join(filter(None, (entry.by_name, unit)))

    def who_set(self, day: SpecialDay) -> str:
        """Return who set a day: the person for officers, else the unit."""
        return kept_unit_name(day.set_by_unit) if self.is_public else day.set_by

    def reason(self, entry: TimelineEntry | None) -> str:
        """Return what was said about it, unless it was said among colleagues and is told to the public."""
        if entry is None or (self.is_public and entry.visibility != Visibility.PUBLIC):
            return ""
        return entry.text


def explain(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, is_whole: bool = False, is_public: bool = False
) -> Explanation | None:
    """
    Explain the due moment of the running stage, or of the whole case; nothing where no limit is set or it is over.

    `timeline` is the case's, in any order. Asks the database nothing.
    """
    if Status(case.status) in ENDED:
        return None
    marks, terms = marks_of(case), terms_of(case)
    if is_whole:
        clock: Clock | None = clock_of(marks, None, terms=terms, calendars=district_calendar(calendar_of))
    else:
        clock = running_clock(marks, terms=terms, calendars=calendar_of)
    if clock is None or clock.limit is None:
        return None
    told = _Account(
        clock=clock, at=at, happened=_by_moment(timeline), marks=marks, is_public=is_public
    )  # fmt: skip
    if _is_brought_in(case, is_whole=is_whole):
        return _brought_in(case, told, is_whole=is_whole)
    due = clock.due_at
    lines = [*_stretch_lines(told), *_extension_lines(told), *_category_lines(told, timeline)]
    lines.sort(key=lambda line: _moment_of(line, told))
    return Explanation(
        heading=_heading(clock),
        basis=_basis(case, clock),
        lines=[*lines, *_sum_lines(told, due)],
        limit=clock.limit,
        used=clock.elapsed(at),
        due_at=due,
        counting=clock.counting,
        is_stopped=not clock.is_running(at),
    )


def _by_moment(timeline: Sequence[TimelineEntry]) -> Mapping[datetime, TimelineEntry]:
    """Return the entries that make marks, by when they happened."""
    telling = {EntryKind.REPORT.value, EntryKind.MOVE.value, EntryKind.EXTENSION.value}
    return {entry.happened_at: entry for entry in timeline if entry.kind in telling}


def _stretch_lines(told: _Account) -> Iterator[Line]:
    """Tell each stretch in which the clock ran: how it began, what of it counted, and what stopped it."""
    for place, stretch in enumerate(told.clock.stretches):
        yield _began(told, stretch, is_first=place == 0)
        yield from _counted(told, stretch)
        if stretch.end is not None:
            entry = told.happened.get(stretch.end)
            yield Line(
                kind=LineKind.STOPPED, at=stretch.end, text=_stopped(entry), who=told.who(entry),
                reason=told.reason(entry),
            )  # fmt: skip


def _began(told: _Account, stretch: Stretch, *, is_first: bool) -> Line:
    entry = told.happened.get(stretch.start)
    kind = LineKind.BEGAN if is_first else LineKind.WENT_ON
    text = _("The clock begins: %(what)s") if is_first else _("The clock goes on: %(what)s")
    return Line(kind=kind, at=stretch.start, text=text % {"what": _what(entry, told.clock)}, who=told.who(entry))


def _what(entry: TimelineEntry | None, clock: Clock) -> str:
    """Say in a few words what set the clock going."""
    if entry is None:
        return str(clock.stage.label) if clock.stage else _("reported")
    if entry.kind == EntryKind.REPORT or not entry.move:
        return _("reported")
    if entry.move == Move.DISPATCH and (name := entry.data.get("lead_name")):
        return _("dispatched to %(unit)s") % {
            "unit": kept_unit_name(str(name), str(entry.data.get("lead_name_en", "")))
        }
    return f"“{Move(entry.move).label}”"


def _stopped(entry: TimelineEntry | None) -> str:
    if entry is None or not entry.move:
        return _("The clock stops")
    return _("The clock stops: “%(move)s”") % {"move": Move(entry.move).label}


def _counted(told: _Account, stretch: Stretch) -> Iterator[Line]:
    """Tell how much of a stretch counts, and the days in it that are not as their weekday would have it."""
    clock, calendar = told.clock, _calendar(told.clock, stretch)
    end = stretch.end if stretch.end is not None else max(told.at, stretch.start)
    text = what_counts(clock.counting, calendar=calendar.named(get_language() or ""))
    amount = calendar.between(stretch.start, end, clock.counting)
    if clock.counting is not Counting.ALWAYS:
        until = stretch.end or max(filter(None, (clock.due_at, end)))
        yield from _special_days(told, calendar, start=stretch.start, end=until)
    code = "" if clock.counting is Counting.ALWAYS else calendar.code
    yield Line(kind=LineKind.COUNTED, text=text, at=stretch.end, amount=amount, calendar=code)


def _calendar(clock: Clock, stretch: Stretch) -> WorkCalendar:
    calendar = clock.calendars(stretch.unit)
    assert isinstance(calendar, WorkCalendar)
    return calendar


def _special_days(told: _Account, calendar: WorkCalendar, *, start: datetime, end: datetime) -> Iterator[Line]:
    """Tell holidays and exceptions, those that follow each other under one name in one line."""
    if end <= start:
        return
    days = calendar.special_days(start, end)
    runs = groupby(enumerate(days), key=lambda pair: (pair[1].day.toordinal() - pair[0], _told(pair[1], told)))
    for (_run, (text, who)), pairs in runs:
        found = [day for _place, day in pairs]
        first, last = found[0], found[-1]
        yield Line(
            kind=_KINDS[first.kind],
            day=first.day,
            until=last.day if last.day != first.day else None,
            text=text,
            who=who,
        )


def _told(day: SpecialDay, told: _Account) -> tuple[str, str]:
    """Say what a day is, when it was set if somebody did, and who."""
    text = _("%(day)s: worked, counted") if day.is_working else _("%(day)s: not worked, not counted")
    said = text % {"day": day.named(get_language() or "")}
    if day.set_at is not None:
        when = f"{localtime(day.set_at):%Y-%m-%d %H:%M}"
        said = _("%(day)s; set on %(moment)s, counts from then") % {"day": said, "moment": when}
    return said, told.who_set(day)


def _extension_lines(told: _Account) -> Iterator[Line]:
    clock, lead = told.clock, None
    for mark in told.marks:
        if isinstance(mark, Entered):
            lead = mark.lead or lead
        elif clock.extended and (clock.stage is None or lead == clock.stretches[-1].unit):
            entry = told.happened.get(mark.at)
            yield Line(
                kind=LineKind.EXTENDED, at=mark.at, text=_("Extension granted"), amount=timedelta(hours=mark.hours),
                who=told.who(entry), reason=told.reason(entry),
            )  # fmt: skip


def _category_lines(told: _Account, timeline: Sequence[TimelineEntry]) -> Iterator[Line]:
    """Tell each change of category since the clock began: from which limit to which, and whether it was late then."""
    clock, since = told.clock, told.clock.started_at
    for entry in timeline:
        changed = entry.data.get("categories") if entry.kind == EntryKind.CHANGE else None
        if not changed or not changed["from"] or since is None or entry.happened_at < since:
            continue
        names = {"before": _named_limit(changed["from"], clock), "now": _named_limit(changed["now"], clock)}
        text = _("Category changed from %(before)s to %(now)s")
        if entry.data.get("late") and entry.data.get("stage") == clock.stage:
            names["due"] = f"{localtime(datetime.fromisoformat(entry.data['due_at'])):%Y-%m-%d %H:%M}"
            text = _("Category changed from %(before)s to %(now)s; late under the first, due %(due)s")
        yield Line(
            kind=LineKind.CHANGED,
            at=entry.happened_at,
            text=text % names,
            who=told.who(entry),
            reason=told.reason(entry),
        )


def _named_limit(key: str, clock: Clock) -> str:
    """Return a category with what it allows a clock: “Street lamp (5 working days)”."""
    category_id = UUID(key)
    terms = terms_of_category(category_id)
    limit = terms.limit_of(clock.stage)
    said = length(limit, terms.counting_of(clock.stage)) if limit else _("no limit")
    return f"{catalogue().by_id[category_id].trailed(get_language() or '')} ({said})"


def _sum_lines(told: _Account, due: datetime | None) -> Iterator[Line]:
    clock, limit = told.clock, told.clock.limit or timedelta()
    name = clock.stage.label if clock.stage else _("the whole")
    text = _("Limit of %(stage)s") % {"stage": name}
    if due is None:
        text = _("Limit of %(stage)s; the clock stands still until somebody acts") % {"stage": name}
    yield Line(kind=LineKind.DUE, at=due, text=text, amount=limit)
    left = clock.remaining(told.at) or timedelta()
    used = {"percent": round(100 * clock.share(told.at))}
    yield Line(kind=LineKind.NOW, at=told.at, text=_("%(percent)d%% used") % used, amount=left)


def _moment_of(line: Line, told: _Account) -> tuple[datetime, int]:
    """Return where a line stands: by its moment; a day at its beginning, what is counted so far at the end."""
    if line.day is not None:
        return datetime(line.day.year, line.day.month, line.day.day, tzinfo=told.at.tzinfo), 1
    order = {LineKind.COUNTED: 0, LineKind.STOPPED: 2}.get(line.kind, 3)
    return line.at or told.at, order


def _heading(clock: Clock) -> str:
    name = clock.stage.label if clock.stage else _("The whole case")
    return _("%(stage)s: %(length)s") % {"stage": name, "length": length(clock.limit or timedelta(), clock.counting)}


def _basis(case: Case, clock: Clock) -> str:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    allowed = length((clock.limit or timedelta()) - clock.extended, clock.counting)
    if kind is None:
        return _("No category yet: the general limits for new reports hold, %(length)s.") % {"length": allowed}
    if clock.stage == Stage.DISPUTE:
        text = _("By the procedure of %(category)s, version %(version)d: a dispute is decided within %(length)s.")
    else:
        text = _("By the catalogue: %(category)s, version %(version)d: %(length)s.")
    names = {"category": kind.trailed(get_language() or ""), "version": kind.version, "length": allowed}
    return text % names


def _is_brought_in(case: Case, *, is_whole: bool) -> bool:
    """Tell whether the due moment is the one that came with a case of another system; a move starts our clocks."""
    return case.channel == Channel.IMPORT and (is_whole or not case.marks)


def _brought_in(case: Case, told: _Account, *, is_whole: bool) -> Explanation | None:
    due = case.due_at if is_whole else case.stage_due_at
    if due is None or due <= case.reported_at:
        return None
    allowed, used = due - case.reported_at, told.at - case.reported_at
    return Explanation(
        heading=_("%(stage)s: %(length)s") % {"stage": _("Brought in"), "length": spoken(allowed)},
        basis=_("The due moment is the other system's; it came with the case and is not counted again here."),
        lines=[
            Line(kind=LineKind.BEGAN, at=case.reported_at, text=_("Reported in the other system")),
            Line(kind=LineKind.DUE, at=due, text=_("Due in the other system"), amount=allowed),
            Line(
                kind=LineKind.NOW, at=told.at, amount=due - told.at,
                text=_("%(percent)d%% used") % {"percent": round(100 * used / allowed)},
            ),
        ],
        limit=allowed,
        used=used,
        due_at=due,
        counting=Counting.ALWAYS,
        is_stopped=False,
    )  # fmt: skip
