"""Explain the due moments beside the clocks of a case: of a supporting task, and of a supervision order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from onegrid.cases.models import Case, OrderKind, SupervisionOrder, SupportTask
from onegrid.cases.readers.clocks import terms_of
from onegrid.cases.readers.explain_lines import Account, lines
from onegrid.cases.rules.clock_words import Explanation, Line, LineKind, length
from onegrid.cases.rules.clocks import Clock, Stretch
from onegrid.cases.states import Stage
from onegrid.units.public import calendar_of


def explain_task(task: SupportTask, case: Case, *, at: datetime) -> Explanation | None:
    """Explain until when a supporting task of a case is due; nothing where it has no limit. Asks nothing."""
    if task.due_at is None:
        return None
    first = task.extended_from or task.due_at
    clock = _clock(case, task.created_at, task.due_at, unit=task.unit_id, end=task.done_at)
    allowed = clock.calendars(task.unit_id).between(task.created_at, first, clock.counting)
    told = _told(clock, at=at, begun=_("Given to the unit: the clock begins"))
    if task.extended_from and clock.limit:
        more = Line(
            kind=LineKind.EXTENDED, at=first, amount=clock.limit - allowed,
            said=length(clock.limit - allowed, clock.counting),
            text=_("First due; then extended by the lead unit, once"),
        )  # fmt: skip
        told = replace(told, lines=[*told.lines[:-2], more, *told.lines[-2:]])
    basis = _("By the handling limit of the category, in the time of the unit that helps: %(length)s.")
    return replace(
        told,
        heading=_("Supporting task: %(length)s") % {"length": told.limit_said},
        basis=basis % {"length": length(allowed, told.counting)},
    )


def explain_order(order: SupervisionOrder, case: Case, *, at: datetime) -> Explanation:
    """Explain until when a supervision order on a case is to be answered. Asks nothing."""
    end = order.answered_at or order.withdrawn_at
    clock = _clock(case, order.ordered_at, order.due_at, unit=order.unit_id, end=end)
    told = _told(clock, at=at, begun=_("Ordered: the clock begins"))
    basis = _("By the procedure of the category: “%(kind)s” is answered within %(length)s, in the time of the unit.")
    words = {"kind": OrderKind(order.kind).label, "length": told.limit_said}
    return replace(told, heading=_("Supervision order: %(length)s") % words, basis=basis % words)


def _clock(case: Case, start: datetime, due: datetime, *, unit: UUID, end: datetime | None) -> Clock:
    """Return a clock of its own that runs in a unit's time as handling does, from a moment to when it was ended."""
    counting = terms_of(case).counting_of(Stage.HANDLE)
    limit = calendar_of(unit).between(start, due, counting)
    stretch = Stretch(start, end, unit)
    return Clock(
        stage=Stage.HANDLE, counting=counting, limit=limit, extended=timedelta(), stretches=(stretch,),
        calendars=calendar_of,
    )  # fmt: skip


def _told(clock: Clock, *, at: datetime, begun: str) -> Explanation:
    end = clock.stretches[0].end
    at = localtime(min(at, end) if end else at)
    account = Account(clock=clock, at=at, events=[], is_public=False, is_over=end is not None)
    return Explanation(
        heading="",
        basis="",
        lines=list(_own_words(lines(account), begun)),
        limit=clock.limit or timedelta(),
        used=account.sum.used,
        limit_said=account.sum.limit_said,
        used_said=account.sum.used_said,
        due_at=account.reckoned,
        counting=clock.counting,
        is_stopped=False,
        is_over=end is not None,
    )


def _own_words(found: list[Line], begun: str) -> Iterator[Line]:
    """Say how such a clock begins and that it is due in words of its own; that it ended stands at the end."""
    for line in found:
        if line.kind is LineKind.BEGAN:
            yield replace(line, text=begun)
        elif line.kind is LineKind.DUE:
            yield replace(line, text=_("Due"))
        elif line.kind is not LineKind.STOPPED:
            yield line
