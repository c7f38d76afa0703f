"""The public list of cases with its filters and its map."""

from urllib.parse import urlencode

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from onegrid.cases.public import Outcome, outcome_words
from onegrid.core.moments import day_named
from onegrid.portal.readers.nearby import Asked, State, groups, page, tally
from onegrid.portal.readers.townships import standing, townships
from onegrid.portal.web.frame import frame
from onegrid.portal.web.keeping import kept_briefly

STATES = (
    (State.OPEN, gettext_lazy("Being handled")),
    (State.ENDED, gettext_lazy("It has ended")),
    (State.ALL, gettext_lazy("All")),
)


class NearbyForm(forms.Form):
    """What somebody asks the list for; what makes no sense asks for nothing."""

    q = forms.CharField(label=gettext_lazy("Search"), max_length=100, required=False)
    township = forms.ChoiceField(label=gettext_lazy("Township"), required=False)
    group = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(choices=STATES, required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        choices=[("", ""), *((one.value, one.value) for one in Outcome)], required=False, widget=forms.HiddenInput
    )
    reported_since = forms.DateField(required=False, widget=forms.HiddenInput)
    ended_since = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data)
        township, group = self.fields["township"], self.fields["group"]
        for name in ("q", "township", "group"):
            self.fields[name].widget.attrs["class"] = "po-in"
        assert isinstance(township, forms.ChoiceField)
        assert isinstance(group, forms.ChoiceField)
        township.choices = [("", _("Everywhere")), *places]
        group.choices = [("", _("Every kind")), *((e.code, e.named(get_language() or "")) for e in groups())]

    def asked(self) -> Asked:
        """Return the question; every field that makes no sense left out."""
        self.is_valid()
        said = self.cleaned_data
        return Asked(
            text=said.get("q", "").replace("\x00", ""),
            township=said.get("township", ""),
            group=said.get("group", ""),
            state=State(said.get("state") or State.OPEN),
            reported_since=said.get("reported_since"),
            ended_since=said.get("ended_since"),
            outcome=said.get("outcome", ""),
        )


@login_not_required
@require_safe
@kept_briefly
def nearby(request: HttpRequest) -> HttpResponse:
    """Show the cases of the district that strangers may see, newest first."""
    now, areas = timezone.now(), standing(timezone.localdate())
    form = NearbyForm(request.GET, places=[(area.code, area.name) for area in areas])
    asked = form.asked()
    rows, counts = page(asked, after=request.GET.get("after", ""), at=now), tally(asked)
    context = {
        "form": form,
        "rows": rows.rows,
        "now": now,
        "states": [
            (label, counts.of(state, asked.township), _url(asked, state=state.value), state is asked.state)
            for state, label in STATES
        ],
        "townships": [
            (place, _url(asked, township=place.code))
            for place in townships(areas, counts, state=asked.state, chosen=asked.township)
        ],
        "chips": _chips(asked),
        "first_url": _url(asked) if request.GET.get("after") else "",
        "next_url": _url(asked, after=rows.next_after) if rows.next_after else "",
        "is_filtered": asked != Asked(state=asked.state),
    }
    return render(request, "portal/nearby.html", frame(request) | context)


def _url(asked: Asked, **changed: str) -> str:
    said = {
        "q": asked.text,
        "township": asked.township,
        "group": asked.group,
        "state": asked.state.value,
        "outcome": asked.outcome,
        "reported_since": asked.reported_since.isoformat() if asked.reported_since else "",
        "ended_since": asked.ended_since.isoformat() if asked.ended_since else "",
    } | changed
    return f"{reverse('portal:nearby')}?{urlencode({name: value for name, value in said.items() if value})}"


def _chips(asked: Asked) -> list[tuple[str, str]]:
    chips = []
    if asked.reported_since:
        words = _("Reported since %(day)s") % {"day": day_named(asked.reported_since)}
        chips.append((words, _url(asked, reported_since="")))
    if asked.ended_since:
        words = _("Ended since %(day)s") % {"day": day_named(asked.ended_since)}
        chips.append((words, _url(asked, ended_since="")))
    if asked.outcome:
        chips.append((outcome_words(asked.outcome), _url(asked, outcome="")))
    return chips
