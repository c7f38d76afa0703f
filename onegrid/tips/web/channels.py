"""Where channels are opened and their readers appointed."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.tips.actions.keep_channels import ChannelPlan, appoint_reader, confirm_key, end_appointment, open_channel
from onegrid.tips.permissions import Permission, require
from onegrid.tips.readers.channels import kept_channels
from onegrid.tips.web.frame import desk_frame, officer


class ChannelForm(forms.Form):
    """A new channel."""

    code = forms.SlugField(label=gettext_lazy("Code, such as fire-safety"), max_length=40)
    name = forms.CharField(label=gettext_lazy("Name in simplified Chinese"), max_length=60)
    name_hant = forms.CharField(label=gettext_lazy("Name in traditional Chinese"), max_length=60, required=False)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=100, required=False)
    about = forms.CharField(label=gettext_lazy("What it is for, in simplified Chinese"), max_length=300)
    about_hant = forms.CharField(
        label=gettext_lazy("What it is for, in traditional Chinese"), max_length=300, required=False
    )
    about_en = forms.CharField(label=gettext_lazy("What it is for, in English"), max_length=500, required=False)
    telephone = forms.CharField(label=gettext_lazy("Telephone for those who cannot use the page"), max_length=40)
    letters_to = forms.CharField(label=gettext_lazy("Where letters go"), max_length=200)
    open_days = forms.IntegerField(
        label=gettext_lazy("Days a tip is kept after its last word"), min_value=30, max_value=1095, initial=180
    )
    closed_days = forms.IntegerField(
        label=gettext_lazy("Days it is kept once closed"), min_value=1, max_value=365, initial=30
    )


class AppointForm(forms.Form):
    """An officer for a channel."""

    username = forms.CharField(label=gettext_lazy("Account of the officer"), max_length=150)


@require_GET
def channels(request: HttpRequest) -> HttpResponse:
    """Show the channels with their readers, and how to open another."""
    return _page(request)


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Open a channel."""
    form = ChannelForm(request.POST)
    return _done(
        request,
        form,
        lambda: open_channel(plan=ChannelPlan(**form.cleaned_data), by=officer(request), at=timezone.now()),
    )


@require_POST
def appoint(request: HttpRequest, *, channel_id: UUID) -> HttpResponse:
    """Appoint an officer."""
    form = AppointForm(request.POST)
    return _done(
        request,
        form,
        lambda: appoint_reader(
            channel_id=channel_id, username=form.cleaned_data["username"], by=officer(request), at=timezone.now()
        ),
    )


@require_POST
def confirm(request: HttpRequest, *, recipient_id: UUID) -> HttpResponse:
    """Say that a key is its officer's."""
    act = confirm_key
    return _done(
        request,
        forms.Form(request.POST),
        lambda: act(recipient_id=recipient_id, by=officer(request), at=timezone.now()),
    )


@require_POST
def end(request: HttpRequest, *, recipient_id: UUID) -> HttpResponse:
    """End an appointment."""
    act = end_appointment
    return _done(
        request,
        forms.Form(request.POST),
        lambda: act(recipient_id=recipient_id, by=officer(request), at=timezone.now()),
    )


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], object]) -> HttpResponse:
    """Do it and show the page anew; or show it with what is wrong."""
    status = int(HTTPStatus.UNPROCESSABLE_ENTITY)
    if form.is_valid():
        try:
            act()
        except DomainError as refusal:
            status = refusal.status
            fields = refusal.fields if isinstance(refusal, InvalidInputError) else {}
            for name, text in (fields or {"": str(refusal)}).items():
                form.add_error(name if name in form.fields else None, text)
        else:
            messages.success(request, _("Done, and written into the audit trail."))
            return redirect("tips:channels")
    return _page(request, form, status=status)


def _page(request: HttpRequest, form: forms.Form | None = None, *, status: int = HTTPStatus.OK) -> HttpResponse:
    by = officer(request)
    require(by, Permission.APPOINT)
    context = {
        "channels": kept_channels(by),
        "form": form,
        "channel_form": form if isinstance(form, ChannelForm) else ChannelForm(),
        "appoint_form": AppointForm(auto_id=False),
    }
    return render(request, "tips/channels.html", desk_frame(request, "channels") | context, status=status)
