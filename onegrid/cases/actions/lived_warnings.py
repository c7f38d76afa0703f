"""
Let those who watch over a case in memory hear that its limit runs out, as the sweep of deadlines would have told them.

Its timeline keeps who was told at which share, and the case how far it was told. Nobody gets a notice of it: what is
simulated was over before anybody could read one.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from onegrid.cases.actions.lived_rows import Lived, as_json
from onegrid.cases.actions.pass_shares import ESCALATED_FROM, Escalated
from onegrid.cases.models import Case, Channel, EntryKind, Visibility
from onegrid.cases.readers.clocks import marks_of, terms_of
from onegrid.cases.rules import due
from onegrid.cases.rules.clocks import Clock, running_clock
from onegrid.cases.states import Stage
from onegrid.core.ids import id_following
from onegrid.units.public import calendars

Reached = Callable[[Case, Stage, int], Sequence[str]]  # who hears of a share of a stage's limit, by name


class Watched(NamedTuple):
    """Until when lives are watched over, and who hears of the shares of their limits that pass."""

    until: datetime
    reached: Reached


def warn(lived: Lived, watched: Watched, *, until: datetime, is_last: bool = False) -> None:
    """
    Tell of the shares of the running limit that pass until a moment; the last time also of those below the limit.

    Before, these leave nothing that would not be reckoned again with the next step.
    """
    case = lived.case
    first = case.warn_at if is_last else case.stage_due_at
    if first is None or first > until or case.ended_at:
        return
    marks, terms = marks_of(case), terms_of(case)
    calendar_of = calendars().of
    clock = running_clock(marks, terms=terms, calendars=calendar_of)
    shares = due.passed_since(clock, case.warned, at=until) if clock else []
    if clock is None or not shares:
        return
    for share, moment in shares:
        if share >= ESCALATED_FROM:
            _note(lived, watched, clock, share=share, at=moment)
    case.warned = shares[-1][0]
    case.warn_at = due.moments(marks, terms=terms, calendars=calendar_of, warned=case.warned).warn_at


def _note(lived: Lived, watched: Watched, clock: Clock, *, share: int, at: datetime) -> None:
    case = lived.case
    assert clock.stage
    told = watched.reached(case, clock.stage, share)
    said = Escalated(case_id=case.pk, at=at, share=share, stage=clock.stage, due_at=clock.due_at, told=told)
    lived.entries.append((
        id_following(case.pk, share, at=at), case.pk, EntryKind.ESCALATION.value, "", Visibility.INTERNAL.value, "",
        None, "", "", Channel.DESK.value, at, at, as_json(said.as_data()),
    ))  # fmt: skip
