"""What all forms of a step share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_stubs_ext import StrPromise

from onegrid.accounts.public import User
from onegrid.cases.public import Case, EvidencePurpose, ReplyStep, add_evidence
from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.upload import Upload, inspect_upload
from onegrid.units.public import directory

Text = str | StrPromise
MOST_FILES = 6
LONGEST = 2000
UNPLACED = {"required": gettext_lazy("Say where it is: on the map, or by typing coordinates.")}


class FilesInput(forms.ClearableFileInput):
    """An input that takes several files at once."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"

    def value_from_datadict(  # the arguments are Django's
        self,
        data: Any,  # noqa: ANN401, ARG002
        files: MultiValueDict[str, UploadedFile[bytes]],
        name: str,
    ) -> Any:  # noqa: ANN401
        """Return every file that was chosen."""
        return files.getlist(name)


class FilesField(forms.Field):
    """Several files, each looked into before anything is written; its value is a list of `Upload`."""

    widget = FilesInput
    most = MOST_FILES

    def __init__(self, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more.setdefault("required", False)
        super().__init__(**more)

    def clean(self, value: Sequence[UploadedFile[bytes]]) -> list[Upload]:
        """Refuse those that cannot be kept, by name and with the reason; there are not more than fit side by side."""
        if len(value) > self.most:
            raise forms.ValidationError(_("At most %(count)d files at a time.") % {"count": self.most})
        if self.required and not value:
            raise forms.ValidationError(_("Choose a file."))
        faults, uploads = [], []
        for file in value:
            try:
                uploads.append(inspect_upload(file))
            except InvalidInputError as refusal:
                faults.append(_("%(name)s: %(reason)s") % {"name": file.name, "reason": refusal})
        if faults:
            raise forms.ValidationError(faults)
        return uploads


def text_field(label: Text, *, required: bool = True, hint: Text = "", rows: int = 3) -> forms.CharField:
    """Return a field for some sentences. What is missing is for the action to say, in words that fit the step."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST,
        help_text=hint or ("" if required else gettext_lazy("Can be left empty.")),
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class StepForm(forms.Form):
    """
    The form of one step on one case, seen at one version.

    `carry_out` calls the action; what the action refuses field by field is shown
    at the fields, `renamed` says where they are called otherwise here.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    template: ClassVar[str]
    renamed: ClassVar[Mapping[str, str]] = {}
    words: ClassVar[str] = ""  # the field a reply template goes into, if the step has them

    def __init__(self, *args: Any, case: Case, by: User, at: datetime, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        super().__init__(*args, **more)
        self.case, self.by, self.at = case, by, at
        self.initial.setdefault("version", case.version)

    def carry_out(self) -> None:
        """Do what the form was sent for."""
        raise NotImplementedError

    @property
    def seen(self) -> dict[str, Any]:
        """Return what every action of a case asks: which case, at which version, by whom, when."""
        return {"case_id": self.case.pk, "version": self.cleaned_data["version"], "by": self.by, "at": self.at}

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what an action could not accept, at its fields where they are known."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            field = self.renamed.get(name, name)
            self.add_error(field if field in self.fields else None, message)

    def keep_files(self, name: str, purpose: EvidencePurpose, *, needed: Sequence[str] = ()) -> list[UUID]:
        """
        Put the files of a field to the case and return their ids; sending them again changes nothing.

        Where the step cannot be taken, because the case has changed or a `needed` text is missing, no file is kept:
        the action, which comes next, says why.
        """
        is_stale = self.cleaned_data["version"] != self.case.version
        if needed and (is_stale or any(not self.cleaned_data[text].strip() for text in needed)):
            return []
        return [
            add_evidence(case_id=self.case.pk, purpose=purpose, upload=upload, by=self.by, at=self.at).pk
            for upload in self.cleaned_data[name]
        ]

    @property
    def reply_step(self) -> ReplyStep | None:
        """Return for which step reply templates are offered in it."""
        name = self.template.rpartition("/")[2].removesuffix(".html").replace("-", "_")
        return ReplyStep(name) if self.words else None

    @property
    def searched(self) -> str:
        """Return what was typed into the search of a picker, if the step has one."""
        return str(self["find"].value() or "") if "find" in self.fields else ""

    def written(self) -> list[tuple[str, str]]:
        """Return what the person typed or chose, so that it can be shown where the form itself is gone."""
        texts = [(bound.label, _said(bound)) for bound in self if isinstance(bound.field, forms.CharField)]
        return [(str(label), text) for label, text in texts if text]


def _said(bound: forms.BoundField) -> str:
    """Return what stands in a field; a category or a unit by its name."""
    text, language = str(bound.value() or ""), get_language() or ""
    if bound.name == "category" and (kind := catalogue().by_code.get(text)):
        return kind.named(language)
    if bound.name == "lead" and (unit := directory().by_code.get(text)):
        return unit.named(language)
    return text
