"""The fields of the report form that Django lacks: several photos, a grouped list of places, a category's questions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from onegrid.catalogue.public import AnswerKind, Question
from onegrid.core.errors import InvalidInputError
from onegrid.core.media.formats import MediaKind
from onegrid.core.media.upload import Upload, inspect_upload
from onegrid.geography.public import Community

MOST_PHOTOS = 6


class PhotosInput(forms.FileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class PhotosField(forms.Field):
    """Several photos, each looked into before anything is kept; its value is a list of `Upload`."""

    widget = PhotosInput

    def clean(self, value: Any) -> list[Upload]:  # noqa: ANN401  as Django has it
        """Refuse the first that cannot be kept, with its name and the reason."""
        files = [file for file in value or [] if file]
        if len(files) > MOST_PHOTOS:
            message = _("At most %(most)d photos; you chose %(has)d.") % {"most": MOST_PHOTOS, "has": len(files)}
            raise forms.ValidationError(message)
        faults, photos = [], []
        for file in files:
            try:
                photos.append(_photo(file))
            except InvalidInputError as refusal:
                faults.append(_("%(name)s: %(reason)s") % {"name": file.name, "reason": refusal})
        if faults:
            raise forms.ValidationError(faults)
        return photos


def _photo(file: UploadedFile[bytes]) -> Upload:
    upload = inspect_upload(file)
    if upload.kind != MediaKind.PHOTO:
        raise InvalidInputError(_("This is not a photo. Choose a JPEG, PNG, WebP or GIF picture."))
    return upload


def grouped(places: Iterable[Community]) -> list[tuple[str, Any]]:
    """Return the choices of a list of communities by township, after one that says nothing is chosen."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        groups.setdefault(place.township_name, []).append((place.code, place.name))
    return [("", _("Choose the township and community")), *groups.items()]


def question_field(question: Question) -> forms.Field:
    """Return the field in which a question is answered."""
    common: dict[str, Any] = {"label": question.label, "required": question.is_required}
    common["help_text"] = _("required") if question.is_required else _("may stay empty")
    common["error_messages"] = {"required": _("Please answer: %(question)s") % {"question": question.label}}
    if question.kind == AnswerKind.YES_OR_NO:
        yes_or_no = [("yes", _("Yes")), ("no", _("No"))]
        return forms.TypedChoiceField(
            choices=_with_blank(yes_or_no), coerce=lambda said: said == "yes", empty_value=None, **common
        )
    if question.kind == AnswerKind.SEVERAL:
        return forms.MultipleChoiceField(choices=question.choices, **common)
    if question.choices:
        return forms.ChoiceField(choices=_with_blank(question.choices), **common)
    limits: dict[str, Any] = {"min_value": question.least, "max_value": question.most}
    if question.kind == AnswerKind.WHOLE_NUMBER:
        return forms.IntegerField(**limits, **common)
    if question.kind == AnswerKind.NUMBER:
        return forms.FloatField(**limits, **common)
    widget = forms.TextInput(attrs={"type": "time"}) if question.is_time else None
    return forms.CharField(max_length=question.longest or 200, widget=widget, **common)


def _with_blank(choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", _("Please choose")), *choices]
