"""The desk for appeals: written by a unit, released by somebody else, withdrawn, and what came of them."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onegrid.accounts.public import User, duties_granting
from onegrid.calls.actions.end_calls import record_outcome, withdraw_call
from onegrid.calls.actions.release_call import ask_release, release_call, send_back
from onegrid.calls.actions.write_call import change_call, write_call
from onegrid.calls.permissions import Permission
from onegrid.calls.readers.desk import call_file, calls_for
from onegrid.calls.readers.issuing import issuing_units
from onegrid.calls.rules.refusals import CallNotFoundError
from onegrid.calls.states import Kind, Outcome
from onegrid.calls.web.forms import CallForm, OutcomeForm, ReasonForm, initial_of
from onegrid.calls.web.frame import desk_frame, language, officer
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.units.public import UnitEntry

WRONG = int(HTTPStatus.UNPROCESSABLE_ENTITY)


@require_safe
@never_cache
def desk(request: HttpRequest) -> HttpResponse:
    """Show the appeals somebody writes or releases."""
    by = officer(request)
    if not any(duties_granting(by, permission) for permission in Permission):
        raise NotAllowedError(_("Your duties do not allow this here."))
    context = {"rows": calls_for(by, on=timezone.localdate()), "units": _named(by)}
    return render(request, "calls/desk.html", desk_frame() | context)


@require_http_methods(["GET", "POST"])
@never_cache
def write(request: HttpRequest, *, unit_code: str) -> HttpResponse:
    """Show the form of a new appeal of a unit, or take it."""
    unit, kinds = _issuing(request, unit_code)
    form = CallForm(request.POST or None, request.FILES or None, unit=unit, kinds=kinds)

    def act() -> object:
        said = form.cleaned_data["picture"]
        return write_call(plan=form.plan(), unit_code=unit.code, picture=said, by=officer(request), at=timezone.now())

    return _formed(request, form, act=act, context={"unit": unit.named(language())})


@require_http_methods(["GET", "POST"])
@never_cache
def change(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Show the form of a draft, or take what was changed."""
    call = call_file(call_id, by=officer(request), on=timezone.localdate()).row.call
    unit, kinds = _issuing(request, call.unit.code)
    form = CallForm(request.POST or None, request.FILES or None, unit=unit, kinds=kinds, initial=initial_of(call))

    def act() -> object:
        said = form.cleaned_data["picture"]
        return change_call(call_id=call_id, plan=form.plan(), picture=said, by=officer(request), at=timezone.now())

    return _formed(request, form, act=act, context={"unit": unit.named(language())})


@require_safe
@never_cache
def call(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Show one appeal with what may be done about it."""
    return _page(request, call_id)


@require_POST
def ask(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Ask for release."""
    return _plainly(request, call_id, ask_release)


@require_POST
def release(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Release it as the second person."""
    return _plainly(request, call_id, release_call)


@require_POST
def back(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Send it back with a reason."""
    form = ReasonForm(request.POST)
    return _reasoned(request, call_id, form=form, act=send_back)


@require_POST
def withdraw(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Withdraw it with a reason."""
    form = ReasonForm(request.POST)
    return _reasoned(request, call_id, form=form, act=withdraw_call)


@require_POST
def outcome(request: HttpRequest, *, call_id: UUID) -> HttpResponse:
    """Say what came of it."""
    form = OutcomeForm(request.POST)

    def act() -> None:
        said = Outcome(form.cleaned_data["outcome"])
        record_outcome(call_id=call_id, outcome=said, by=officer(request), at=timezone.now())

    return _done(request, call_id, form=form, act=act)


def _named(by: User) -> list[tuple[str, str]]:
    """Return the units that somebody writes for, by code and name."""
    return [(unit.code, unit.named(language())) for unit, _kinds in issuing_units(by)]


def _issuing(request: HttpRequest, unit_code: str) -> tuple[UnitEntry, list[Kind]]:
    for unit, kinds in issuing_units(officer(request)):
        if unit.code == unit_code:
            return unit, kinds
    raise CallNotFoundError(_("This unit issues no appeals, or not by you."))


def _plainly(request: HttpRequest, call_id: UUID, act: Callable[..., None]) -> HttpResponse:
    by, now = officer(request), timezone.now()
    return _done(request, call_id, form=forms.Form(request.POST), act=lambda: act(call_id=call_id, by=by, at=now))


def _reasoned(request: HttpRequest, call_id: UUID, *, form: ReasonForm, act: Callable[..., None]) -> HttpResponse:
    by, now = officer(request), timezone.now()

    def reasoned() -> None:
        act(call_id=call_id, reason=form.cleaned_data["reason"], by=by, at=now)

    return _done(request, call_id, form=form, act=reasoned)


def _formed(
    request: HttpRequest, form: CallForm, *, act: Callable[[], object], context: dict[str, object]
) -> HttpResponse:
    status = _tried(form, act) if form.is_bound else int(HTTPStatus.OK)
    if status is None:
        messages.success(request, _("Kept. Nobody sees it before somebody else has released it."))
        return redirect("calls:desk")
    return render(request, "calls/write.html", desk_frame() | context | {"form": form}, status=status)


def _done(request: HttpRequest, call_id: UUID, *, form: forms.Form, act: Callable[[], object]) -> HttpResponse:
    status = _tried(form, act)
    if status is None:
        messages.success(request, _("Done, and written into the audit trail."))
        return redirect("calls:file", call_id=call_id)
    return _page(request, call_id, form, status=status)


def _tried(form: forms.Form, act: Callable[[], object]) -> int | None:
    """Do what a valid form asks for; return the status of a refusal, which the form says then, or nothing."""
    if not form.is_valid():
        return WRONG
    try:
        act()
    except DomainError as refusal:
        return _say(form, refusal)
    return None


def _say(form: forms.Form, refusal: DomainError) -> int:
    fields = refusal.fields if isinstance(refusal, InvalidInputError) else {}
    for name, text in (fields or {"": str(refusal)}).items():
        form.add_error(name if name in form.fields else None, text)
    return refusal.status


def _page(
    request: HttpRequest, call_id: UUID, form: forms.Form | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    found = call_file(call_id, by=officer(request), on=timezone.localdate())
    context = {
        "file": found,
        "call": found.row.call,
        "form": form,
        "reason_form": form if isinstance(form, ReasonForm) else ReasonForm(),
        "outcome_form": form if isinstance(form, OutcomeForm) else OutcomeForm(),
    }
    return render(request, "calls/file.html", desk_frame() | context, status=status)
