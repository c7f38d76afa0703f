"""Filters of the queue under a name, for oneself or for one's unit."""

from urllib.parse import parse_qs
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from ninja import Query, Router

from onegrid.accounts.public import acting
from onegrid.cases.public import queue_page
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.interface import dumped
from onegrid.core.api.scopes import READ, WORK, scoped
from onegrid.workspace.actions.save_filter import (
    FilterNotFoundError,
    change_filter,
    choose_start,
    delete_filter,
    save_filter,
)
from onegrid.workspace.api.schemas import (
    FilterIn,
    FilterOut,
    FilterPageIn,
    FiltersOut,
    FoundCaseOut,
    FoundCasesOut,
    NewFilterIn,
    StartIn,
)
from onegrid.workspace.readers.saved_filters import Saved, saved_filters
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError, read

router = Router(tags=["filters"])


@router.get("", response=FiltersOut, operation_id="saved_filters")
@scoped(READ)
def filters(request: HttpRequest) -> FiltersOut:
    """List one's own filters and those shared with one's units."""
    return FiltersOut(filters=[_out(one) for one in saved_filters(by=acting(request), at=now())])


@router.post("", response={201: FilterOut}, operation_id="save_filter")
@scoped(WORK)
@idempotent
def new_filter(request: HttpRequest, payload: NewFilterIn) -> HttpResponse:
    """Save a filter of the queue under a name, for oneself or with everybody of a unit."""
    by = acting(request)
    kept = save_filter(
        filter_id=payload.id,
        name=payload.name,
        filters=_read(payload.query),
        unit_code=payload.unit,
        is_start=payload.is_start,
        by=by,
        at=now(),
    )
    return dumped(_out(_one(request, kept.pk)), status=201)


@router.put("/start", response={204: None}, operation_id="choose_start_filter")
@scoped(WORK)
@idempotent
def start(request: HttpRequest, payload: StartIn) -> HttpResponse:
    """Choose the filter that one's queue opens with."""
    choose_start(filter_id=payload.filter, by=acting(request))
    return HttpResponse(status=204)


@router.put("/{uuid:filter_id}", response=FilterOut, operation_id="change_filter")
@scoped(WORK)
@idempotent
def changed_filter(request: HttpRequest, filter_id: UUID, *, payload: FilterIn) -> HttpResponse:
    """Rename a filter, share it or not, or give it other words."""
    change_filter(
        filter_id=filter_id,
        name=payload.name,
        unit_code=payload.unit,
        filters=_read(payload.query),
        by=acting(request),
        at=now(),
    )
    return dumped(_out(_one(request, filter_id)))


@router.api_operation(["DELETE"], "/{uuid:filter_id}", response={204: None}, operation_id="delete_filter")
@scoped(WORK)
@idempotent
def deleted_filter(request: HttpRequest, filter_id: UUID) -> HttpResponse:
    """Give a filter up, for everybody it was shared with too."""
    delete_filter(filter_id=filter_id, by=acting(request), at=now())
    return HttpResponse(status=204)


@router.get("/{uuid:filter_id}/cases", response=FoundCasesOut, operation_id="cases_of_filter")
@scoped(READ)
def found_cases(request: HttpRequest, filter_id: UUID, *, page: Query[FilterPageIn]) -> FoundCasesOut:
    """List what a filter finds for the caller: of a shared one, too, only what their own duties show."""
    by, at, meaning = acting(request), now(), _one(request, filter_id).filters
    found = queue_page(
        meaning.selection(now=localtime(at)), order=meaning.sort, by=by, at=at, after=page.after, limit=page.limit
    )
    cases = [
        FoundCaseOut(
            number=row.number,
            version=row.version,
            title=row.title,
            status=row.status,
            reported_at=row.reported_at,
            stage_due_at=row.stage_due_at,
        )
        for row in found.rows
    ]
    return FoundCasesOut(cases=cases, next_after=found.next_after)


def _one(request: HttpRequest, filter_id: UUID) -> Saved:
    found = saved_filters(by=acting(request), at=now())
    saved = next((one for one in found if one.id == filter_id), None)
    if saved is None:
        raise FilterNotFoundError(_("There is no such filter, or it is not yours to use."))
    return saved


def _read(query: str) -> Filters:
    try:
        return read(parse_qs(query.removeprefix("?"), keep_blank_values=True))
    except NoSuchFilterError as fault:
        raise NoSuchFilterError(str(fault), fields={"query": str(fault)}) from fault


def _out(saved: Saved) -> FilterOut:
    return FilterOut(
        id=saved.id,
        name=saved.name,
        query=saved.filters.query().removeprefix("?"),
        unit=saved.unit_code,
        owner=saved.owner,
        is_mine=saved.is_mine,
        is_start=saved.is_start,
    )
