"""The list and the map: the API's twins of the queue and the map page, on the hot path."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.accounts.public import acting
from onegrid.cases.readers.clocks import times_left
from onegrid.cases.readers.codes import known
from onegrid.cases.readers.listing import Listed, listing
from onegrid.cases.readers.map import MapView, map_view
from onegrid.cases.readers.parts import Order
from onegrid.cases.readers.selection import Due, Scope, Selection
from onegrid.cases.rules.clock import Light, light
from onegrid.cases.states import STAGE_NAMED, Outcome, Stage, Status
from onegrid.catalogue.public import catalogue
from onegrid.core.api.plain import PlainOperation, json_response
from onegrid.core.api.queries import parameters
from onegrid.core.api.scopes import READ
from onegrid.core.errors import InvalidInputError
from onegrid.core.fields import Box
from onegrid.core.pagination import LONGEST_CURSOR, MOST_ROWS, PAGE_SIZE
from onegrid.core.web.packing import packed_quickly
from onegrid.geography.public import Level
from onegrid.units.public import Counting, directory

_Code = Annotated[str, msgspec.Meta(max_length=120)]
_STATUSES = {status.value: status for status in Status}
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class SelectionIn(msgspec.Struct, frozen=True, kw_only=True):
    """Which cases: the filters of the queue. `status` and `stage` may be repeated."""

    scope: Scope = Scope.ALL
    is_open: bool | None = None
    status: tuple[Status, ...] = ()
    stage: tuple[Stage, ...] = ()
    area: _Code = ""
    category: _Code = ""
    unit: _Code = ""
    due: Due | None = None
    due_before: _Moment | None = None
    reported_from: _Moment | None = None
    reported_before: _Moment | None = None
    ended_from: _Moment | None = None
    ended_before: _Moment | None = None
    is_urgent: bool | None = None
    text: Annotated[str, msgspec.Meta(max_length=200)] = ""
    changed_since: _Moment | None = None

    def selection(self) -> Selection:
        """Return it as the readers ask it."""
        return Selection(
            scope=self.scope,
            is_open=self.is_open,
            statuses=self.status,
            stages=self.stage,
            area=self.area,
            category=self.category,
            unit=self.unit,
            due=self.due,
            due_before=self.due_before,
            reported_from=self.reported_from,
            reported_before=self.reported_before,
            ended_from=self.ended_from,
            ended_before=self.ended_before,
            is_urgent=self.is_urgent,
            text=self.text,
            changed_since=self.changed_since,
        )


class CasesIn(SelectionIn, frozen=True, kw_only=True):
    """A page of the cases asked for."""

    order: Order = Order.NEWEST
    after: Annotated[str, msgspec.Meta(max_length=LONGEST_CURSOR)] = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MOST_ROWS)] = PAGE_SIZE


class MapIn(SelectionIn, frozen=True, kw_only=True):
    """A part of the map: `bbox` is west,south,east,north in degrees on WGS-84. Open cases, unless it says otherwise."""

    bbox: Annotated[str, msgspec.Meta(max_length=100)]
    zoom: Annotated[float, msgspec.Meta(ge=0, le=24)]
    is_open: bool | None = True


class LeftRow(msgspec.Struct, frozen=True):
    """What is left of the running stage in the time that counts, a working day as 24 hours; below zero when late."""

    hours: float
    unit: Counting
    text: str


class CaseRow(msgspec.Struct, frozen=True):
    """One row of the list."""

    id: UUID
    number: str
    version: int
    title: str
    status: Status
    stage: Stage | None
    outcome: Outcome | None
    light: Light
    category: str
    lon: float
    lat: float
    address: str
    grid_code: str
    township: str
    community: str
    lead_unit: str
    holder_unit: str
    assignee: str
    is_urgent: bool
    reported_at: datetime
    stage_due_at: datetime | None
    stage_left: LeftRow | None
    due_at: datetime | None
    ended_at: datetime | None


class CasesOut(msgspec.Struct, frozen=True):
    """A page of cases; `next_after` is empty at the end, and else also in the header Link."""

    cases: list[CaseRow]
    next_after: str


class AreaCountOut(msgspec.Struct, frozen=True):
    """How many of the cases asked for lie in an area, and how many of them are late."""

    code: str
    name: str
    lon: float
    lat: float
    cases: int
    late: int


class PinOut(msgspec.Struct, frozen=True, array_like=True):
    """One case, as an array to keep it short."""

    number: str
    lon: float
    lat: float
    light: Light
    status: Status
    is_urgent: bool
    category: str
    title: str


class MapOut(msgspec.Struct, frozen=True):
    """
    What the map shows: single cases from near (`level` is null), else the counts of the areas of one level.

    `has_more` says that the cases are only the most urgent of those in the box.
    """

    level: Level | None
    counts: list[AreaCountOut]
    pins: list[PinOut]
    has_more: bool


def cases(request: HttpRequest) -> HttpResponse:
    """Show a page of the cases asked for."""
    asked = parameters(request, CasesIn)
    at = now()
    selection = known(asked.selection())
    page = listing(selection, order=asked.order, by=acting(request), at=at, after=asked.after, limit=asked.limit)
    rows = _rows(page.rows, at=at)
    response = json_response(CasesOut(cases=rows, next_after=page.next_after))
    if page.next_after:
        query = [(name, value) for name, value in request.GET.lists() if name != "after"]
        address = f"{request.path}?{urlencode([*query, ('after', page.next_after)], doseq=True)}"
        response["Link"] = f'<{address}>; rel="next"'
    return response


@packed_quickly
def case_map(request: HttpRequest) -> HttpResponse:
    """Show the cases in a part of the map as the zoom allows."""
    asked = parameters(request, MapIn)
    shown = map_view(known(asked.selection()), box=_box(asked.bbox), zoom=asked.zoom, by=acting(request), at=now())
    return json_response(_map_out(shown))


def _rows(found: Sequence[Listed], *, at: datetime) -> list[CaseRow]:
    """Return cases as the list says them; what all of them need is looked up once."""
    kinds, units, language = catalogue().by_id, directory().by_id, get_language() or ""
    rows = []
    for case, left in zip(found, times_left(found, now=at), strict=True):
        category = kinds.get(case.category_id) if case.category_id else None
        lead = units.get(case.lead_unit_id) if case.lead_unit_id else None
        holder = units.get(case.holder_unit_id) if case.holder_unit_id else None
        rows.append(
            CaseRow(
                id=case.id,
                number=case.number,
                version=case.version,
                title=case.title,
                status=_STATUSES[case.status],
                stage=STAGE_NAMED[case.status],
                outcome=Outcome(case.outcome) if case.outcome else None,
                light=light(
                    started_at=case.stage_started_at,
                    yellow_at=case.stage_yellow_at,
                    due_at=case.stage_due_at,
                    paused_until=case.suspended_until,
                    now=at,
                ),
                category=category.code if category else "",
                lon=case.lon,
                lat=case.lat,
                address=case.address,
                grid_code=case.grid_code,
                township=case.township_name,
                community=case.community_name,
                lead_unit=lead.code if lead else "",
                holder_unit=holder.code if holder else "",
                assignee=case.assignee__display_name or "",
                is_urgent=case.is_urgent,
                reported_at=case.reported_at,
                stage_due_at=case.stage_due_at,
                stage_left=LeftRow(left.hours, left.counting, left.said_in(language)) if left else None,
                due_at=case.due_at,
                ended_at=case.ended_at,
            )
        )
    return rows


def _map_out(shown: MapView) -> MapOut:
    counts = [
        AreaCountOut(area.code, area.name, area.label_at.lon, area.label_at.lat, area.cases, area.late)
        for area in shown.counts
    ]
    pins = [
        PinOut(
            pin.number, round(pin.place.lon, 6), round(pin.place.lat, 6), pin.light, pin.status, pin.is_urgent,
            pin.category, pin.title,
        )
        for pin in shown.pins
    ]  # fmt: skip
    return MapOut(level=shown.level, counts=counts, pins=pins, has_more=shown.has_more)


def _box(text: str) -> Box:
    message = _("Give west, south, east and north in degrees, such as 120.5,27.8,120.8,28.1.")
    try:
        box = Box(*(float(part) for part in text.split(",")))
    except (TypeError, ValueError) as fault:
        raise InvalidInputError(message, fields={"bbox": message}) from fault
    if not all(math.isfinite(edge) for edge in box) or box.west > box.east or box.south > box.north:
        raise InvalidInputError(message, fields={"bbox": message})
    return box


OPERATIONS = (
    PlainOperation(
        method="GET", path="cases", operation_id="cases", summary="Cases", tag="cases", scope=READ, view=cases,
        parameters=CasesIn, answers={200: CasesOut},
        description="The cases that the caller may see, page by page. The next page is in `next_after` and in Link.",
    ),
    PlainOperation(
        method="GET", path="map", operation_id="case_map", summary="Map", tag="cases", scope=READ, view=case_map,
        parameters=MapIn, answers={200: MapOut},
        description="Counts by area from far, single cases from near; never both.",
    ),
)  # fmt: skip
