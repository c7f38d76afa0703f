"""
Intake over the API: the hot path (DESIGN §6).

The struct is the same thing that the action takes, as a partner system says
it. The id is made by the sender; sending twice returns the first answer.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from onegrid.accounts.public import acting
from onegrid.cases.public import Channel
from onegrid.core.api.bodies import decoded, in_utc, require_keepable
from onegrid.core.api.errors import NotMadeAtItsSourceError
from onegrid.core.api.plain import PlainOperation, json_response
from onegrid.core.api.scopes import REPORT
from onegrid.core.ids import is_made_at_its_source
from onegrid.dispatch.actions.report_case import Reported, ReportedCase, report_case
from onegrid.geography.public import CoordinateSystem

_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class ReportIn(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report: `x` is longitude and `y` latitude in `system`; `reported_at` is when it happened, now if left out."""

    id: UUID
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=5000)]
    x: float
    y: float
    title: Annotated[str, msgspec.Meta(max_length=120)] = ""
    system: CoordinateSystem = CoordinateSystem.WGS84
    category: Annotated[str, msgspec.Meta(max_length=120)] = ""
    accuracy_m: Annotated[float, msgspec.Meta(ge=0, le=1_000_000)] | None = None
    address: Annotated[str, msgspec.Meta(max_length=200)] = ""
    answers: dict[str, Any] = {}
    reporter_name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    reporter_contact: Annotated[str, msgspec.Meta(max_length=100)] = ""
    reported_at: _Moment | None = None


class ReceiptOut(msgspec.Struct, frozen=True, kw_only=True):
    """What the sender keeps: the number, where it was placed, and by when somebody must have dealt with it."""

    id: UUID
    number: str
    due_at: datetime | None
    grid_code: str
    community: str
    township: str


def intake(request: HttpRequest) -> HttpResponse:
    """Take a report in as a case; the first answer is 201, and so is every later one to the same report."""
    body = decoded(request, ReportIn)
    if not is_made_at_its_source(body.id):
        raise NotMadeAtItsSourceError
    if body.answers:
        require_keepable({"answers": body.answers})
    reported = report_case(report=_report(body), channel=Channel.API, by=acting(request), at=now())
    response = json_response(_receipt(reported), status=201)
    response["Location"] = f"{request.path}/{reported.receipt.number}"
    return response


def _report(body: ReportIn) -> ReportedCase:
    return ReportedCase(
        id=body.id,
        text=body.text,
        x=body.x,
        y=body.y,
        title=body.title,
        system=body.system,
        category_code=body.category,
        accuracy_m=body.accuracy_m,
        address=body.address,
        answers=body.answers,
        reporter_name=body.reporter_name,
        reporter_contact=body.reporter_contact,
        reported_at=in_utc(body.reported_at) if body.reported_at else None,
    )


def _receipt(reported: Reported) -> ReceiptOut:
    receipt, place = reported.receipt, reported.location
    return ReceiptOut(
        id=receipt.case_id,
        number=receipt.number,
        due_at=receipt.due_at,
        grid_code=place.grid.code,
        community=place.community.name,
        township=place.township.name,
    )


OPERATIONS = (
    PlainOperation(
        method="POST", path="cases", operation_id="report_case", summary="Report", tag="cases", scope=REPORT,
        view=intake, body=ReportIn, answers={201: ReceiptOut},
        is_worked_out_again=True,  # its due moments, whenever a calendar has changed (`cases.tasks.recompute`)
        description=(
            "Report a case. `id` is a UUIDv7 made where it is reported: the same report sent twice gets the first"
            " answer, another report under the same id a 409."
        ),
    ),
)  # fmt: skip
