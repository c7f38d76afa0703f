"""Give cases to units, take them back, and try the routing out."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.cases.public import Case, case_id_of
from onegrid.core.api.conditions import etag, seen_version
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.dispatch.actions.dispatch_case import Support, dispatch_case, recall_case
from onegrid.dispatch.api.schemas import (
    AssignmentIn,
    AssignmentOut,
    RecallIn,
    RoutedUnitOut,
    RuleOut,
    SimulationIn,
    SimulationOut,
)
from onegrid.dispatch.readers.routing import Simulation, said_because, simulate
from onegrid.units.public import UnitEntry, directory

router = Router(tags=["dispatch"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}


@router.post("/cases/{case}/assignments", response={201: AssignmentOut}, operation_id="dispatch_case")
@scoped(WORK, **_IF_MATCH)
@idempotent
def assignments(request: HttpRequest, case: str, payload: AssignmentIn) -> HttpResponse:
    """Give a filed case to its lead unit and the units that support it."""
    by = acting(request)
    given = dispatch_case(
        case_id=case_id_of(case, by=by),
        version=seen_version(request, payload.version),
        lead_code=payload.lead,
        support=[Support(unit_code=part.unit, what=part.what) for part in payload.support],
        note=payload.note,
        by=by,
        at=now(),
    )
    return _assigned(given, status=201)


@router.post("/cases/{case}/recall", response=AssignmentOut, operation_id="recall_case")
@scoped(WORK, **_IF_MATCH)
@idempotent
def recall(request: HttpRequest, case: str, payload: RecallIn) -> HttpResponse:
    """Take a case back from a unit that has not started on it."""
    by = acting(request)
    version = seen_version(request, payload.version)
    taken = recall_case(case_id=case_id_of(case, by=by), version=version, reason=payload.reason, by=by, at=now())
    return _assigned(taken, status=200)


@router.post("/routing/simulations", response=SimulationOut, operation_id="simulate_routing")
@scoped(READ)
def simulations(request: HttpRequest, payload: SimulationIn) -> SimulationOut:
    """Show where a case would go and why, without reporting one."""
    shown = simulate(
        category_code=payload.category,
        place=(payload.x, payload.y),
        system=payload.system,
        level=payload.level,
        by=acting(request),
        at=payload.at or now(),
    )
    return _simulated(shown)


def _assigned(case: Case, *, status: int) -> HttpResponse:
    lead = directory().by_id.get(case.lead_unit_id) if case.lead_unit_id else None
    shown = AssignmentOut(
        number=case.number,
        version=case.version,
        status=case.status,
        lead_unit=lead.code if lead else None,
        stage_due_at=case.stage_due_at,
    )
    response = dumped(shown, status=status)
    response["ETag"] = etag(case.version)
    return response


def _simulated(shown: Simulation) -> SimulationOut:
    route, language = shown.route, get_language() or ""
    return SimulationOut(
        grid_code=shown.location.grid.code,
        lead=_unit(route.lead, language) if route.lead else None,
        support=[_unit(unit, language) for unit in route.support],
        rule=route.rule.code if route.rule else None,
        reason=route.reason,
        others=[RuleOut(code=rule.code, reason=said_because(rule)) for rule in route.others],
    )


def _unit(unit: UnitEntry, language: str) -> RoutedUnitOut:
    return RoutedUnitOut(code=unit.code, name=unit.named(language))
