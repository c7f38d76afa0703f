"""The forms of the desk for calls."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.calls.actions.write_call import CallPlan
from onegrid.calls.models import PublicCall
from onegrid.calls.readers.desk import areas_of
from onegrid.calls.states import Kind, Outcome
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.formats import MediaKind
from onegrid.core.media.upload import Upload, inspect_upload
from onegrid.units.public import UnitEntry


class PictureField(forms.FileField):
    """One picture, looked into before anything is kept; its value is an `Upload` or nothing."""

    def clean(self, data: Any, initial: Any = None) -> Upload | None:  # noqa: ANN401  as Django has it
        """Refuse what is no picture, a drawing with script in it above all."""
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):
            return None
        try:
            upload = inspect_upload(file)
        except InvalidInputError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if upload.kind != MediaKind.PHOTO:
            raise forms.ValidationError(_("This is not a photo. Choose a JPEG, PNG, WebP or GIF picture."))
        return upload


class CallForm(forms.Form):
    """A call to the public."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    area_code = forms.ChoiceField(label=gettext_lazy("Area"))
    instrument = forms.CharField(label=gettext_lazy("Legal instrument, such as a decision to file"), max_length=60)
    instrument_number = forms.CharField(label=gettext_lazy("Number of the instrument"), max_length=60)
    instrument_by = forms.CharField(label=gettext_lazy("Issued by"), max_length=100)
    instrument_on = forms.DateField(
        label=gettext_lazy("Date of the instrument"), widget=forms.DateInput(attrs={"type": "date"})
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=100)
    text = forms.CharField(
        label=gettext_lazy("What the public is told and asked"), max_length=3000, widget=forms.Textarea
    )
    title_hant = forms.CharField(label=gettext_lazy("Title in traditional Chinese"), max_length=100, required=False)
    text_hant = forms.CharField(
        label=gettext_lazy("Text in traditional Chinese"), max_length=3000, required=False, widget=forms.Textarea
    )
    title_en = forms.CharField(label=gettext_lazy("Title in English"), max_length=150, required=False)
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"), max_length=4000, required=False, widget=forms.Textarea
    )
    person_name = forms.CharField(
        label=gettext_lazy("Name of the person, if the instrument allows it"), max_length=60, required=False
    )
    picture = PictureField(label=gettext_lazy("Picture"), required=False)
    picture_from = forms.CharField(
        label=gettext_lazy("Where the picture is from, and who allowed it"), max_length=200, required=False
    )
    telephone = forms.CharField(label=gettext_lazy("Telephone for answers"), max_length=40)
    tip_channel = forms.SlugField(
        label=gettext_lazy("Code of the channel for tips that answer it"), max_length=40, required=False
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day it is shown"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *given: Any, unit: UnitEntry, kinds: list[Kind], **named: Any) -> None:  # noqa: ANN401
        super().__init__(*given, **named)
        kind, area = self.fields["kind"], self.fields["area_code"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(area, forms.ChoiceField)
        kind.choices = [(one.value, one.label) for one in kinds]
        area.choices = areas_of(unit)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill in: %(name)s") % {"name": field.label}

    def plan(self) -> CallPlan:
        """Return what a valid form says."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "picture"}
        return CallPlan(**said | {"kind": Kind(said["kind"])})


def initial_of(call: PublicCall) -> dict[str, Any]:
    """Return what stands in the form of a call that is changed."""
    names = [name for name in CallForm.base_fields if name not in {"picture", "area_code"}]
    dates = {name: getattr(call, name).isoformat() for name in ("instrument_on", "ends_on")}
    return {name: getattr(call, name) for name in names} | dates | {"area_code": call.area.code}


class ReasonForm(forms.Form):
    """Why a call is withdrawn or sent back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=200, error_messages={"required": gettext_lazy("Give the reason.")}
    )


class OutcomeForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("What came of it?"),
        choices=[(one.value, one.label) for one in Outcome if one is not Outcome.NONE],
    )
