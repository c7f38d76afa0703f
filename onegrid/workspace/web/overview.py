"""The overview of a head: numbers of a period, each of which opens."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from onegrid.cases.public import CannotBeFoundError
from onegrid.core.errors import NotAllowedError
from onegrid.workspace.readers.overview import overview as read_overview
from onegrid.workspace.readers.overview_tables import Focus
from onegrid.workspace.rules.filters import LONGEST_TEXT
from onegrid.workspace.rules.periods import NoSuchPeriodError, Period, asked_period
from onegrid.workspace.web.frame import frame, may, officer


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show what came, what went, what stands, and what of it is late and why."""
    by, at = officer(request), timezone.now()
    if not may(by, "cases.overview"):
        raise NotAllowedError(_("Your duties do not include the overview of a unit."))
    focus = Focus(area=_word(request, "area"), category=_word(request, "category"), unit=_word(request, "unit"))
    try:
        period, problem = _period(request), ""
    except NoSuchPeriodError as refusal:
        period, problem = asked_period(name="", first="", last="", today=timezone.localdate(at)), str(refusal)
    no_such_period = bool(problem)
    try:
        page = read_overview(focus, period, by=by, at=at)
    except CannotBeFoundError as refusal:
        page, problem = read_overview(Focus(), period, by=by, at=at), str(refusal)
    context = {**frame(request, "overview"), "page": page, "problem": problem, "no_such_period": no_such_period}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "workspace/overview.html", context, status=status)


def _period(request: HttpRequest) -> Period:
    asked = {name: request.GET.get(name, "").strip() for name in ("period", "from", "to")}
    return asked_period(name=asked["period"], first=asked["from"], last=asked["to"], today=timezone.localdate())


def _word(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip()[:LONGEST_TEXT].replace("\x00", "\ufffd")  # which stands for what is none
