"""What changes what is known of a case: category, place, ties to other cases, notes, evidence."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.cases.public import (
    EvidencePurpose,
    LinkKind,
    Visibility,
    add_note,
    adopt_case,
    ask_reporter,
    case_by_number,
    link_cases,
    merge_case,
    recategorize_case,
    relocate_case,
)
from onegrid.geography.public import CoordinateSystem, locate
from onegrid.workspace.rules.words import PURPOSES
from onegrid.workspace.web.forms.step import UNPLACED, FilesField, StepForm, text_field

QUESTION = "question"  # beside the visibilities of a note: what the reporter reads and the public does not


class RecategorizeForm(StepForm):
    """Put a case under another category."""

    template = "workspace/steps/recategorize.html"
    category = forms.CharField(label=gettext_lazy("Category"), required=False)
    find = forms.CharField(label=gettext_lazy("Search categories"), required=False, max_length=60)
    reason = text_field(
        gettext_lazy("Reason"),
        required=False,
        hint=gettext_lazy("The reporter can read it. Needed where the stage is late: that stays in the timeline."),
    )

    def carry_out(self) -> None:
        """Change the category."""
        data = self.cleaned_data
        recategorize_case(**self.seen, category_code=data["category"], reason=data["reason"])


class RelocateForm(StepForm):
    """Correct where a case lies, by pin or by figures."""

    template = "workspace/steps/relocate.html"
    lon = forms.FloatField(label=gettext_lazy("Longitude"), error_messages=UNPLACED)
    lat = forms.FloatField(label=gettext_lazy("Latitude"), error_messages=UNPLACED)
    system = forms.ChoiceField(
        label=gettext_lazy("Coordinate system"), choices=CoordinateSystem.choices, required=False
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **more)
        place = self.case.place
        known = {"lon": place.lon, "lat": place.lat, "system": CoordinateSystem.WGS84, "address": self.case.address}
        self.initial = {**known, **self.initial}

    def carry_out(self) -> None:
        """Find the grid, then move the case there."""
        data = self.cleaned_data
        system = data["system"] or CoordinateSystem.WGS84
        location = locate(data["lon"], data["lat"], system)
        original = (data["lon"], data["lat"])
        relocate_case(**self.seen, location=location, original=original, system=system, address=data["address"])


class OtherCaseForm(StepForm):
    """A step that names another case, by one that was suggested or by its number."""

    near = forms.CharField(label=gettext_lazy("Open cases near by"), required=False)
    number = forms.CharField(label=gettext_lazy("Number of the other case"), required=False, max_length=24)

    def clean(self) -> dict[str, Any]:
        """Find the other case."""
        data = super().clean() or self.cleaned_data
        wanted = data.get("number") or data.get("near") or ""
        other = case_by_number(wanted, by=self.by) if wanted else None
        if other is None:
            message = _("There is no case with this number that you may see.") if wanted else _("Name the other case.")
            self.add_error("number", message)
        else:
            self.other: UUID = other.pk
        return data


class MergeForm(OtherCaseForm):
    """Make a case part of another that is about the same."""

    template = "workspace/steps/merge.html"
    note = text_field(gettext_lazy("Note"), required=False)

    def carry_out(self) -> None:
        """Merge the case."""
        merge_case(**self.seen, into=self.other, note=self.cleaned_data["note"])


class LinkForm(OtherCaseForm):
    """Say that two cases belong together."""

    template = "workspace/steps/link.html"
    kind = forms.ChoiceField(label=gettext_lazy("How"), choices=LinkKind.choices, initial=LinkKind.RELATED)

    def carry_out(self) -> None:
        """Link the cases."""
        link_cases(**self.seen, to=self.other, kind=LinkKind(self.cleaned_data["kind"]))


class AdoptForm(OtherCaseForm):
    """Make a case a part of another."""

    template = "workspace/steps/adopt.html"

    def carry_out(self) -> None:
        """Put the case below the other one."""
        adopt_case(**self.seen, parent=self.other)


class NoteForm(StepForm):
    """Write into the timeline."""

    template = "workspace/steps/note.html"
    text = text_field(gettext_lazy("Note"))
    visibility = forms.ChoiceField(
        label=gettext_lazy("Who can read it?"),
        widget=forms.RadioSelect,
        initial=Visibility.INTERNAL,
        choices=[
            (Visibility.INTERNAL.value, gettext_lazy("Colleagues only")),
            (Visibility.PUBLIC.value, gettext_lazy("The reporter and the public too")),
            (QUESTION, gettext_lazy("The reporter, and not the public: a question to be answered")),
        ],
    )

    def carry_out(self) -> None:
        """Add the note; it conflicts with nothing, so no version is asked."""
        data = self.cleaned_data
        if data["visibility"] == QUESTION:
            ask_reporter(case_id=self.case.pk, text=data["text"], by=self.by, at=self.at)
            return
        visibility = Visibility(data["visibility"])
        add_note(case_id=self.case.pk, text=data["text"], visibility=visibility, by=self.by, at=self.at)


class EvidenceForm(StepForm):
    """Add files to a case."""

    template = "workspace/steps/evidence.html"
    files_sent = FilesField(label=gettext_lazy("Photos, sound, film or documents"), required=True)
    purpose = forms.ChoiceField(
        label=gettext_lazy("What do they show?"), choices=list(PURPOSES.items()), initial=EvidencePurpose.OTHER
    )

    def carry_out(self) -> None:
        """Keep the files."""
        self.keep_files("files_sent", EvidencePurpose(self.cleaned_data["purpose"]))
