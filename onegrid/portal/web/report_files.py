"""
The files of a report: photos and recordings with the form itself, or sent before it piece by piece.

Each is looked into before anything is kept. Which way it came makes no difference to what is accepted.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from onegrid.cases.public import REPORT_FILES
from onegrid.core.api.resumable import filename, named
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.media import resumable
from onegrid.core.media.formats import MediaKind
from onegrid.core.media.lengths import require_short
from onegrid.core.media.upload import Upload, inspect_upload

MOST_FILES = REPORT_FILES
PHOTOS = frozenset({MediaKind.PHOTO})
RECORDINGS = frozenset({MediaKind.AUDIO, MediaKind.VIDEO})
PHOTO_TYPES = "image/jpeg,image/png,image/webp,image/gif"
RECORDING_TYPES = "audio/*,video/*"


class FilesInput(forms.FileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.Field):
    """Several files of some kinds, each looked into; its value is a list of `Upload`."""

    def __init__(self, *, kinds: Collection[MediaKind], accept: str, **also: Any) -> None:  # noqa: ANN401  as Django has it
        self.kinds = kinds
        widget = FilesInput(attrs={"multiple": True, "accept": accept})
        super().__init__(required=False, widget=widget, **also)

    def clean(self, value: Any) -> list[Upload]:  # noqa: ANN401
        """Refuse those that cannot be kept, each with its name and the reason."""
        files: list[UploadedFile[bytes]] = [file for file in value or [] if file]
        require_few(len(files))
        faults, uploads = [], []
        for file in files:
            try:
                uploads.append(looked_into(file, kinds=self.kinds))
            except InvalidInputError as refusal:
                faults.append(_("%(name)s: %(reason)s") % {"name": file.name, "reason": refusal})
        if faults:
            raise forms.ValidationError(faults)
        return uploads


class SentBeforeField(forms.Field):
    """Files that came before the form, by their ids; its value is a list of ids with what each is."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[tuple[str, Upload]]:  # noqa: ANN401  as Django has it
        """Refuse those that are not here, not whole, or cannot be kept."""
        ids: list[str] = list(dict.fromkeys(value or []))
        require_few(len(ids))
        try:
            return [(id_, _sent_before(id_)) for id_ in ids]
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


def require_few(count: int) -> None:
    """
    See that there are not too many files.

    :raises ValidationError: if there are more than a report can have.
    """
    if count > MOST_FILES:
        message = _("At most %(most)d files; you chose %(has)d.") % {"most": MOST_FILES, "has": count}
        raise forms.ValidationError(message)


def looked_into(
    content: IO[bytes] | UploadedFile[bytes], *, name: str = "", kinds: Collection[MediaKind] = PHOTOS | RECORDINGS
) -> Upload:
    """
    Find out what a file of a report is.

    :raises InvalidInputError: if it cannot be kept, or is of another kind than those asked for.
    """
    upload = inspect_upload(content, name=name)
    if upload.kind not in kinds:
        if kinds == PHOTOS:
            raise InvalidInputError(_("This is not a photo. Choose a JPEG, PNG, WebP or GIF picture."))
        raise InvalidInputError(_("This is neither a photo nor a recording of voice or video."))
    return require_short(upload)


@contextmanager
def opened_again(files: Sequence[tuple[str, Upload]]) -> Iterator[list[Upload]]:
    """Open files that came before the form for as long as they are kept."""
    with ExitStack() as stack:
        now = timezone.now()
        yield [replace(upload, content=stack.enter_context(resumable.opened(id_, at=now))) for id_, upload in files]


def kept_for_now(files: Sequence[Upload]) -> list[tuple[str, Upload]]:
    """Keep files that came with a form which has to be sent once more, so that nobody chooses them again."""
    now, kept = timezone.now(), []
    for upload in files:
        begun = resumable.begin(length=upload.size, metadata=named(upload.name), at=now)
        upload.content.seek(0)
        resumable.append(begun.id, upload.content, offset=0, size=upload.size, at=now)
        kept.append((begun.id, upload))
    return kept


def _sent_before(id_: str) -> Upload:
    now = timezone.now()
    with resumable.opened(id_, at=now) as content:
        return looked_into(content, name=filename(resumable.find(id_, at=now).metadata))
