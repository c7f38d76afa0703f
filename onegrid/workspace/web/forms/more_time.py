"""More time: what the unit asks for, what another post decides, and going on before the end of a suspension."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import (
    EvidencePurpose,
    TimeKind,
    ask_extension,
    ask_suspension,
    decide_time,
    procedure_of,
    resume_case,
    why_not_until,
    withdraw_time_request,
)
from onegrid.workspace.readers.more_time import most_of, proof_of, terms_of_asking
from onegrid.workspace.web.forms.step import FilesField, StepForm, text_field


class GroundsForm(StepForm):
    """What both requests ask: why, and what shows it; so does an appeal."""

    renamed = {"proof": "files_sent"}  # noqa: RUF012 — read only
    reason = text_field(_("Why is more time needed?"), hint=_("Whoever decides reads this."))
    proof = forms.MultipleChoiceField(
        label=_("Which of these shows it?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    files_sent = FilesField(label=_("Or add a photo or document that does"))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        choices = proof_of(self.case, at=self.at)
        field = self.fields["proof"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields["proof"]
            self.fields["files_sent"].label = _("A photo or document that shows it")

    def grounds(self) -> dict[str, Any]:
        """Keep the files, and return reason and proof as the actions take them."""
        added = self.keep_files("files_sent", EvidencePurpose.OTHER, needed=["reason"])
        chosen = [UUID(word) for word in self.cleaned_data.get("proof", [])]
        return {"reason": self.cleaned_data["reason"], "proof": [*chosen, *added]}


class AskExtensionForm(GroundsForm):
    """Ask for so many hours, or days, more."""

    template = "workspace/steps/ask-extension.html"
    renamed = {**GroundsForm.renamed, "hours": "amount"}  # noqa: RUF012 — read only
    amount = forms.DecimalField(decimal_places=1, min_value=0.1)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        most = most_of(self.case)
        self.unit_hours = most.unit_hours
        hint = f"{most.hint} {terms_of_asking(self.case, TimeKind.EXTENSION, by=self.by)}"
        field = forms.DecimalField(
            label=most.label, help_text=hint, decimal_places=1, min_value=0.1, max_value=most.amount
        )
        self.fields["amount"] = field

    def carry_out(self) -> None:
        """Ask for the extension."""
        hours = float(self.cleaned_data["amount"]) * self.unit_hours
        ask_extension(**self.seen, hours=hours, **self.grounds())


class AskSuspensionForm(GroundsForm):
    """Ask that the clock stands still until a day."""

    template = "workspace/steps/ask-suspension.html"
    until = forms.DateField(label=_("On which day does it go on?"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        first, days = localtime(self.at).date() + timedelta(days=1), procedure_of(self.case).suspension_days
        self.fields["until"].help_text = terms_of_asking(self.case, TimeKind.SUSPENSION, by=self.by)
        self.fields["until"].widget.attrs |= {
            "min": first.isoformat(),
            "max": (localtime(self.at).date() + timedelta(days=days)).isoformat(),
        }

    def clean_until(self) -> datetime:
        """Return when that day begins; refuse one that is over or too far off, before any file is kept."""
        until = datetime.combine(self.cleaned_data["until"], time.min, tzinfo=get_current_timezone())
        if why := why_not_until(procedure_of(self.case), until=until, at=self.at):
            raise forms.ValidationError(why)
        return until

    def carry_out(self) -> None:
        """Ask for the suspension."""
        ask_suspension(**self.seen, until=self.cleaned_data["until"], **self.grounds())


class DecideTimeForm(StepForm):
    """Grant or refuse what the unit asked for."""

    template = "workspace/steps/decide-time.html"
    is_granted = forms.TypedChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("1", _("Grant it")), ("0", _("Refuse it"))],
        coerce=lambda word: word == "1",
    )
    note = text_field(_("Why?"), hint=_("If you grant it, the reporter reads this."))

    def carry_out(self) -> None:
        """Decide on the request."""
        data = self.cleaned_data
        decide_time(**self.seen, is_granted=data["is_granted"], note=data["note"])


class WithdrawTimeForm(StepForm):
    """Take the request back."""

    template = "workspace/steps/withdraw-time.html"

    def carry_out(self) -> None:
        """Take it back."""
        withdraw_time_request(**self.seen)


class ResumeForm(StepForm):
    """Let the case go on before its time."""

    template = "workspace/steps/resume.html"
    note = text_field(_("What has changed?"), required=False, hint=_("The reporter reads this. Can be left empty."))

    def carry_out(self) -> None:
        """Let it go on."""
        resume_case(**self.seen, note=self.cleaned_data["note"])
