"""How one wants to be told: channels, quiet hours, addresses; and proving that an address is one's own."""

from http import HTTPStatus

from django.contrib.messages import success
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onegrid.core.errors import InvalidInputError
from onegrid.notifications.public import confirm_email, send_trial, set_preferences, settings_of
from onegrid.workspace.web.forms.notices import NoticeSettingsForm
from onegrid.workspace.web.frame import frame, officer


@never_cache
@require_http_methods(["GET", "POST"])
def notice_settings(request: HttpRequest) -> HttpResponse:
    """Show one's own settings, or keep them."""
    known = settings_of(officer(request))
    form = NoticeSettingsForm(request.POST if request.method == "POST" else None, known=known)
    try:
        if form.is_valid():
            kept = set_preferences(wishes=form.wishes, by=officer(request), at=timezone.now())
            success(
                request, _("Saved.") if not kept.new_email else _("Saved. Open the link that is sent to the address.")
            )
            return redirect("workspace:notice_settings")
    except InvalidInputError as refusal:
        form.take_refusal(refusal)
    context = {**frame(request, "notices"), "form": form, "known": known}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "workspace/notice_settings.html", context, status=status)


@require_POST
def trial(request: HttpRequest) -> HttpResponse:
    """Tell oneself something harmless, by every channel one has chosen for it."""
    send_trial(by=officer(request), at=timezone.now())
    success(request, _("A trial notice is on its way by the channels you chose for it."))
    return redirect("workspace:notice_settings")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask once more before an address is used: a mail scanner follows links, but presses no button."""
    if request.method == "GET":
        known = settings_of(officer(request))
        context = {**frame(request, "notices"), "token": token, "address": known.new_email}
        return render(request, "workspace/confirm_email.html", context)
    confirm_email(token=token, by=officer(request), at=timezone.now())
    success(request, _("Notices now go to this address."))
    return redirect("workspace:notice_settings")
