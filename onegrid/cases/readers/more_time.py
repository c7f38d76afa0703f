"""Requests for more time: what waits for whose decision."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from onegrid.accounts.public import GRANTS, Duty, User, duties_granting, has_permission
from onegrid.cases.models import Case, TimeRequest, TimeState
from onegrid.cases.rules.more_time import ladder_from
from onegrid.cases.states import Status

GRANT_IN_UNIT, GRANT_IN_AREA = "cases.grant_unit_time", "cases.grant_time"
IN_THE_UNIT = "unit"  # the level of the head of the unit that asks; all others are levels of areas
WORKED_ON = frozenset({Status.DISPATCHED, Status.IN_PROGRESS})
SHOWN = 200


def permission_at(level: str) -> str:
    """Return which permission decides on requests of a level."""
    return GRANT_IN_UNIT if level == IN_THE_UNIT else GRANT_IN_AREA


def decides(user: User, request: TimeRequest, *, area_path: str) -> bool:
    """
    Tell whether somebody's post decides on a request for a case that lies there.

    Whoever acts for the unit that asks decides only as its head (DESIGN §3.6); who asked is another question.
    """
    if request.level == IN_THE_UNIT:
        return has_permission(user, GRANT_IN_UNIT, area_path=area_path, unit_ids=(request.unit_id,))
    return any(
        duty.area.level == request.level
        and duty.unit_id != request.unit_id
        and f"{area_path}/".startswith(f"{duty.area.path}/")
        for duty in duties_granting(user, GRANT_IN_AREA)
    )


def level_for(level: str, *, by: User, unit_id: UUID, area_path: str) -> str:
    """
    Return who decides on what `by` asks: the level that the catalogue names, or the next above that has somebody else.

    One statement for each level looked at.
    """
    rungs = ladder_from(level)
    return next((rung for rung in rungs if _posts(rung, unit_id, area_path).exclude(user=by).exists()), rungs[-1])


def _posts(level: str, unit_id: UUID, area_path: str) -> QuerySet[Duty]:
    roles = [role for role, granted in GRANTS.items() if permission_at(level) in granted]
    live = Duty.objects.live().filter(role__in=roles, user__is_active=True)
    if level == IN_THE_UNIT:
        return live.filter(unit=unit_id)
    parts = area_path.split("/")
    paths = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return live.filter(area__level=level, area__path__in=paths).exclude(unit=unit_id)


def every_request_of(case: Case) -> Sequence[TimeRequest]:
    """Return what was ever asked for a case, oldest first; one statement."""
    return list(case.time_requests.all())


def requests_of(case: Case) -> Sequence[TimeRequest]:
    """Return what was asked for a case, oldest first; one statement, none where nobody handles it."""
    if case.status not in {*WORKED_ON, Status.SUSPENDED}:
        return ()
    return list(case.time_requests.select_related("asked_by"))


def requests_for(user: User) -> list[TimeRequest]:
    """Return the requests that wait for somebody's decision, the limit that is over first leading. One statement."""
    found = waiting_on(user).select_related("case", "asked_by")
    return list(found.order_by("due_at", "asked_at", "id")[:SHOWN])


def waiting_on(user: User) -> QuerySet[TimeRequest]:
    """Return the requests that wait for somebody's decision, in no order; of those they asked for themselves none."""
    units = {duty.unit_id for duty in duties_granting(user, GRANT_IN_UNIT)}
    mine = Q(level=IN_THE_UNIT, unit__in=units)
    for duty in duties_granting(user, GRANT_IN_AREA):
        inside = Q() if "/" not in duty.area.path else Q(case__area_path__startswith=f"{duty.area.path}/")
        mine |= inside & Q(level=duty.area.level) & ~Q(unit=duty.unit_id)
    return TimeRequest.objects.filter(mine, state=TimeState.PENDING).exclude(asked_by=user)


def granted_of(requests: Collection[TimeRequest], *, kind: str, round_: int, unit_id: UUID | None = None) -> int:
    """Count what was granted of a kind in a round, to one unit where it is named."""
    return sum(
        1
        for each in requests
        if (each.kind, each.state, each.round) == (kind, TimeState.GRANTED, round_) and unit_id in {None, each.unit_id}
    )
