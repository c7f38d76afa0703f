"""Verification, closing with an outcome, reopening, withdrawing, solved on the spot."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import (
    CLOSING_OUTCOMES,
    EvidencePurpose,
    Outcome,
    close_case,
    reopen_case,
    solve_on_the_spot,
    verify_case,
    withdraw_case,
)
from onegrid.workspace.web.forms.step import FilesField, StepForm, text_field


class PassForm(StepForm):
    """Confirm that it is done."""

    template = "workspace/steps/pass.html"
    finding = text_field(_("What did you find?"), hint=_("The reporter reads this."))
    photos = FilesField(label=_("Photos of the verification"))
    is_done = True

    def carry_out(self) -> None:
        """Keep the photos, then say what was found."""
        self.keep_files("photos", EvidencePurpose.VERIFY, needed=["finding"])
        verify_case(**self.seen, is_done=self.is_done, finding=self.cleaned_data["finding"])


class FailForm(PassForm):
    """Send back what is not done."""

    template = "workspace/steps/fail.html"
    is_done = False


class CloseForm(StepForm):
    """Close with what came of it."""

    template = "workspace/steps/close.html"
    words = "note"
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        choices=[(o.value, o.label) for o in Outcome if o in CLOSING_OUTCOMES],
    )
    note = text_field(_("In words"), hint=_("The reporter reads this. Needed for everything but “fixed”."))

    def carry_out(self) -> None:
        """Close the case."""
        close_case(**self.seen, outcome=Outcome(self.cleaned_data["outcome"]), note=self.cleaned_data["note"])


class ReopenForm(StepForm):
    """Open a closed case again."""

    template = "workspace/steps/reopen.html"
    reason = text_field(_("What is not solved?"), hint=_("The reporter reads this."))

    def carry_out(self) -> None:
        """Reopen the case."""
        reopen_case(**self.seen, reason=self.cleaned_data["reason"])


class WithdrawForm(StepForm):
    """End a case whose reporter took it back."""

    template = "workspace/steps/withdraw.html"
    note = text_field(_("How did the reporter say so?"), required=False)

    def carry_out(self) -> None:
        """Withdraw the case."""
        withdraw_case(**self.seen, note=self.cleaned_data["note"])


class SolveForm(StepForm):
    """Close what one reported and fixed oneself."""

    template = "workspace/steps/solve-on-the-spot.html"
    category = forms.CharField(label=_("Category"), required=False)
    find = forms.CharField(label=_("Search categories"), required=False, max_length=60)
    result = text_field(_("What was done?"), hint=_("The reporter reads this."))
    photos = FilesField(label=_("Photos after the work"))
    renamed = {"evidence": "photos"}  # noqa: RUF012 — read only

    def carry_out(self) -> None:
        """Keep the photos, then close."""
        self.keep_files("photos", EvidencePurpose.AFTER, needed=["category", "result"])
        data = self.cleaned_data
        solve_on_the_spot(**self.seen, category_code=data["category"], result=data["result"])
