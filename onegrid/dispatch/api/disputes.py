"""Disputes: open one, argue, decide; the open ones, and what was decided before."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Query, Router

from onegrid.accounts.public import acting
from onegrid.cases.public import Case, case_id_of, visible_case
from onegrid.core.api.conditions import etag, seen_version
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.core.pagination import Slice
from onegrid.dispatch.actions.argue_dispute import argue_dispute, invite_unit
from onegrid.dispatch.actions.decide_dispute import decide_dispute
from onegrid.dispatch.actions.open_dispute import open_dispute
from onegrid.dispatch.api.docket_schemas import (
    ArgumentIn,
    ArgumentOut,
    DecisionIn,
    DisputeIn,
    DisputeOut,
    DisputesIn,
    DisputesOut,
    DocketOut,
    InvitationIn,
    PartyOut,
    PrecedentsIn,
)
from onegrid.dispatch.models import Argument, Dispute, DisputeReason, Party, PartyRole
from onegrid.dispatch.readers.disputes import docket, dockets_of, open_disputes, precedents
from onegrid.units.public import directory

router = Router(tags=["disputes"])
_IF_MATCH = {"If-Match": 'The version that the decision was made on, such as "7"; or say it in the body.'}


@router.get("/disputes", response=DisputesOut, operation_id="open_disputes")
@scoped(READ)
def open_ones(request: HttpRequest, asked: Query[DisputesIn]) -> DisputesOut:
    """Show the open dockets that the caller sees, soonest due first and those without a limit last."""
    return _listed(open_disputes(by=acting(request), after=asked.after))


@router.get("/disputes/decided", response=DisputesOut, operation_id="precedents")
@scoped(READ)
def decided(request: HttpRequest, asked: Query[PrecedentsIn]) -> DisputesOut:
    """Show what was decided before about a category and all below it, the newest first."""
    return _listed(precedents(category=asked.category, by=acting(request), after=asked.after))


@router.get("/cases/{case}/disputes", response=DisputesOut, operation_id="disputes_of_case")
@scoped(READ)
def of_case(request: HttpRequest, case: str) -> DisputesOut:
    """Show the dockets of a case, the newest first."""
    found = visible_case(case, by=acting(request))
    return DisputesOut(disputes=[_dispute(row, found) for row in dockets_of(found)], next_after="")


@router.get("/cases/{case}/disputes/{int:number}", response=DocketOut, operation_id="docket")
@scoped(READ)
def one(request: HttpRequest, case: str, number: int) -> DocketOut:
    """Show a docket with everything that was said in it."""
    found = docket(visible_case(case, by=acting(request)), number, by=acting(request))
    shown = _dispute(found.dispute, found.case)
    return DocketOut(
        **shown.model_dump(),
        version=found.case.version,
        parties=[_party(party) for party in found.parties],
        arguments=[_argument(argument) for argument in found.arguments],
    )


@router.post("/cases/{case}/disputes", response={201: DisputeOut}, operation_id="open_dispute")
@scoped(WORK, **_IF_MATCH)
@idempotent
def opened(request: HttpRequest, case: str, payload: DisputeIn) -> HttpResponse:
    """Say for the unit that leads a case that it is not its own: a docket opens, with a clock of its own."""
    by = acting(request)
    dispute = open_dispute(
        case_id=case_id_of(case, by=by),
        version=seen_version(request, payload.version),
        reason=payload.reason,
        words=payload.words,
        claimed_code=payload.claimed,
        by=by,
        at=now(),
    )
    return _answered(dispute)


@router.post("/cases/{case}/arguments", response={201: ArgumentOut}, operation_id="argue_dispute")
@scoped(WORK)
@idempotent
def arguments(request: HttpRequest, case: str, payload: ArgumentIn) -> HttpResponse:
    """Say something for a unit in the open docket of a case; nobody can change or delete it."""
    by = acting(request)
    argument = argue_dispute(
        case_id=case_id_of(case, by=by),
        text=payload.text,
        unit_code=payload.unit,
        evidence_id=payload.evidence,
        by=by,
        at=now(),
    )
    return dumped(_argument(argument), status=201)


@router.post("/cases/{case}/invitations", response={201: PartyOut}, operation_id="invite_unit")
@scoped(WORK)
@idempotent
def invitations(request: HttpRequest, case: str, payload: InvitationIn) -> HttpResponse:
    """Let one more unit argue in the open docket of a case; saying it twice changes nothing."""
    by = acting(request)
    party = invite_unit(case_id=case_id_of(case, by=by), unit_code=payload.unit, by=by, at=now())
    return dumped(_party(party), status=201)


@router.post("/cases/{case}/decisions", response={201: DisputeOut}, operation_id="decide_dispute")
@scoped(WORK, **_IF_MATCH)
@idempotent
def decisions(request: HttpRequest, case: str, payload: DecisionIn) -> HttpResponse:
    """Decide which unit a disputed case belongs to; it may be the one that disputed it."""
    by = acting(request)
    dispute = decide_dispute(
        case_id=case_id_of(case, by=by),
        version=seen_version(request, payload.version),
        lead_code=payload.lead,
        ruling=payload.ruling,
        by=by,
        at=now(),
    )
    return _answered(dispute)


def _listed(page: Slice[Dispute]) -> DisputesOut:
    return DisputesOut(disputes=[_dispute(row, row.case) for row in page.rows], next_after=page.next_after)


def _answered(dispute: Dispute) -> HttpResponse:
    response = dumped(_dispute(dispute, dispute.case), status=201)
    response["ETag"] = etag(dispute.case.version)
    return response


def _dispute(dispute: Dispute, case: Case) -> DisputeOut:
    units = directory().by_id
    return DisputeOut(
        id=dispute.pk,
        case=case.number,
        number=dispute.number,
        category=dispute.category_code,
        reason=DisputeReason(dispute.reason),
        words=dispute.words,
        unit=units[dispute.unit_id].code if dispute.unit_id else None,
        claimed=units[dispute.claimed_unit_id].code if dispute.claimed_unit_id else None,
        opened_at=dispute.opened_at,
        due_at=dispute.due_at if dispute.decided_at else case.stage_due_at,
        decided_at=dispute.decided_at,
        decided_by=dispute.decided_by_name or None,
        decided_unit=units[dispute.decided_unit_id].code if dispute.decided_unit_id else None,
        ruling=dispute.ruling,
    )


def _party(party: Party) -> PartyOut:
    return PartyOut(unit=directory().by_id[party.unit_id].code, role=PartyRole(party.role))


def _argument(argument: Argument) -> ArgumentOut:
    return ArgumentOut(
        id=argument.pk,
        unit=directory().by_id[argument.unit_id].code,
        by=argument.by_name,
        text=argument.text,
        evidence=argument.evidence_id,
        at=argument.at,
    )
