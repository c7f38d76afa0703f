"""New cases: at the desk on someone's behalf, and on a phone by a grid worker."""

from http import HTTPStatus

from django.contrib.messages import success, warning
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onegrid.core.errors import DomainError, NotAllowedError
from onegrid.workspace.readers.choices import chosen_kind, groups, kinds_like
from onegrid.workspace.readers.near import near_draft
from onegrid.workspace.web.forms.reporting import DeskForm, FieldForm, ReportForm
from onegrid.workspace.web.frame import frame, may, officer
from onegrid.workspace.web.pickers import DRAFTED
from onegrid.workspace.web.steps import SEARCH


@require_http_methods(["GET", "POST"])
def new_case(request: HttpRequest) -> HttpResponse:
    """Take down what somebody reports to the desk; grid workers get their own form."""
    _require(request)
    if request.method == "GET":
        if may(officer(request), "cases.solve_on_the_spot"):
            return redirect("workspace:on_the_spot")
        return _desk(request, DeskForm(initial=_asked(request), by=officer(request), at=timezone.now()))
    form = DeskForm(request.POST, request.FILES, by=officer(request), at=timezone.now())
    if SEARCH in request.POST:
        return _desk(request, DeskForm(initial=kept(form), by=form.by, at=form.at))
    try:
        if form.is_valid():
            number = form.carry_out()
            success(request, _("%(number)s is registered.") % {"number": number})
            return redirect("workspace:case", number)
    except DomainError as refusal:
        return _desk(request, form, status=form.take_refusal(refusal))
    return _desk(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_http_methods(["GET", "POST"])
def on_the_spot(request: HttpRequest) -> HttpResponse:
    """Take a grid worker's report, closed in one go if they solved it themselves."""
    _require(request)
    if request.method == "GET":
        return _field(request, FieldForm(initial=_asked(request), by=officer(request), at=timezone.now()))
    form = FieldForm(request.POST, request.FILES, by=officer(request), at=timezone.now())
    if SEARCH in request.POST:
        return _field(request, FieldForm(initial=kept(form), by=form.by, at=form.at))
    try:
        if form.is_valid():
            number, why_open = form.carry_out()
            success(request, _("%(number)s is registered.") % {"number": number})
            if why_open:
                warning(request, why_open)
            return redirect("workspace:case", number)
    except DomainError as refusal:
        return _field(request, form, status=form.take_refusal(refusal))
    return _field(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _require(request: HttpRequest) -> None:
    if not may(officer(request), "cases.report"):
        raise NotAllowedError(_("Your duties do not include registering cases."))


def _asked(request: HttpRequest) -> dict[str, object]:
    return {name: value for name in ("parent", "lon", "lat", "address") if (value := request.GET.get(name))}


def kept(form: ReportForm) -> dict[str, object]:
    """Return what was filled in so far, for a form that asks again."""
    return {bound.name: bound.value() for bound in form if bound.name in form.data}


def _desk(request: HttpRequest, form: ReportForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "workspace/new_case.html", _context(request, form), status=status)


def _field(request: HttpRequest, form: ReportForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    return render(request, "workspace/on_the_spot.html", _context(request, form), status=status)


def _context(request: HttpRequest, form: ReportForm) -> dict[str, object]:
    return {**frame(request, "new"), **choices(form)}


def choices(form: ReportForm) -> dict[str, object]:
    """Return a form with what is chosen from beside it: the kinds that fit, all kinds, and the cases near by."""
    sent = {name: str(form[name].value() or "") for name in DRAFTED}
    return {
        "form": form,
        "kinds": kinds_like(sent["text"], find=sent["find"], current=chosen_kind(sent["category"])),
        "groups": groups(),
        "find": sent["find"],
        "near": near_draft(sent, by=form.by, at=form.at),
    }
