"""The audit trail for auditors: what happened, how far it is sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from onegrid.cases.public import id_of, numbers_of
from onegrid.core.errors import NotAllowedError
from onegrid.oversight.public import Entry, Search, entries
from onegrid.workspace.rules.deeds import DEEDS, in_words
from onegrid.workspace.web.frame import frame, may, officer

NEWEST = 2**62
CASE = "cases.Case:"
NUMBER = "OG-"


class SearchForm(forms.Form):
    """What an auditor looks for; what is empty does not matter."""

    code = forms.CharField(label=gettext_lazy("Action"), required=False, max_length=100)
    by = forms.CharField(label=gettext_lazy("Account"), required=False, max_length=150)
    target = forms.CharField(label=gettext_lazy("Thing"), required=False, max_length=120)
    since = forms.DateField(
        label=gettext_lazy("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=gettext_lazy("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    before = forms.IntegerField(required=False, min_value=1, max_value=NEWEST, widget=forms.HiddenInput)

    def clean(self) -> dict[str, object]:
        """Make days into moments; the last day counts to its end."""
        data = super().clean() or self.cleaned_data
        for name, days in (("since", 0), ("until", 1)):
            if day := data.get(name):
                try:
                    midnight = datetime.combine(day + timedelta(days=days), time.min)
                    data[f"{name}_at"] = timezone.make_aware(midnight)
                except OverflowError:
                    self.add_error(name, self.fields[name].error_messages["invalid"])
        return data

    def search(self) -> Search:
        """Return the question for the trail."""
        data = {name: str(value or "").replace("\x00", "") for name, value in self.cleaned_data.items()}
        return Search(
            code=data["code"],
            by=data["by"],
            target=_target(data["target"]),
            since=self.cleaned_data.get("since_at"),
            until=self.cleaned_data.get("until_at"),
        )

    def words(self) -> dict[str, str]:
        """Return what is asked, as it stands in an address without the page."""
        return {name: self.data[name] for name in self.fields if name != "before" and self.data.get(name)}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One entry, and in words what was done and to which case."""

    entry: Entry
    deed: str
    number: str


@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    """Show the entries found, latest first, each with whether it is sealed."""
    if not may(officer(request), "oversight.read"):
        raise NotAllowedError(_("Your duties do not include reading the audit trail."))
    form = SearchForm(request.GET, auto_id="f_%s")
    status = HTTPStatus.OK if form.is_valid() else HTTPStatus.UNPROCESSABLE_ENTITY
    page = entries(form.search(), before=form.cleaned_data.get("before")) if form.is_valid() else None
    words = form.words()
    context = {
        **frame(request, "audit"),
        "form": form,
        "page": page,
        "lines": _lines(page.entries) if page else [],
        "deeds": DEEDS.items(),
        "next_url": f"?{urlencode({**words, 'before': page.next_before})}" if page and page.next_before else "",
        "first_url": f"?{urlencode(words)}" if request.GET.get("before") else "",
    }
    return render(request, "workspace/audit.html", context, status=status)


def _lines(found: Sequence[Entry]) -> list[Line]:
    ids = {entry.target: UUID(entry.target.removeprefix(CASE)) for entry in found if entry.target.startswith(CASE)}
    numbers = numbers_of(ids.values()) if ids else {}
    return [
        Line(
            entry=entry,
            deed=in_words(entry.code),
            number=numbers.get(ids[entry.target], "") if entry.target in ids else "",
        )
        for entry in found
    ]


def _target(words: str) -> str:
    """Return what entries are about; a case may be given by its number."""
    known = id_of(words) if words.upper().startswith(NUMBER) else None
    return f"{CASE}{known}" if known else words
