"""The routing simulator: where a case would go, and why."""

from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from onegrid.core.errors import InvalidInputError, NotAllowedError
from onegrid.geography.public import CoordinateSystem, Level
from onegrid.workspace.readers.areas import areas_to_choose
from onegrid.workspace.readers.choices import groups
from onegrid.workspace.readers.simulation import Simulated, simulate
from onegrid.workspace.web.frame import frame, may, officer


class SimulatorForm(forms.Form):
    """A category, a place by point or by area, a level, a moment."""

    category = forms.CharField(
        label=gettext_lazy("Category"),
        error_messages={"required": gettext_lazy("Choose a category from the catalogue.")},
    )
    area = forms.CharField(label=gettext_lazy("Area"), required=False)
    lon = forms.FloatField(
        label=gettext_lazy("Longitude"), required=False, widget=forms.NumberInput(attrs={"step": "any"})
    )
    lat = forms.FloatField(
        label=gettext_lazy("Latitude"), required=False, widget=forms.NumberInput(attrs={"step": "any"})
    )
    system = forms.ChoiceField(
        label=gettext_lazy("Coordinate system"), choices=CoordinateSystem.choices, required=False
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level"),
        required=False,
        choices=[(Level.TOWNSHIP.value, gettext_lazy("Township")), (Level.DISTRICT.value, gettext_lazy("District"))],
    )
    moment = forms.DateTimeField(
        label=gettext_lazy("Moment"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def outcome(self) -> Simulated:
        """Return where such a case would go."""
        data = self.cleaned_data
        point = (data["lon"], data["lat"]) if data["lon"] is not None and data["lat"] is not None else None
        return simulate(
            category_code=data["category"],
            area_code=data["area"],
            point=point,
            system=data["system"] or CoordinateSystem.WGS84,
            level=data["level"] or Level.TOWNSHIP,
            at=data["moment"] or timezone.now(),
        )


@require_GET
def simulator(request: HttpRequest) -> HttpResponse:
    """Show where a case of a category, at a place and a moment, would go and why; nothing is written."""
    if not may(officer(request), "dispatch.simulate"):
        raise NotAllowedError(_("Your duties do not include the routing simulator."))
    form = SimulatorForm(request.GET or None, auto_id="f_%s", initial={"moment": timezone.localtime()})
    outcome, status = None, HTTPStatus.OK
    if form.is_bound:
        try:
            outcome = form.outcome() if form.is_valid() else None
        except InvalidInputError as refusal:
            for name, message in (refusal.fields or {"": str(refusal)}).items():
                form.add_error({"location": "lon"}.get(name, name if name in form.fields else None), message)
        status = HTTPStatus.OK if outcome else HTTPStatus.UNPROCESSABLE_ENTITY
    context = {"form": form, "outcome": outcome, "groups": groups(), "areas": areas_to_choose()}
    return render(request, "workspace/simulator.html", {**frame(request, "simulator"), **context}, status=status)
