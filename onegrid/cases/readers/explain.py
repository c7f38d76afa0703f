"""
Explain a due moment: every start, stop, holiday, adjusted workday and extension that made it, and who decided each.

Reckoned from the same marks as the moment itself; the timeline lends the names and reasons. Officer and
resident get the same lines; only persons' names and internal reasons are kept from the latter.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.models import Case, Channel, TimelineEntry
from onegrid.cases.readers.clocks import marks_of, terms_of
from onegrid.cases.readers.explain_categories import category_lines
from onegrid.cases.readers.explain_events import ending, events
from onegrid.cases.readers.explain_lines import Account, lines
from onegrid.cases.rules.clock_sums import limit_said
from onegrid.cases.rules.clock_words import Explanation, Line, LineKind, percent_of
from onegrid.cases.rules.clocks import Clock, Story, district_calendar
from onegrid.cases.states import Stage
from onegrid.catalogue.public import CategoryEntry, catalogue
from onegrid.core.durations import exactly, left_in_minutes
from onegrid.units.public import Counting, calendar_of


def explain(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, is_whole: bool = False, is_public: bool = False
) -> Explanation | None:
    """
    Explain the due moment of the running stage, or of the whole case; nothing where no limit is set.

    Of a case that is over no stage runs any more, and the whole is told as it ended. `timeline` is the
    case's, in any order. Asks the database nothing.
    """
    stage = None if is_whole else Story(marks_of(case)).stage
    return _explained(case, timeline, stage=stage, at=at, is_public=is_public) if stage or is_whole else None


def explain_stages(
    case: Case, timeline: Sequence[TimelineEntry], *, at: datetime, is_public: bool = False
) -> list[Explanation]:
    """
    Explain the clocks of the stages that a case has left in its last round, each as it ended.

    Those without a limit are left out. Asks the database nothing.
    """
    if not case.marks:  # nothing is known of how it moved
        return []
    story = Story(marks_of(case))
    told = (
        _explained(case, timeline, stage=stage, at=at, is_public=is_public)
        for stage in story.stages
        if stage is not story.stage
    )
    return [each for each in told if each]


def _explained(
    case: Case, timeline: Sequence[TimelineEntry], *, stage: Stage | None, at: datetime, is_public: bool
) -> Explanation | None:
    marks = marks_of(case)
    story = Story(marks)
    calendars = calendar_of if stage else district_calendar(calendar_of)
    is_past = stage is not None and story.stage is not stage
    clock = story.clock(stage, terms=terms_of(case), calendars=calendars, is_past=is_past)
    if _is_brought_in(case, is_whole=stage is None):
        return _brought_in(case, at=case.ended_at or at, is_whole=stage is None)
    if clock.limit is None or not clock.stretches:
        return None
    is_over = clock.is_stopped and _has_left(story, stage)
    happened = events(marks, timeline)
    last = clock.stretches[-1]
    left = ending(clock, last, happened) if is_over else None
    kept = _kept(case, stage, left.entry if left else None) if is_over else None
    told = Account(
        clock=clock, at=last.end if is_over and last.end else at, events=happened, is_public=is_public,
        is_over=is_over, kept=kept,
    )  # fmt: skip
    return Explanation(
        heading=_heading(told),
        basis=_basis(case, clock),
        lines=lines(told, category_lines(told, timeline)),
        limit=told.sum.limit,
        used=told.sum.used,
        limit_said=told.sum.limit_said,
        used_said=told.sum.used_said,
        due_at=kept or told.reckoned,
        counting=clock.counting,
        is_stopped=not is_over and not clock.is_running(told.at),
        stage=stage,
        is_over=is_over,
    )


def _has_left(story: Story, stage: Stage | None) -> bool:
    """Tell whether a case has left a stage, rather than only paused in it; of the whole, whether it is over."""
    if stage is None or story.stage is None:
        return story.stage is None
    return story.stage is not stage and (stage, story.stage) != (Stage.FILE, Stage.CHECK)


def _kept(case: Case, stage: Stage | None, left: TimelineEntry | None) -> datetime | None:
    """Return the due moment that was written down when a clock ended, if the reader may see the entry."""
    if stage is None:
        return case.due_at
    if left is None or left.data.get("stage") != stage.value or not left.data.get("due_at"):
        return None
    return datetime.fromisoformat(left.data["due_at"])


def _heading(told: Account) -> str:
    name = told.clock.stage.label if told.clock.stage else _("The whole case")
    return _("%(stage)s: %(length)s") % {"stage": name, "length": told.sum.limit_said}


def _basis(case: Case, clock: Clock) -> str:
    kind = catalogue().by_id.get(case.category_id) if case.category_id else None
    allowed = limit_said(terms_of(case), clock.stage)
    if clock.stage is None:
        return _sum(case, allowed, by=_rule(kind))
    if kind is None:
        return _("No category yet: the general limits for new reports hold, %(length)s.") % {"length": allowed}
    if clock.stage == Stage.DISPUTE:
        text = _("By the procedure of %(category)s, version %(version)d: a dispute is decided within %(length)s.")
    else:
        text = _("By the catalogue: %(category)s, version %(version)d: %(length)s.")
    names = {"category": kind.trailed(get_language() or ""), "version": kind.version, "length": allowed}
    return text % names


def _rule(kind: CategoryEntry | None) -> str:
    """Say whose limits the parts of the whole are."""
    if kind is None:
        return _("the general limits for new reports")
    words = {"category": kind.trailed(get_language() or ""), "version": kind.version}
    return _("%(category)s, version %(version)d") % words


def _sum(case: Case, allowed: str, *, by: str) -> str:
    """Say what the limit of the whole is the sum of, part by part."""
    terms = terms_of(case)
    parts = [f"{stage.label} {limit_said(terms, stage)}" for stage in terms.parts]
    words = {"parts": " + ".join(parts), "length": allowed, "rule": by}
    said = _("The sum of its stages by %(rule)s: %(parts)s = %(length)s. Checks and disputes are not in it.") % words
    if len(terms.in_turn(timedelta())) == 1:
        return said
    turns = _("Each part is counted in its own way, one after the other, all of it by one calendar.")
    return f"{said} {turns}"


def _is_brought_in(case: Case, *, is_whole: bool) -> bool:
    """Tell whether the due moment is the one that came with a case of another system; a move starts our clocks."""
    return case.channel == Channel.IMPORT and (is_whole or not case.marks)


def _brought_in(case: Case, *, at: datetime, is_whole: bool) -> Explanation | None:
    due = case.due_at if is_whole else case.stage_due_at
    if due is None or due <= case.reported_at:
        return None
    allowed, left = left_in_minutes(due - case.reported_at), left_in_minutes(due - at)
    used = allowed - left
    return Explanation(
        heading=_("%(stage)s: %(length)s") % {"stage": _("Brought in"), "length": exactly(allowed)},
        basis=_("The due moment is the other system's; it came with the case and is not counted again here."),
        lines=[
            Line(kind=LineKind.BEGAN, at=case.reported_at, text=_("Reported in the other system")),
            Line(kind=LineKind.DUE, at=due, text=_("Due in the other system"), amount=allowed, said=exactly(allowed)),
            Line(
                kind=LineKind.ENDED if case.ended_at else LineKind.NOW, at=at, amount=left, said=exactly(left),
                is_late=at > due, text=_("%(percent)d%% used") % {"percent": percent_of(used, allowed)},
            ),
        ],
        limit=allowed,
        used=used,
        limit_said=exactly(allowed),
        used_said=exactly(used),
        due_at=due,
        counting=Counting.ALWAYS,
        is_stopped=False,
        is_over=case.ended_at is not None,
    )  # fmt: skip
