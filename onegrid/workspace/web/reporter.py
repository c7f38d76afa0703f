"""Who reported a case: covered until somebody says why they need to know."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from onegrid.cases.public import Report, open_reporter
from onegrid.core.errors import InvalidInputError
from onegrid.workspace.readers.case import found
from onegrid.workspace.web.frame import frame, officer


class ReasonForm(forms.Form):
    """The reason for which somebody's data is opened."""

    purpose = forms.CharField(
        label=_("Why do you need to know?"),
        help_text=_("The reporter can read that you looked, when, and this reason."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@never_cache  # the answer holds personal data
@require_http_methods(["GET", "POST"])
def reporter(request: HttpRequest, number: str, report_id: UUID) -> HttpResponse:
    """Ask for the reason, then show the reporter's name and contact this once."""
    case = found(number, by=officer(request))
    form = ReasonForm(request.POST or None, auto_id="f_%s")
    opened: Report | None = None
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            purpose = form.cleaned_data["purpose"]
            opened = open_reporter(
                case_id=case.pk, report_id=report_id, purpose=purpose, by=officer(request), at=timezone.now()
            )
        except InvalidInputError as refusal:
            form.add_error("purpose", str(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {**frame(request, "queue"), "case": case, "form": form, "opened": opened}
    return render(request, "workspace/reporter.html", context, status=status)
