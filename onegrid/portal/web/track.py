"""Find a case by its number."""

from http import HTTPStatus

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from onegrid.cases.public import LONGEST_NUMBER, case_number
from onegrid.core.web.keeping import kept_for_all
from onegrid.portal.readers.promise import find
from onegrid.portal.web.frame import frame


class TrackForm(forms.Form):
    """The number of a case, however it was copied."""

    number = forms.CharField(
        label=_("Number of the case"),
        max_length=LONGEST_NUMBER,
        widget=forms.TextInput(
            attrs={"placeholder": "OG-261120-000387", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

    def clean_number(self) -> str:
        """Accept the number of a case that strangers may open."""
        number = case_number(self.cleaned_data["number"])
        if not number:
            raise forms.ValidationError(_("A number looks like OG-261120-000387. Please check it once more."))
        if find(number) is None:
            raise forms.ValidationError(
                _("We find no public case with this number. If you have the private link, open that instead.")
            )
        return number


@login_not_required
@require_safe
@kept_for_all()
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a number; lead to its page, or say here that there is none."""
    form = TrackForm(request.GET if "number" in request.GET else None)
    if form.is_valid():
        return redirect("portal:case", number=form.cleaned_data["number"])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "portal/track.html", frame(request) | {"form": form}, status=status)
