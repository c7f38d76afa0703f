"""Taking the list along: as a table for other programs, or on paper."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods

from onegrid.accounts.public import User
from onegrid.cases.public import LONGEST_REASON, CannotBeFoundError, export_cases, known
from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.core.spreadsheets.files import download, file_name
from onegrid.workspace.readers.taking import logged, taking, written
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError, read
from onegrid.workspace.web.frame import frame, may, officer

FORMATS = (
    ("xlsx", gettext_lazy("Excel (XLSX): a table with a sheet that explains the columns")),
    ("csv", gettext_lazy("CSV: a plain table for other programs")),
    ("pdf", gettext_lazy("PDF: a list to print, landscape")),
)


class ExportForm(forms.Form):
    """As what, why, and whether with the people who reported."""

    format = forms.ChoiceField(
        label=gettext_lazy("As"), choices=FORMATS, initial="xlsx", widget=forms.RadioSelect
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("What for?"),
        help_text=gettext_lazy("It stands in the audit trail for good: name no persons."),
        required=False,
        max_length=LONGEST_REASON,
    )
    reporters = forms.BooleanField(
        label=gettext_lazy("With names and contacts of those who reported"),
        help_text=gettext_lazy("Only with a reason. Each of them can read that you took their data, and why."),
        required=False,
    )

    def __init__(self, *args: object, by: User, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # as Django's own
        if not may(by, "cases.export_reporters"):
            del self.fields["reporters"]


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponseBase:
    """Say what would be taken; on sending, write it down and give the file out."""
    by = officer(request)
    if not may(by, "cases.export"):
        raise NotAllowedError(_("Your duties do not include taking lists of cases out of the system."))
    try:
        filters = read(dict(request.GET.lists()))
        known(filters.selection(now=timezone.localtime()))
    except (NoSuchFilterError, CannotBeFoundError) as refusal:
        return _page(request, Filters(), ExportForm(by=by), problem=str(refusal))
    form = ExportForm(request.POST or None, by=by, auto_id="f_%s")
    if request.method == "POST" and form.is_valid():
        return _file(request, filters, form)
    return _page(request, filters, form, is_refused=request.method == "POST")


def _file(request: HttpRequest, filters: Filters, form: ExportForm) -> HttpResponseBase:
    by, at, chosen = officer(request), timezone.now(), form.cleaned_data
    file_format, with_reporters = chosen["format"], chosen.get("reporters", False) and chosen["format"] != "pdf"
    try:
        count = export_cases(
            selection=filters.selection(now=timezone.localtime(at)),
            asked=logged(filters),
            file_format=file_format,
            reason=chosen["reason"],
            with_reporters=with_reporters,
            by=by,
            at=at,
        )
    except InvalidInputError as refusal:
        form.add_error("reason" if "purpose" in refusal.fields else None, str(refusal))
        return _page(request, filters, form, is_refused=True)
    if not count:
        return _page(request, filters, form, is_refused=True)
    parts = written(filters, file_format=file_format, count=count, by=by, at=at, with_reporters=with_reporters)
    return download(
        parts, name=file_name(pgettext("name of a file", "cases"), at=timezone.localtime(at), extension=file_format)
    )


def _page(
    request: HttpRequest, filters: Filters, form: ExportForm, *, problem: str = "", is_refused: bool = False
) -> HttpResponse:
    page = taking(filters, by=officer(request), at=timezone.now())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem or is_refused else HTTPStatus.OK
    context = {**frame(request, "queue"), "taking": page, "form": form, "refused": problem}
    return render(request, "workspace/export.html", context, status=status)
