"""Supervision orders: those of a case, and those that wait for an answer."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from onegrid.accounts.public import User, duties_granting
from onegrid.cases.models import Case, SupervisionOrder
from onegrid.cases.readers.more_time import WORKED_ON
from onegrid.cases.states import Status

SUPERVISE, ANSWER = "cases.supervise", "cases.handle"
SUPERVISED = frozenset({*WORKED_ON, Status.SUSPENDED})  # where a unit has the case, so that it can be asked
SHOWN = 200


def every_order_of(case: Case) -> Sequence[SupervisionOrder]:
    """Return what was ever ordered on a case, oldest first; one statement."""
    found = SupervisionOrder.objects.filter(case=case)
    return list(found.select_related("ordered_by", "answered_by", "withdrawn_by"))


def open_orders_of(case: Case) -> Sequence[SupervisionOrder]:
    """Return the orders on a case that wait, soonest due first; one statement, none where no unit leads."""
    if case.lead_unit_id is None:
        return ()
    return list(SupervisionOrder.objects.open().filter(case=case).select_related("ordered_by").order_by("due_at", "id"))


def orders_waiting_for(user: User) -> QuerySet[SupervisionOrder]:
    """Return the orders that somebody's units have to answer, in no order."""
    return SupervisionOrder.objects.open().filter(unit__in={duty.unit_id for duty in duties_granting(user, ANSWER)})


def open_orders_for(user: User) -> list[SupervisionOrder]:
    """Return the orders that somebody's units have to answer and those they gave, soonest due first. One statement."""
    mine = Q(unit__in={duty.unit_id for duty in duties_granting(user, ANSWER)})
    if duties_granting(user, SUPERVISE):
        mine |= Q(ordered_by=user, case__in=Case.objects.visible_to(user))
    found = SupervisionOrder.objects.open().filter(mine).select_related("case", "ordered_by")
    return list(found.order_by("due_at", "id")[:SHOWN])
