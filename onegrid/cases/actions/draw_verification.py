"""
Decide, when a case is reported done, whether somebody else looks; keep what each month's draws are made from.

The secret of a month is made when it is first needed, and its hash goes into the
audit trail in the same transaction; the secret itself follows when the month is over.
Functions without a transaction of their own join the caller's.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from onegrid.cases.actions.lifecycle import add_entry, move_case
from onegrid.cases.models import Case, DrawMonth, EntryKind
from onegrid.cases.rules.draws import (
    SECRET_BYTES,
    Draw,
    Facts,
    Ground,
    Seed,
    commitment_to,
    draw,
    month_after,
    month_of,
)
from onegrid.cases.states import Move, Status, after
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.oversight.public import Actor, record

SYSTEM = Actor("system")


def seed_for(at: datetime) -> Seed:
    """
    Return what is drawn from at a moment: the secret of its month.

    A month whose secret is published draws nothing any more; what is heard of later
    is drawn from the first month after it that is not.
    """
    month = month_of(localtime(at))
    for known in DrawMonth.objects.filter(month__gte=month).order_by("month"):
        if known.month == month and known.published_at is None:
            return Seed(month, bytes(known.secret))
        month = month_after(month) if known.month == month else month
    return _opened(month, at=at)


def open_months(months: Sequence[str], *, at: datetime) -> None:
    """Make the secrets of several months, as far as they have none, in the caller's transaction."""
    known = set(DrawMonth.objects.filter(month__in=months).values_list("month", flat=True))
    for month in sorted(set(months) - known):
        _opened(month, at=at)


@transaction.atomic(durable=True)
def turn_months(*, at: datetime) -> list[str]:
    """Make the secret of the month that runs and publish those of months that are over; return these."""
    current = month_of(localtime(at))
    open_months([current], at=at)
    over = list(DrawMonth.objects.select_for_update().filter(month__lt=current, published_at=None).order_by("month"))
    for row in over:
        row.published_at = at
        row.save(update_fields=["published_at"])
        data = {"month": row.month, "secret": bytes(row.secret).hex(), "commitment": row.commitment}
        record("cases.draws_published", target=_target(row.month), by=SYSTEM, at=at, data=data)
    return [row.month for row in over]


def _opened(month: str, *, at: datetime) -> Seed:
    secret = secrets.token_bytes(SECRET_BYTES)
    row, is_new = DrawMonth.objects.get_or_create(
        month=month, defaults={"secret": secret, "commitment": commitment_to(secret), "opened_at": at}
    )
    if is_new:
        data = {"month": month, "commitment": row.commitment}
        record("cases.draws_opened", target=_target(month), by=SYSTEM, at=at, data=data)
    return Seed(month, bytes(row.secret))


def _target(month: str) -> str:
    return f"cases.DrawMonth:{month}"


def draw_now(case: Case, move: Move, *, at: datetime) -> Draw:
    """
    Decide whether somebody looks at a locked case that is being reported done by a move.

    :raises IllegalMoveError: if the case's status does not allow the move.
    """
    after(move, Status(case.status))
    is_on_the_spot = move != Move.REPORT_BACK
    was_not_solved = _was_not_solved(case)
    return draw_for(case, seed=seed_for(at), at=at, was_not_solved=was_not_solved, is_on_the_spot=is_on_the_spot)


def draw_for(case: Case, *, seed: Seed, at: datetime, was_not_solved: bool, is_on_the_spot: bool = False) -> Draw:
    """Decide by a secret that is at hand; `was_not_solved` tells whether a reporter said so before."""
    assert case.category_id is not None  # the table lets nobody report it done before it has one
    entry = catalogue().by_id[case.category_id]
    dues = (case.due_at,) if is_on_the_spot else (case.stage_due_at, case.due_at)
    facts = Facts(
        case_id=case.pk,
        round=case.rework_count + case.reopen_count,
        is_on_the_spot=is_on_the_spot,
        is_urgent=case.is_urgent,
        is_sensitive=entry.sensitivity != Sensitivity.OPEN,
        was_not_solved=was_not_solved,
        reopened=case.reopen_count,
        reworked=case.rework_count,
        is_late=any(due is not None and at > due for due in dues),
        reports=case.report_count,
    )
    return draw(facts, procedure=entry.procedure, seed=seed)


def _was_not_solved(case: Case) -> bool:
    """Tell whether a reporter said so: by opening it again, or with a grade before somebody else did."""
    if not case.reopen_count:
        return False
    by_reporter = case.timeline.filter(move=Move.REOPEN, by_user=None)
    return by_reporter.exists() or case.ratings.filter(is_solved=False).exists()


def settle_draw(case: Case, drawn: Draw, *, at: datetime) -> None:
    """
    Let a case that was not drawn pass at once, without a verifier; write down why another is looked at.

    Where everything of a category is verified there is nothing to say. No verification
    took place where nobody was drawn, so that no clock of one is left behind either.
    """
    if not drawn.is_drawn:
        case.stage_due_at = None
        move_case(case, Move.PASS, by=None, at=at, data={"drawn": False, "percent": drawn.percent})
    elif drawn.ground != Ground.CATEGORY:
        add_entry(case, EntryKind.DRAW, by=None, at=at, data=drawn.as_data())
