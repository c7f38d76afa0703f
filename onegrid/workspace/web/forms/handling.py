"""What the lead unit does: take, give to a colleague, report back with proof, return."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.accounts.public import User
from onegrid.cases.public import (
    FOUND_OUT,
    EvidencePurpose,
    ReturnReason,
    assign_case,
    colleagues_of,
    report_back,
    return_case,
    take_case,
    why_not_disown,
)
from onegrid.workspace.web.forms.step import FilesField, StepForm, text_field


class TakeForm(StepForm):
    """Begin work in one's own name."""

    template = "workspace/steps/take.html"

    def carry_out(self) -> None:
        """Take the case."""
        take_case(**self.seen)


class AssignForm(StepForm):
    """Give a case to a colleague of the unit."""

    template = "workspace/steps/assign.html"
    colleague = forms.ChoiceField(label=_("Colleague"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        unit_id = self.case.lead_unit_id
        self.colleagues: dict[str, User] = {str(user.pk): user for user in colleagues_of(unit_id)} if unit_id else {}
        field = self.fields["colleague"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(user)) for key, user in self.colleagues.items()]

    def carry_out(self) -> None:
        """Assign the case."""
        assign_case(**self.seen, assignee=self.colleagues[self.cleaned_data["colleague"]])


class ReportBackForm(StepForm):
    """Say that the work is done, with its proof in the same sending."""

    template = "workspace/steps/report-back.html"
    words = "result"
    result = text_field(_("What was done?"), hint=_("The reporter reads this."))
    photos = FilesField(label=_("Photos after the work"))
    renamed = {"evidence": "photos"}  # noqa: RUF012 — read only

    def carry_out(self) -> None:
        """Keep the photos, then report back."""
        self.keep_files("photos", EvidencePurpose.AFTER, needed=["result"])
        report_back(**self.seen, result=self.cleaned_data["result"])


class ReturnForm(StepForm):
    """Send a case back to the dispatcher."""

    template = "workspace/steps/return.html"
    words = "reason"
    code = forms.ChoiceField(label=_("Why?"), choices=[("", "–"), *ReturnReason.choices])
    reason = text_field(_("Why is it not yours, and whose is it?"), hint=_("The reporter reads this."))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        if decided := why_not_disown(self.case):
            field = self.fields["code"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", "–"), *((code.value, code.label) for code in FOUND_OUT)]
            field.help_text = decided

    def carry_out(self) -> None:
        """Return the case."""
        data = self.cleaned_data
        return_case(**self.seen, code=ReturnReason(data["code"]), reason=data["reason"])
