"""A call, as the one who answers the telephone takes it down: on one screen, by the keyboard alone if need be."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.geography.public import CoordinateSystem, community_in
from onegrid.workspace.actions.take_call import take_call
from onegrid.workspace.web.forms.reporting import ReportForm
from onegrid.workspace.web.forms.step import text_field


class CallForm(ReportForm):
    """What a caller says. The place is a pin on the map or, spoken, a community by its name."""

    text = text_field(gettext_lazy("What does the caller say?"), rows=5)
    lon = forms.FloatField(label=gettext_lazy("Longitude"), required=False)
    lat = forms.FloatField(label=gettext_lazy("Latitude"), required=False)
    community = forms.CharField(
        label=gettext_lazy("Community"), max_length=60, required=False,
        help_text=gettext_lazy("If there is no pin on the map: type the name."),
    )  # fmt: skip
    reporter_contact = forms.CharField(label=gettext_lazy("Number of the caller"), max_length=100, required=False)
    reporter_name = forms.CharField(label=gettext_lazy("Name of the caller"), max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        """Find the place by whichever way it was said."""
        data = super().clean()
        if self.errors.keys() & {"lon", "lat"}:
            return data
        if (data["lon"] is None) != (data["lat"] is None):
            self.add_error("lon", _("Longitude and latitude belong together; one of them is missing."))
        elif data["lon"] is None:
            self._place_by_name(data)
        return data

    def _place_by_name(self, data: dict[str, Any]) -> None:
        found = community_in(f"{data.get('community', '')} {data.get('address', '')}")
        if found is None:
            message = _("Put a pin on the map, or type the whole name of the community.")
            self.add_error("community", message)
            return
        data["lon"], data["lat"] = found.label_at
        data["system"], data["accuracy"] = CoordinateSystem.WGS84, float(found.reach_m)

    def carry_out(self) -> str:
        """Report what was said; return its number."""
        names = {name: self.cleaned_data[name] for name in ("reporter_name", "reporter_contact")}
        return take_call(report=self.reported_case(**names), by=self.by, at=self.at).receipt.number
