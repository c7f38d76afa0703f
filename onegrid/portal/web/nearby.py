"""The public list of cases with its filters and its map."""

from collections.abc import Mapping
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

from onegrid.cases.public import Handled, Outcome, Said, outcome_words
from onegrid.core.installation import area_named
from onegrid.core.moments import day_named
from onegrid.core.web.keeping import LISTS_KEPT, kept_for_all
from onegrid.following.public import Kind
from onegrid.portal.readers.nearby import Asked, State, Timing, groups, page, tally
from onegrid.portal.readers.townships import standing, townships
from onegrid.portal.web.feeds import EVERYTHING, feed_url
from onegrid.portal.web.frame import frame
from onegrid.units.public import directory

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
    reported_until = forms.DateField(required=False, widget=forms.HiddenInput)
    ended_since = forms.DateField(required=False, widget=forms.HiddenInput)
    unit = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    timing = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Timing], required=False, widget=forms.HiddenInput
    )
    again = forms.BooleanField(required=False, widget=forms.HiddenInput)
    said = forms.ChoiceField(
        choices=[("", ""), *((one.value, one.value) for one in Said)], required=False, widget=forms.HiddenInput
    )
    handled = forms.ChoiceField(
        choices=[("", ""), *((one.value, one.value) for one in Handled)], required=False, widget=forms.HiddenInput
    )
    handled_by = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

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
            reported_until=said.get("reported_until"),
            ended_since=said.get("ended_since"),
            outcome=said.get("outcome", ""),
            unit=said.get("unit", "").replace("\x00", ""),
            timing=Timing(said.get("timing", "")),
            is_reopened=said.get("again", False),
            said=Said(said["said"]) if said.get("said") else None,
            handled=Handled(said["handled"]) if said.get("handled") else None,
            handled_by=said.get("handled_by", "").replace("\x00", ""),
        )


@login_not_required
@require_safe
@kept_for_all(seconds=LISTS_KEPT)
def nearby(request: HttpRequest) -> HttpResponse:
    """Show the cases of the district that strangers may see, newest first."""
    now, areas = timezone.now(), standing(timezone.localdate())
    form = NearbyForm(request.GET, places=[(area.code, area_named(area.name)) for area in areas])
    asked = form.asked()
    rows, counts = page(asked, after=request.GET.get("after", ""), at=now), tally(asked, at=now)
    context = {
        "form": form,
        "rows": rows.rows,
        "now": now,
        "states": [
            (label, counts.of(state, asked.township), list_url(asked, state=state.value), state is asked.state)
            for state, label in STATES
        ],
        "townships": [
            (place, list_url(asked, township=place.code))
            for place in townships(areas, counts, state=asked.state, chosen=asked.township)
        ],
        "chips": _chips(asked),
        "first_url": list_url(asked) if request.GET.get("after") else "",
        "next_url": list_url(asked, after=rows.next_after) if rows.next_after else "",
        "feeds": _feeds(form, asked),
        "follow_url": _follow_url(asked),
        "is_filtered": asked != Asked(state=asked.state),
    }
    return render(request, "portal/nearby.html", frame(request) | context)


def _feeds(form: NearbyForm, asked: Asked) -> list[tuple[str, str]]:
    """Return the feeds of what the list is narrowed to, or of everything."""
    topics = [(Kind.PLACE, form["township"], asked.township), (Kind.CATEGORY, form["group"], asked.group)]
    found = [
        (str(option.choice_label), feed_url(kind, code))
        for kind, field, code in topics
        for option in field
        if code and option.data["value"] == code
    ]
    return found or [(_("All public cases"), feed_url(Kind.ALL, ""))]


def _follow_url(asked: Asked) -> str:
    """Return where one follows what the list is narrowed to: the place before the kind, or else everything."""
    topics = {Kind.PLACE: asked.township, Kind.CATEGORY: asked.group, Kind.ALL: EVERYTHING}
    kind, code = next((kind, code) for kind, code in topics.items() if code)
    return reverse("portal:follow", args=[kind, code])


def list_url(asked: Asked, **changed: str) -> str:
    """Return the address of the list that is asked for so."""
    said = {
        "q": asked.text,
        "township": asked.township,
        "group": asked.group,
        "state": asked.state.value,
        "outcome": asked.outcome,
        "reported_since": asked.reported_since.isoformat() if asked.reported_since else "",
        "reported_until": asked.reported_until.isoformat() if asked.reported_until else "",
        "ended_since": asked.ended_since.isoformat() if asked.ended_since else "",
        "unit": asked.unit,
        "timing": asked.timing.value,
        "again": "1" if asked.is_reopened else "",
        "said": asked.said or "",
        "handled": asked.handled or "",
        "handled_by": asked.handled_by,
    } | changed
    return f"{reverse('portal:nearby')}?{urlencode({name: value for name, value in said.items() if value})}"


def _chips(asked: Asked) -> list[tuple[str, str]]:
    """Return what narrows the list beside its form, each with the list that is not narrowed by it."""
    said = {
        "reported_since": asked.reported_since
        and _("Reported since %(day)s") % {"day": day_named(asked.reported_since)},
        "reported_until": asked.reported_until
        and _("Reported until %(day)s") % {"day": day_named(asked.reported_until)},
        "ended_since": asked.ended_since and _("Ended since %(day)s") % {"day": day_named(asked.ended_since)},
        "outcome": asked.outcome and outcome_words(asked.outcome),
        "unit": asked.unit and _("Handled by %(unit)s") % {"unit": _unit(asked.unit)},
        "timing": {Timing.ANY: "", Timing.IN_TIME: _("In time"), Timing.LATE: _("Late")}[asked.timing],
        "again": asked.is_reopened and _("Opened again"),
        "said": asked.said and _said_words()[asked.said],
        "handled": asked.handled and _handled_words()[asked.handled],
        "handled_by": asked.handled_by and _("Was in the hands of %(unit)s") % {"unit": _unit(asked.handled_by)},
    }
    return [(words, list_url(asked, **{name: ""})) for name, words in said.items() if words]


def _said_words() -> Mapping[Said, str]:
    return {
        Said.RATED: _("Rated by who reported it"),
        Said.SOLVED: _("Who reported it says: it is solved"),
        Said.SATISFIED: _("Who reported it is satisfied"),
    }


def _handled_words() -> Mapping[Handled, str]:
    return {
        Handled.LEFT: _("The unit has it out of its hands"),
        Handled.LATE: _("The unit was late"),
        Handled.COUNTED: _("The unit was late, and it counts"),
        Handled.EXEMPT: _("The unit was late; not counted after an appeal"),
    }


def _unit(code: str) -> str:
    unit = directory().by_code.get(code)
    return unit.named(get_language() or "") if unit else _("no unit yet")
