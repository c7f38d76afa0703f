"""Acceptance, refusal, the check on the spot, and filing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from onegrid.cases.public import (
    REFUSAL_OUTCOMES,
    EvidencePurpose,
    Outcome,
    accept_case,
    answer_check,
    ask_check,
    file_case,
    refuse_case,
)
from onegrid.triage.public import kept_for_filing
from onegrid.workspace.readers.choices import present_code, said_in
from onegrid.workspace.web.forms.step import FilesField, StepForm, text_field


class AcceptForm(StepForm):
    """Take a case on."""

    template = "workspace/steps/accept.html"
    words = "note"
    note = text_field(_("Note"), required=False)

    def carry_out(self) -> None:
        """Accept the case."""
        accept_case(**self.seen, note=self.cleaned_data["note"])


class RefuseForm(StepForm):
    """End a case that is not taken on."""

    template = "workspace/steps/refuse.html"
    words = "note"
    outcome = forms.ChoiceField(
        label=_("Why"), widget=forms.RadioSelect, choices=[(o.value, o.label) for o in Outcome if o in REFUSAL_OUTCOMES]
    )
    note = text_field(_("Reason"), hint=_("The reporter reads this."))

    def carry_out(self) -> None:
        """Refuse the case."""
        refuse_case(**self.seen, outcome=Outcome(self.cleaned_data["outcome"]), note=self.cleaned_data["note"])


class AskCheckForm(StepForm):
    """Ask the grid team to look."""

    template = "workspace/steps/ask-check.html"
    question = text_field(_("What should be looked at?"), required=False)

    def carry_out(self) -> None:
        """Ask for the check."""
        ask_check(**self.seen, question=self.cleaned_data["question"])


class AnswerCheckForm(StepForm):
    """Say what was found on the spot."""

    template = "workspace/steps/answer-check.html"
    is_true = forms.TypedChoiceField(
        label=_("Is it as reported?"),
        widget=forms.RadioSelect,
        choices=[("1", _("Yes, it is so")), ("0", _("No, it is not"))],
        coerce=lambda word: word == "1",
    )
    finding = text_field(_("What did you find?"))
    photos = FilesField(label=_("Photos of the check"))

    def carry_out(self) -> None:
        """Keep the photos, then answer."""
        self.keep_files("photos", EvidencePurpose.CHECK, needed=["finding"])
        data = self.cleaned_data
        answer_check(**self.seen, is_true=data["is_true"], finding=data["finding"])


class FileForm(StepForm):
    """Settle the category and open the file."""

    template = "workspace/steps/file.html"
    category = forms.CharField(label=_("Category"), required=False)
    find = forms.CharField(label=_("Search categories"), required=False, max_length=60)
    title = forms.CharField(label=_("Title"), max_length=120, required=False)
    note = text_field(_("Note"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        self.initial.setdefault("title", self.case.title)
        self.initial.setdefault("category", present_code(self.case))

    def carry_out(self) -> None:
        """File the case."""
        data = self.cleaned_data
        file_case(
            **self.seen,
            category_code=data["category"],
            title=data["title"],
            note=data["note"],
            suggested=kept_for_filing(said_in(self.case)),
        )
