"""
Tell people of the shares of limits that have passed, in lots that each stand for themselves.

A lot is marked, kept in the timelines and told in one transaction. So a worker that is killed
has told a lot or not, two that sweep at once never take the same case, and after a downtime
the first to fall due comes first.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from onegrid.cases.public import ESCALATED_FROM, Escalated, Passed, note_escalations, pass_shares
from onegrid.dispatch.readers.people import People, is_pressing, ladder_of, named, names_told, people_above
from onegrid.dispatch.rules.escalation import Present, told_at
from onegrid.dispatch.rules.wording import NEAR, OVER
from onegrid.notifications.public import Notice, tell

LOT: Final = 1000
SIMULATED_PAST: Final = timedelta(days=1)


def sweep_deadlines(*, at: datetime, is_enough: Callable[[], bool] = lambda: False) -> int:
    """
    Tell those whom the ladder of `rules.escalation` reaches, each share once; return how many notices were new.

    Where several shares of a case have passed, its people get a notice of the last. `is_enough`
    is asked after every lot whether to stop there.
    """
    told, looked_at = 0, LOT
    while looked_at == LOT:
        count, looked_at = _sweep_lot(at=at)
        told += count
        if is_enough():
            break
    return told


@transaction.atomic(durable=True)
def _sweep_lot(*, at: datetime) -> tuple[int, int]:
    """Tell of the next lot; return how many notices were new, and how many cases it had."""
    passed, looked_at = pass_shares(at=at, most=LOT)
    cases = [case for case in passed if not _came_with_its_past(case, at=at)]
    if not cases:
        return 0, looked_at
    people = people_above([(case.holder_id, case.area_path) for case in cases])
    ladders = [
        ladder_of(
            people, holder_id=case.holder_id, stage=case.stage, assignee_id=case.assignee_id, area_path=case.area_path
        )
        for case in cases
    ]
    reached = list(zip(cases, ladders, strict=True))
    note_escalations([entry for case, ladder in reached for entry in _escalations(case, ladder, people)], at=at)
    return tell([notice for case, ladder in reached for notice in _notices(case, ladder)], at=at), looked_at


def _came_with_its_past(case: Passed, *, at: datetime) -> bool:
    """Tell whether a simulated case was late long before: whoever tries the product out is not to begin with a year."""
    _share, moment = case.shares[-1]
    return case.is_simulated and moment < at - SIMULATED_PAST


def _escalations(case: Passed, ladder: Present, people: People) -> Iterator[Escalated]:
    for share, moment in case.shares:
        if share >= ESCALATED_FROM:
            told = names_told(people, ladder, share)
            yield Escalated(
                case_id=case.case_id, at=moment, share=share, stage=case.stage, due_at=case.due_at, told=told
            )


def _notices(case: Passed, ladder: Present) -> Sequence[Notice]:
    share, _moment = case.shares[-1]
    data = {
        "number": case.number,
        "share": share,
        "stage": case.stage.value,
        "due_at": case.due_at.isoformat() if case.due_at else "",
        "place": case.township_name,
        **named(case.category_id),
    }
    is_urgent = is_pressing(case.category_id, is_urgent=case.is_urgent)
    return [
        Notice(
            kind=(OVER if share >= ESCALATED_FROM else NEAR).code,
            key=f"{case.case_id}:{case.clock}:{share}",
            recipient=user_id,
            path=f"/cases/{case.number}/",
            data=data,
            is_urgent=is_urgent,
            weight=share,
        )
        for user_id in sorted(told_at(share, ladder))
    ]
