"""“My reports”: the reports of a resident's account, and what can be done with the account itself."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from onegrid.core.errors import InvalidInputError
from onegrid.core.moments import day_named
from onegrid.notifications.public import Channel
from onegrid.portal.readers.mine import my_reports
from onegrid.portal.web.frame import frame
from onegrid.portal.web.my_forms import AddressForm
from onegrid.portal.web.private import kept_secret
from onegrid.portal.web.resident import forget, resident_of, token_of
from onegrid.portal.web.signing_in import address_page
from onegrid.residents.public import (
    Account,
    delete_account,
    is_told,
    let_go,
    sign_out,
    sign_out_everywhere,
    stop_telling,
    tell_me,
    tell_me_no_more,
)


def _for_residents(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the account that is open in this browser to a view; lead others to where one comes in."""

    @kept_secret
    @wraps(view)
    def answer(request: HttpRequest, **arguments: object) -> HttpResponse:
        account = resident_of(request, at=timezone.now())
        return redirect("portal:my") if account is None else view(request, account, **arguments)

    return answer


@kept_secret
@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Show the reports of the account that is open here, or how one comes in."""
    account = resident_of(request, at=timezone.now())
    return _page(request, account) if account else address_page(request, AddressForm())


@require_POST
@_for_residents
def tell(request: HttpRequest, account: Account) -> HttpResponse:
    """Turn mails on, for the address that is typed once more, or off."""
    if "off" in request.POST:
        tell_me_no_more(account=account)
        messages.success(request, _("No more mails. Your address is deleted here."))
        return redirect("portal:my")
    form = AddressForm(request.POST)
    if form.is_valid():
        try:
            tell_me(account=account, address=form.cleaned_data["address"], at=timezone.now())
        except InvalidInputError as refusal:
            form.add_error("address", refusal.fields.get("address", str(refusal)))
        else:
            messages.success(request, _("From now on you are told by e-mail what is new in your reports."))
            return redirect("portal:my")
    return _page(request, account, form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@_for_residents
def take_out(request: HttpRequest, account: Account, *, holding_id: UUID) -> HttpResponse:
    """Take a report out of the list."""
    if let_go(account=account, holding_id=holding_id):
        messages.success(request, _("Taken out of the list. The report stays, and so does its private link."))
    return redirect("portal:my")


@require_POST
@_for_residents
def leave(request: HttpRequest, account: Account) -> HttpResponse:
    """Sign out, here or everywhere."""
    if "everywhere" in request.POST:
        sign_out_everywhere(account=account)
    else:
        sign_out(token=token_of(request))
    messages.success(request, _("You are signed out. Private links work as before."))
    return forget(redirect("portal:my"))


@require_http_methods(["GET", "HEAD", "POST"])
@_for_residents
def delete(request: HttpRequest, account: Account) -> HttpResponse:
    """Say what it means to delete the account, and do it."""
    if request.method != "POST":
        return render(request, "portal/my_delete.html", frame(request))
    delete_account(account=account, at=timezone.now())
    messages.success(request, _("The account is deleted. Your reports go on, without you behind them."))
    return forget(redirect("portal:my"))


@csrf_exempt  # mail programs post here without having seen a page (RFC 8058); the link itself is the proof
@kept_secret
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, *, token: str) -> HttpResponse:
    """End the mails with one press; looking alone, as mail scanners do, ends nothing."""
    is_done = request.method == "POST"
    if is_done:
        stop_telling(token=token)
    elif not is_told(token):
        return render(request, "portal/follow_gone.html", frame(request), status=HTTPStatus.NOT_FOUND)
    return render(request, "portal/my_stop.html", frame(request) | {"is_done": is_done})


def _page(
    request: HttpRequest, account: Account, *, form: AddressForm | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    at = timezone.now()
    context = {
        "reports": my_reports(account, at=at),
        "account": account,
        "told_at": account.reader.address if account.reader else "",
        "can_be_told": account.channel == Channel.EMAIL,
        "until": day_named(account.ends_at),
        "form": form or AddressForm(),
        "is_refused": form is not None,
        "now": at,
    }
    return render(request, "portal/my.html", frame(request) | context, status=status)
