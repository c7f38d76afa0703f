"""The form of a report: what, where, photos, how to answer, and the questions of the chosen category."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from onegrid.cases.public import JoiningReport
from onegrid.catalogue.public import questions_of
from onegrid.core.errors import DomainError, InvalidInputError
from onegrid.core.media.resumable import NoRoomError
from onegrid.core.media.upload import Upload
from onegrid.dispatch.public import ReportedCase
from onegrid.geography.public import CoordinateSystem, communities
from onegrid.portal.actions.join_matter import join_matter
from onegrid.portal.actions.take_report import take_report
from onegrid.portal.readers.alike import Alike, alike_nearby
from onegrid.portal.readers.kinds import reportable
from onegrid.portal.web.report_fields import grouped, question_field
from onegrid.portal.web.report_files import (
    PHOTO_TYPES,
    PHOTOS,
    RECORDING_TYPES,
    RECORDINGS,
    FilesField,
    SentBeforeField,
    kept_for_now,
    opened_again,
    require_few,
)
from onegrid.portal.web.report_hints import hints
from onegrid.portal.web.report_state import FormState, new_state, read_state

ANSWER = "q-"  # before the name of a question
MOBILE_DIGITS = 11
FARTHEST = 100_000.0  # meters; what a device claims beyond that says nothing
FIELD_OF = {
    "location": "place",
    "system": "place",
    "reporter_name": "name",
    "reporter_contact": "contact",
    "reported_at": "",
}  # by the names that actions give


class CarriedOut(NamedTuple):
    """Which case it has become or joined, and the secret of the private link."""

    case_id: UUID
    number: str
    secret: str


class ReportForm(forms.Form):
    """One page, under a minute: only what happened and where must be said."""

    state = forms.CharField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say in a few words what is wrong.")},
    )
    category = forms.CharField(required=False, max_length=80, label=gettext_lazy("What kind of matter it is"))
    asked = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    photos = FilesField(kinds=PHOTOS, accept=PHOTO_TYPES, label=gettext_lazy("Photos"))
    recordings = FilesField(kinds=RECORDINGS, accept=RECORDING_TYPES, label=gettext_lazy("Voice or video"))
    uploads = SentBeforeField(required=False, label=gettext_lazy("Files"))
    place = forms.CharField(required=False, widget=forms.HiddenInput)
    lon = forms.FloatField(
        required=False, label=gettext_lazy("Longitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    lat = forms.FloatField(
        required=False, label=gettext_lazy("Latitude"), widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    system = forms.ChoiceField(
        required=False, label=gettext_lazy("Coordinate system"), choices=CoordinateSystem.choices
    )
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)
    community = forms.ChoiceField(
        required=False, label=gettext_lazy("Township and community"), widget=forms.Select(attrs={"class": "po-in"})
    )
    address = forms.CharField(required=False, max_length=200, label=gettext_lazy("Address or a place everybody knows"))
    who = forms.ChoiceField(required=False, choices=[("anonymous", ""), ("contact", "")])
    name = forms.CharField(required=False, max_length=60, label=gettext_lazy("Your name"))
    contact = forms.CharField(required=False, max_length=100, label=gettext_lazy("Mobile number or e-mail"))
    mine = forms.BooleanField(required=False)  # whether it goes into the account that is open here
    join = forms.CharField(required=False, max_length=20)  # the number of a case that is the same matter
    seen = forms.CharField(required=False, max_length=1)  # the button that is pressed once the hints were read
    written_at = forms.DateTimeField(required=False)  # where it waited on the device for a network
    website = forms.CharField(required=False, label=gettext_lazy("Leave this empty"))

    def __init__(self, data: Any = None, files: Any = None, *, initial: Mapping[str, object] | None = None) -> None:  # noqa: ANN401
        super().__init__(data, files, initial={"state": new_state(), "who": "anonymous", **(initial or {})})
        community = self.fields["community"]
        assert isinstance(community, forms.ChoiceField)
        community.choices = grouped(communities().values())
        self.entry = reportable(str(self["category"].value() or ""))
        self.joins = bool(self.is_bound and self["join"].value())
        if self.joins:
            self.fields["text"].required = False
        self.add_questions()

    def add_questions(self) -> None:
        """Ask what the chosen category asks; nothing of it must be answered by who was not shown it."""
        if self.entry is None:
            return
        was_asked = not self.is_bound or (self["asked"].value() == self.entry.code and not self.joins)
        for question in questions_of(self.entry.form, language=get_language() or ""):
            self.fields[f"{ANSWER}{question.name}"] = question_field(question)
            if not was_asked:
                self.fields[f"{ANSWER}{question.name}"].required = False

    @property
    def questions(self) -> list[forms.BoundField]:
        """The questions of the category, in its order."""
        return [bound for bound in self if bound.name.startswith(ANSWER)]

    def clean_state(self) -> FormState:
        """Take only a state that we have made."""
        state = read_state(self.cleaned_data["state"])
        if state is None:
            raise forms.ValidationError(_("This form was not made here. Open the page again."))
        return state

    def clean_category(self) -> str:
        """Take only what residents may report under; nothing at all is an answer too."""
        code: str = self.cleaned_data["category"]
        if code and self.entry is None:
            raise forms.ValidationError(_("There is no such category to report under."))
        return code

    def clean_website(self) -> str:
        """Turn away programs, which fill in everything."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("The last field must stay empty; it is there to catch programs."))
        return ""

    def clean_contact(self) -> str:
        """See that a mobile number is whole."""
        contact: str = self.cleaned_data["contact"]
        if self.cleaned_data.get("who") != "contact":
            return ""
        if not contact:
            raise forms.ValidationError(_("Leave a number or an address, or choose to stay anonymous."))
        digits = re.sub(r"[\s-]", "", contact)
        if re.fullmatch(r"1[3-9]\d*", digits) and len(digits) != MOBILE_DIGITS:
            message = _("A mobile number has 11 digits; this has %(has)d.") % {"has": len(digits)}
            raise forms.ValidationError(message)
        return contact

    def clean(self) -> dict[str, Any]:
        """See that there is a place, by whichever way it was said."""
        data = super().clean() or self.cleaned_data
        self._count_files(data)
        typed = [data.get("lon"), data.get("lat")]
        if self.joins or self.errors.keys() & {"lon", "lat", "community"}:
            return data
        if None in typed and typed != [None, None]:
            self.add_error("place", _("Longitude and latitude belong together; one of them is missing."))
        elif typed == [None, None] and not data.get("community"):
            self.add_error("place", _("Say where it is: on the map, or by choosing a community."))
        return data

    def personal_hints(self) -> list[str]:
        """Return in words what the report says of a person, unless its writer has read that already."""
        return [] if self.cleaned_data["seen"] else hints(self.cleaned_data["text"], self.cleaned_data["address"])

    def kept_files(self) -> list[tuple[str, Upload]]:
        """Return the files that came with the form or before it, kept for its next sending, with what each is."""
        said = self.cleaned_data if self.is_bound and self.errors is not None else {}
        came = [*said.get("photos", ()), *said.get("recordings", ())]
        try:
            return [*said.get("uploads", ()), *kept_for_now(came)]
        except NoRoomError:
            return list(said.get("uploads", ()))

    def alike(self, *, at: datetime) -> list[Alike]:
        """Return the open cases near by that may be the same matter, as far as the place is known yet."""
        said = {name: str(self[name].value() or "") for name in ("lon", "lat", "system", "text", "category")}
        return alike_nearby(**said, at=at)

    def carry_out(self, *, at: datetime) -> CarriedOut:
        """
        Report the matter, or join the case that is the same.

        :raises DomainError: where it is refused; nothing is written then.
        """
        data, state = self.cleaned_data, self.cleaned_data["state"]
        with opened_again(data["uploads"]) as sent_before:
            files = [*data["photos"], *data["recordings"], *sent_before]
            if self.joins:
                case = join_matter(number=data["join"], report=self._joining(state), files=files, at=at)
                return CarriedOut(case.pk, case.number, state.secret)
            receipt = take_report(report=self._report(state), files=files, at=at).receipt
            return CarriedOut(receipt.case_id, receipt.number, state.secret)

    def _joining(self, state: FormState) -> JoiningReport:
        data = self.cleaned_data
        return JoiningReport(
            id=state.id,
            text=data["text"].strip(),
            link_secret=state.secret,
            reporter_name=data["name"] if data["who"] == "contact" else "",
            reporter_contact=data["contact"],
        )

    def _report(self, state: FormState) -> ReportedCase:
        data = self.cleaned_data
        is_named = data["who"] == "contact"
        return ReportedCase(
            id=state.id,
            text=data["text"],
            category_code=data["category"],
            address=data["address"],
            answers=self._answers(),
            reporter_name=data["name"] if is_named else "",
            reporter_contact=data["contact"],
            link_secret=state.secret,
            reported_at=data["written_at"],
            **self._where(),
        )

    def take_refusal(self, refusal: DomainError) -> None:
        """Show what could not be accepted, at its field where that is known."""
        fields = refusal.fields if isinstance(refusal, InvalidInputError) else {}
        for name, message in (fields or {"": str(refusal)}).items():
            field = FIELD_OF.get(name, name.replace("answers.", ANSWER))
            self.add_error(field if field in self.fields else None, message)

    def _count_files(self, data: Mapping[str, Any]) -> None:
        try:
            require_few(sum(len(data.get(name) or ()) for name in ("photos", "recordings", "uploads")))
        except forms.ValidationError as fault:
            self.add_error("photos", fault)

    def _answers(self) -> dict[str, object]:
        said = {name.removeprefix(ANSWER): self.cleaned_data[name] for name in self.fields if name.startswith(ANSWER)}
        return {name: value for name, value in said.items() if value not in (None, "", [])}

    def _where(self) -> dict[str, Any]:
        """Return the point as it was given; for a community its label, with how far off that can be."""
        data = self.cleaned_data
        if data["lon"] is None:
            place = communities()[data["community"]]
            lon, lat = place.label_at
            return {"x": lon, "y": lat, "accuracy_m": float(place.reach_m)}
        accuracy = data["accuracy"]
        return {
            "x": data["lon"],
            "y": data["lat"],
            "system": data["system"] or CoordinateSystem.WGS84.value,
            "accuracy_m": accuracy if accuracy and 0 < accuracy <= FARTHEST else None,
        }
