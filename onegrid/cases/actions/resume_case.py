"""A suspended case goes on: early, because somebody says so, or by itself when its time comes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from onegrid.accounts.public import User, has_permission
from onegrid.cases.actions.lifecycle import move_case, open_case
from onegrid.cases.models import Case
from onegrid.cases.states import Move, Status

AT_A_TIME = 200


@transaction.atomic(durable=True)
def resume_case(*, case_id: UUID, version: int, note: str, by: User, at: datetime) -> Case:
    """
    Let a suspended case go on before its time; the unit may, and the centre.

    :raises IllegalMoveError: if it is not suspended.
    """
    lead = Case.objects.filter(pk=case_id).values_list("lead_unit", "area_path").first()
    is_unit = lead is not None and has_permission(by, "cases.ask_time", area_path=lead[1], unit_ids=(lead[0],))
    permission = "cases.ask_time" if is_unit else "cases.resume"
    case = open_case(case_id, by=by, permission=permission, version=version, unit_bound=is_unit)
    move_case(case, Move.RESUME, by=by, at=at, text=note.strip())
    return case


def resume_due_cases(*, at: datetime, most: int = AT_A_TIME) -> int:
    """
    Let the cases go on whose suspension is over, first those that ended first; return how many.

    Each goes on as of the moment that was said beforehand, however late this comes, in a transaction of its own;
    another process that does the same at once changes nothing twice.
    """
    over = Case.objects.filter(status=Status.SUSPENDED, suspended_until__lte=at).order_by("suspended_until", "pk")
    return sum(_resume(case_id=case_id, at=at) for case_id in list(over.values_list("pk", flat=True)[:most]))


@transaction.atomic(durable=True)
def _resume(*, case_id: UUID, at: datetime) -> bool:
    over = Case.objects.filter(pk=case_id, status=Status.SUSPENDED, suspended_until__lte=at)
    case = over.select_for_update(of=("self",), skip_locked=True).first()
    if case is None or case.suspended_until is None:
        return False
    move_case(case, Move.RESUME, by=None, at=case.suspended_until, heard_at=at)
    return True
