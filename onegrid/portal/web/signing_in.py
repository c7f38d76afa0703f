"""How a resident comes in: an address, then the code that was sent there. No password, and no word on who is known."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from onegrid.core.errors import InvalidInputError
from onegrid.core.moments import in_full
from onegrid.portal.web.frame import frame
from onegrid.portal.web.my_forms import AddressForm, CodeForm
from onegrid.portal.web.private import kept_secret
from onegrid.portal.web.resident import let_in
from onegrid.portal.web.throttle import CODES, TRIES, knock
from onegrid.residents.public import CODE_LASTS, Tried, ask_for_code, code_channels, try_code

ASKED = "code"  # the cookie that says which code was asked for in this browser
MINUTES = int(CODE_LASTS.total_seconds() // 60)


@kept_secret
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Send a code to an address, and lead to where it is typed."""
    form, at = AddressForm(request.POST), timezone.now()
    if again_at := knock(request, CODES, at=at):
        problem = _("Too many requests from here. Try again after %(moment)s.") % {"moment": in_full(again_at)}
        return address_page(request, form, problem=problem, status=HTTPStatus.TOO_MANY_REQUESTS)
    if form.is_valid():
        try:
            asked = ask_for_code(address=form.cleaned_data["address"], language=get_language() or "", at=at)
        except InvalidInputError as refusal:
            form.add_error("address", refusal.fields.get("address", str(refusal)))
        else:
            response = redirect("portal:my_code")
            response.set_signed_cookie(
                ASKED, asked.hex, max_age=int(CODE_LASTS.total_seconds()), path=response.url,
                secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax",
            )  # fmt: skip
            return response
    return address_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@kept_secret
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code, and let in whoever has it."""
    asked, at = request.get_signed_cookie(ASKED, "", max_age=CODE_LASTS) or "", timezone.now()
    if not asked:
        messages.info(request, _("A code is good for %(minutes)d minutes, in the browser where you asked for it.")
                      % {"minutes": MINUTES})  # fmt: skip
        return redirect("portal:my")
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if again_at := knock(request, TRIES, at=at):
        problem = _("Too many requests from here. Try again after %(moment)s.") % {"moment": in_full(again_at)}
        return _code_page(request, form, problem=problem, status=HTTPStatus.TOO_MANY_REQUESTS)
    if form.is_valid():
        tried = try_code(code_id=UUID(asked), said=form.cleaned_data["code"], language=get_language() or "", at=at)
        if tried.token:
            response = redirect("portal:my")
            response.delete_cookie(ASKED, path=request.path, samesite="Lax")
            let_in(response, tried.token)
            return response
        form.add_error("code", _said(tried))
    return _code_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def address_page(
    request: HttpRequest, form: AddressForm, *, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    """Show how one comes in."""
    context = {"form": form, "problem": problem, "channels": code_channels()}
    return render(request, "portal/my_sign_in.html", frame(request) | context, status=status)


def _said(tried: Tried) -> str:
    if tried.tries_left:
        return _("That is not the code. Tries left: %(count)d.") % {"count": tried.tries_left}
    return _("This code does not work any more. Ask for a new one.")


def _code_page(
    request: HttpRequest, form: forms.Form, *, problem: str = "", status: int = HTTPStatus.OK
) -> HttpResponse:
    context = {"form": form, "problem": problem, "minutes": MINUTES, "is_played": bool(settings.MAIL_FOLDER)}
    return render(request, "portal/my_code.html", frame(request) | context, status=status)
