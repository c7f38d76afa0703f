"""Calls: what is said on the telephone becomes a case while the caller is still there."""

from http import HTTPStatus

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from onegrid.core.errors import DomainError, NotAllowedError
from onegrid.geography.public import communities
from onegrid.workspace.permissions import Permission
from onegrid.workspace.web.forms.calling import CallForm
from onegrid.workspace.web.frame import frame, may, officer
from onegrid.workspace.web.new_case import choices, kept
from onegrid.workspace.web.steps import SEARCH


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest) -> HttpResponse:
    """Take down a call; then a fresh form waits for the next one, with the number to read out above it."""
    by, at = officer(request), timezone.now()
    if not may(by, Permission.TAKE_CALLS):
        raise NotAllowedError(_("Your duties do not include taking calls."))
    if request.method == "GET":
        return _page(request, CallForm(by=by, at=at))
    form = CallForm(request.POST, by=by, at=at)
    if SEARCH in request.POST:
        return _page(request, CallForm(initial=kept(form), by=by, at=at))
    try:
        if form.is_valid():
            success(request, _("%(number)s is registered. Read it out to the caller.") % {"number": form.carry_out()})
            return redirect("workspace:call")
    except DomainError as refusal:
        return _page(request, form, status=form.take_refusal(refusal))
    return _page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(request: HttpRequest, form: CallForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {**frame(request, "call"), **choices(form), "communities": communities().values()}
    return render(request, "workspace/call.html", context, status=status)
