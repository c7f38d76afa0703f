"""The calendars: who works when, one of them as a year, and setting days that are not as usual."""

from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from onegrid.cases.public import reckoning_now
from onegrid.core.errors import InvalidInputError
from onegrid.core.snapshots import refresh
from onegrid.units.public import FIRST_YEAR, LAST_YEAR, DayNotSetError
from onegrid.workspace.readers.calendars import calendar_lines, calendar_year
from onegrid.workspace.rules.year import weekday_heads
from onegrid.workspace.web.forms.days import WHOLE, DaysForm
from onegrid.workspace.web.frame import frame, officer


@require_GET
def calendars(request: HttpRequest) -> HttpResponse:
    """List the calendars, who follows which, and whether next year's public holidays are known."""
    context = {**_frame(request), "lines": calendar_lines(at=now())}
    return render(request, "workspace/calendars.html", context)


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Show a year of a calendar; set days of it, or of a unit that follows it."""
    unit_code = request.GET.get("unit", "")[:60]
    if request.method == "GET":
        return _page(request, code, DaysForm(code=code, by=officer(request), initial={"whose": unit_code}))
    form = DaysForm(request.POST, code=code, by=officer(request))
    try:
        if form.is_valid():
            changed = form.carry_out(at=now())
            success(request, _said(changed))
            asked = {"year": form.days.first.year, **({"unit": unit_code} if unit_code else {})}
            return redirect(f"{request.path}?{urlencode(asked)}")
    except InvalidInputError as refusal:
        form.take_refusal(refusal)
    except DayNotSetError as refusal:
        form.add_error("day", str(refusal))
    return _page(request, code, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(request: HttpRequest, code: str, form: DaysForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    framed = _frame(request)
    at, unit_code = now(), request.GET.get("unit", "")[:60].replace("\x00", "")
    year = _year(request.GET.get("year", ""), this_year=localdate(at).year)
    page = calendar_year(code, unit_code=unit_code, year=year, by=officer(request), at=at)
    years = [each for each in range(year - 1, year + 2) if FIRST_YEAR <= each <= LAST_YEAR]
    context = {**framed, "page": page, "form": form, "years": years, "whole": WHOLE}
    return render(request, "workspace/calendar.html", {**context, "weekdays": weekday_heads()}, status=status)


def _frame(request: HttpRequest) -> dict[str, object]:
    refresh()  # whoever has just changed a calendar sees it so, whichever process answers
    return {**frame(request, "calendars"), "reckoning": reckoning_now()}


def _year(asked: str, *, this_year: int) -> int:
    is_year = asked.isascii() and asked.isdigit() and len(asked) == len(str(LAST_YEAR))
    return int(asked) if is_year and FIRST_YEAR <= int(asked) <= LAST_YEAR else this_year


def _said(changed: int) -> str:
    text = ngettext(
        "%(n)d day has changed. Time limits that run are reckoned by it.",
        "%(n)d days have changed. Time limits that run are reckoned by them.",
        changed,
    )
    return text % {"n": changed}
