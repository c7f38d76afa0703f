"""Set working days for a calendar or a unit, and let them be as usual again."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now
from ninja import Router

from onegrid.accounts.public import acting
from onegrid.core.api.idempotency import idempotent
from onegrid.core.api.scopes import WORK, scoped
from onegrid.dispatch.actions.set_working_days import set_working_days, withdraw_working_days
from onegrid.dispatch.api.schemas import DayIn
from onegrid.units.public import DaysPlan, SpanOfDays, Whose

router = Router(tags=["calendars"])


@router.put("/calendars/{code}/days/{day}", response={204: None}, operation_id="set_calendar_day")
@scoped(WORK)
@idempotent
def set_day(request: HttpRequest, code: str, day: date, *, payload: DayIn) -> HttpResponse:
    """Set a day for all who follow a calendar. One that is set otherwise is to be withdrawn first."""
    return _set(request, Whose(calendar=code), _plan(day, payload))


@router.api_operation(
    ["DELETE"], "/calendars/{code}/days/{day}", response={204: None}, operation_id="withdraw_calendar_day"
)
@scoped(WORK)
@idempotent
def withdraw_day(request: HttpRequest, code: str, day: date) -> HttpResponse:
    """Let a day of a calendar be as usual again."""
    return _withdraw(request, Whose(calendar=code), day)


@router.put("/units/{code}/days/{day}", response={204: None}, operation_id="set_unit_day")
@scoped(WORK)
@idempotent
def set_day_of_unit(request: HttpRequest, code: str, day: date, *, payload: DayIn) -> HttpResponse:
    """Set a day for one unit, and those below it that have no calendar of their own."""
    return _set(request, Whose(unit=code), _plan(day, payload))


@router.api_operation(["DELETE"], "/units/{code}/days/{day}", response={204: None}, operation_id="withdraw_unit_day")
@scoped(WORK)
@idempotent
def withdraw_day_of_unit(request: HttpRequest, code: str, day: date) -> HttpResponse:
    """Let a day of a unit be as usual again."""
    return _withdraw(request, Whose(unit=code), day)


def _plan(day: date, payload: DayIn) -> DaysPlan:
    return DaysPlan(
        days=SpanOfDays(first=day, last=day),
        is_working=payload.is_working,
        spans=[(span.start, span.end) for span in payload.spans],
        reason=payload.reason,
    )


def _set(request: HttpRequest, whose: Whose, plan: DaysPlan) -> HttpResponse:
    set_working_days(whose=whose, plan=plan, by=acting(request), at=now())
    return HttpResponse(status=204)


def _withdraw(request: HttpRequest, whose: Whose, day: date) -> HttpResponse:
    withdraw_working_days(whose=whose, days=SpanOfDays(first=day, last=day), by=acting(request), at=now())
    return HttpResponse(status=204)
