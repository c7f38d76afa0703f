"""A lateness appeal: what the head of the unit says, and what each review answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import Stage, appeal_lateness, review_appeal
from onegrid.workspace.readers.appeals import WHOLE, appeal_choices
from onegrid.workspace.web.forms.more_time import GroundsForm
from onegrid.workspace.web.forms.step import StepForm, text_field


class AppealForm(GroundsForm):
    """Appeal against the whole, or one stage."""

    template = "workspace/steps/appeal.html"
    about = forms.ChoiceField(
        label=_("Against what?"),
        widget=forms.RadioSelect,
        help_text=_("Once only. The whole takes in every late stage of your unit."),
    )
    reason = text_field(_("Why should the delay not be counted?"), hint=_("Everybody can read this."))

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        choices, field = appeal_choices(self.case), self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if choices:
            self.initial.setdefault("about", choices[0][0])
        else:
            del self.fields["about"]  # the action says that nothing was late

    def carry_out(self) -> None:
        """Appeal."""
        about = self.cleaned_data.get("about", WHOLE)
        stage = None if about == WHOLE else Stage(about)
        appeal_lateness(**self.seen, stage=stage, **self.grounds())


class ReviewAppealForm(StepForm):
    """Answer an appeal with yes or no."""

    template = "workspace/steps/review-appeal.html"
    is_yes = forms.TypedChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[("1", _("Yes, do not count it")), ("0", _("No, the delay counts"))],
        coerce=lambda word: word == "1",
    )
    note = text_field(_("Why?"), hint=_("Everybody can read this."))

    def carry_out(self) -> None:
        """Make the review."""
        data = self.cleaned_data
        review_appeal(**self.seen, is_yes=data["is_yes"], note=data["note"])
