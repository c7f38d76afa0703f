"""Dispatch to a lead unit with supporting ones, and taking back."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.dispatch.public import Support, dispatch_case, recall_case
from onegrid.units.public import UnitEntry, directory
from onegrid.workspace.web.forms.step import StepForm, text_field

SUPPORTING = (1, 2, 3)


class DispatchForm(StepForm):
    """Choose who leads and who supports; `unit` takes the name or code of one that was not suggested."""

    template = "workspace/steps/dispatch.html"
    lead = forms.CharField(label=gettext_lazy("Lead unit"), required=False)
    unit = forms.CharField(label=gettext_lazy("Another unit"), required=False, max_length=100)
    support1 = forms.CharField(label=gettext_lazy("Supporting unit"), required=False, max_length=100)
    what1 = forms.CharField(label=gettext_lazy("Its task"), required=False, max_length=200)
    support2 = forms.CharField(label=gettext_lazy("Supporting unit"), required=False, max_length=100)
    what2 = forms.CharField(label=gettext_lazy("Its task"), required=False, max_length=200)
    support3 = forms.CharField(label=gettext_lazy("Supporting unit"), required=False, max_length=100)
    what3 = forms.CharField(label=gettext_lazy("Its task"), required=False, max_length=200)
    note = text_field(gettext_lazy("Note to the unit"), required=False, hint=gettext_lazy("The reporter can read it."))

    def clean(self) -> dict[str, Any]:
        """Find the units that were named."""
        data = super().clean() or self.cleaned_data
        if data.get("unit"):
            data["lead"] = self._code("unit")
        elif not data.get("lead"):
            self.add_error("lead", _("Choose the unit that leads."))
        data["support"] = [
            Support(unit_code=self._code(f"support{number}"), what=data.get(f"what{number}", ""))
            for number in SUPPORTING
            if data.get(f"support{number}")
        ]
        return data

    def carry_out(self) -> None:
        """Dispatch the case."""
        data = self.cleaned_data
        dispatch_case(**self.seen, lead_code=data["lead"], support=data["support"], note=data["note"])

    @property
    def support_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the pairs of unit and task."""
        return [(self[f"support{number}"], self[f"what{number}"]) for number in SUPPORTING]

    def _code(self, name: str) -> str:
        unit = unit_named(self.cleaned_data[name], area_path=self.case.area_path)
        if unit is None:
            self.add_error(name, _("There is no such unit for this place. Choose one from the list."))
            return ""
        return unit.code


def unit_named(text: str, *, area_path: str) -> UnitEntry | None:
    """Return the unit of a code or a full name, of those that work at a place."""
    units = directory()
    if (unit := units.by_code.get(text)) is not None:
        return unit
    wanted = text.strip().casefold()
    near = (unit for unit in units.by_code.values() if f"{area_path}/".startswith(f"{unit.area_path}/"))
    return next((unit for unit in near if wanted in {unit.name.casefold(), unit.name_en.casefold()}), None)


class RecallForm(StepForm):
    """Take a case back from a unit that has not begun."""

    template = "workspace/steps/recall.html"
    reason = text_field(gettext_lazy("Reason"), hint=gettext_lazy("The reporter reads this."))

    def carry_out(self) -> None:
        """Recall the case."""
        recall_case(**self.seen, reason=self.cleaned_data["reason"])
