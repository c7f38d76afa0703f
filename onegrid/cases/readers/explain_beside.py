"""
Explain the due moments beside the clocks of a case: of a supporting task, a supervision order, a lateness appeal.

Limit, counting and what was granted are those that the task or order has kept since it was decided; the timeline
lends the names and reasons. What has ended is told as it ended, until when it was due then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from onegrid.cases.models import (
    Case,
    EntryKind,
    LatenessAppeal,
    OrderKind,
    SupervisionOrder,
    SupportTask,
    TimelineEntry,
)
from onegrid.cases.readers.clocks import clock_beside
from onegrid.cases.readers.explain import explain, explain_stages
from onegrid.cases.readers.explain_events import who_wrote
from onegrid.cases.readers.explain_lines import Account, lines
from onegrid.cases.rules.clock_words import Explanation, Line, LineKind, length
from onegrid.cases.rules.clocks import Clock
from onegrid.core.moments import in_full
from onegrid.units.public import Counting


def explain_task(task: SupportTask, timeline: Iterable[TimelineEntry], *, at: datetime) -> Explanation | None:
    """
    Explain until when a supporting task is due; nothing where it has no limit.

    `timeline` is that of its case, in any order. Asks nothing.
    """
    clock = clock_beside(task)
    if clock is None or not task.limit_time:
        return None
    said = [entry for entry in timeline if entry.kind == EntryKind.TASK]
    given = _written(said, at=task.created_at, text=task.what)
    more = next((entry for entry in said if "extended" in entry.data and entry.happened_at == task.extended_at), None)
    ended = _written(said, at=task.done_at, text=task.result)
    told = _told(
        clock, at=at, kept=task.due_at, also=_extended(task, more),
        begun=_happened(LineKind.BEGAN, _("Given to the unit: the clock begins"), given, is_reason=False),
        stopped=_happened(
            LineKind.STOPPED, _("Called off: the clock stops") if task.is_cancelled else _("Done: the clock stops"),
            ended, is_reason=task.is_cancelled,
        ),
    )  # fmt: skip
    basis = _("By the handling limit of the category, in the time of the unit that helps: %(length)s.")
    return replace(
        told,
        heading=_("Supporting task: %(length)s") % {"length": told.limit_said},
        basis=basis % {"length": length(task.limit_time, clock.counting)},
    )


def explain_order(order: SupervisionOrder, timeline: Iterable[TimelineEntry], *, at: datetime) -> Explanation:
    """
    Explain until when a supervision order on a case is to be answered.

    `timeline` is that of its case, in any order. Asks nothing.
    """
    clock = clock_beside(order)
    assert clock is not None
    key = str(order.pk)
    steps = {entry.data["step"]: entry for entry in timeline if entry.data.get("order") == key}
    end, text = steps.get("answered"), _("Answered: the clock stops")
    if order.withdrawn_at:
        end, text = steps.get("withdrawn"), _("Withdrawn: the clock stops")
    stopped = _happened(LineKind.STOPPED, text, end, is_reason=order.withdrawn_at is not None)
    if order.withdrawn_at and end is None:
        stopped = replace(stopped, text=_("The case left the unit: the clock stops"), who=_("by itself"))
    told = _told(
        clock, at=at, kept=order.due_at, stopped=stopped,
        begun=_happened(LineKind.BEGAN, _("Ordered: the clock begins"), steps.get("ordered"), is_reason=False),
    )  # fmt: skip
    basis = _("By the procedure of the category: “%(kind)s” is answered within %(length)s, in the time of the unit.")
    words = {"kind": OrderKind(order.kind).label, "length": told.limit_said}
    return replace(told, heading=_("Supervision order: %(length)s") % words, basis=basis % words)


def explain_appeal(
    appeal: LatenessAppeal, case: Case, timeline: Sequence[TimelineEntry], *, at: datetime
) -> Explanation | None:
    """
    Explain how the clock came to it that is appealed against; nothing where a later round has taken its place.

    `timeline` is that of the case, in any order. Asks nothing.
    """
    found = explain_stages(case, timeline, at=at) if appeal.stage else [explain(case, timeline, at=at, is_whole=True)]
    return next(
        (told for told in found if told and told.due_at == appeal.due_at and (told.stage or "") == appeal.stage), None
    )


def _written(said: Iterable[TimelineEntry], *, at: datetime | None, text: str) -> TimelineEntry | None:
    """Return the entry of a moment that says something: older ones do not name the task that they are about."""
    return next((entry for entry in said if entry.happened_at == at and entry.text == text), None)


def _happened(kind: LineKind, text: str, entry: TimelineEntry | None, *, is_reason: bool) -> Line:
    """Return a line about what an entry tells; what was asked or done is the matter itself, and no reason."""
    if entry is None:
        return Line(kind=kind, text=text)
    return Line(kind=kind, text=text, who=who_wrote(entry), reason=entry.text if is_reason else "")


def _extended(task: SupportTask, entry: TimelineEntry | None) -> Iterator[Line]:
    if task.granted_time is None:
        return
    text = _("Extended by the lead unit, once; until then it was due on %(moment)s")
    line = _happened(LineKind.EXTENDED, text % {"moment": in_full(task.extended_from)}, entry, is_reason=True)
    said = length(task.granted_time, Counting(task.counting))
    yield replace(line, at=task.extended_at, amount=task.granted_time, said=said)


def _told(
    clock: Clock, *, at: datetime, kept: datetime | None, begun: Line, stopped: Line, also: Iterable[Line] = ()
) -> Explanation:
    end = clock.stretches[0].end
    account = Account(
        clock=clock, at=min(at, end) if end else at, events=[], is_public=False, is_over=end is not None,
        kept=kept if end else None,
    )  # fmt: skip
    return Explanation(
        heading="",
        basis="",
        lines=list(_own_words(lines(account, also), begun=begun, stopped=stopped)),
        limit=account.sum.limit,
        used=account.sum.used,
        limit_said=account.sum.limit_said,
        used_said=account.sum.used_said,
        due_at=account.kept or account.reckoned,
        counting=clock.counting,
        is_stopped=False,
        is_over=end is not None,
    )


def _own_words(found: list[Line], *, begun: Line, stopped: Line) -> Iterator[Line]:
    """Say in words of its own how such a clock begins, by what it stops, and that it is due."""
    own = {LineKind.BEGAN: begun, LineKind.STOPPED: stopped}
    is_due = False
    for line in found:
        if line.kind in own:
            yield replace(own[line.kind], at=line.at)
        elif line.kind is LineKind.DUE and not is_due:
            is_due = True
            yield replace(line, text=_("Due"))
        else:
            yield line
