"""New cases: on someone's behalf at the desk, and what a grid worker sees, perhaps fixed on the spot."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.accounts.public import User
from onegrid.cases.public import (
    Case,
    Channel,
    EvidencePurpose,
    IllegalMoveError,
    StaleCaseError,
    add_evidence,
    adopt_case,
    case_by_number,
    missing_proof,
    proof_label,
    solve_on_the_spot,
)
from onegrid.catalogue.public import catalogue
from onegrid.core.blanks import says_something
from onegrid.core.errors import DomainError, InvalidInputError, NotAllowedError
from onegrid.core.ids import new_id
from onegrid.dispatch.public import Reported, ReportedCase, report_case
from onegrid.geography.public import CoordinateSystem
from onegrid.workspace.web.forms.step import UNPLACED, FilesField, text_field

FARTHEST = 100_000  # meters; a device that knows no better does not know


class ReportForm(forms.Form):
    """
    What both kinds of new case ask.

    `id` and `opened_at` were made when the form was opened: sending it twice is
    the same report, and changes nothing.
    """

    id = forms.UUIDField(widget=forms.HiddenInput)
    opened_at = forms.DateTimeField(widget=forms.HiddenInput)
    text = text_field(gettext_lazy("What is wrong?"), rows=4)
    category = forms.CharField(label=gettext_lazy("Category"), required=False)
    find = forms.CharField(label=gettext_lazy("Search categories"), required=False, max_length=60)
    lon = forms.FloatField(label=gettext_lazy("Longitude"), error_messages=UNPLACED)
    lat = forms.FloatField(label=gettext_lazy("Latitude"), error_messages=UNPLACED)
    system = forms.ChoiceField(
        label=gettext_lazy("Coordinate system"), choices=CoordinateSystem.choices, required=False
    )
    accuracy = forms.FloatField(required=False, widget=forms.HiddenInput)
    address = forms.CharField(label=gettext_lazy("Address or landmark"), max_length=200, required=False)
    photos = FilesField(label=gettext_lazy("Photos of how it is"))

    def __init__(self, *args: Any, by: User, at: datetime, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        super().__init__(*args, **more)
        self.by, self.at = by, at
        self.initial = {"id": new_id(), "opened_at": timezone.localtime(at).isoformat(), **self.initial}

    def clean(self) -> dict[str, Any]:
        """Say at once what is missing, the place only once: it has two fields and is one thing."""
        data = super().clean() or self.cleaned_data
        if "text" in data and not says_something(data["text"]):
            self.add_error("text", _("Say in a few words what is wrong."))
        if {"lon", "lat"} <= set(self.errors) and self.errors["lon"] == self.errors["lat"]:
            del self.errors["lat"]
        return data

    def reported_case(self, **more: Any) -> ReportedCase:  # noqa: ANN401 — its fields
        """Return what was filled in as the report that it is."""
        data, accuracy = self.cleaned_data, self.cleaned_data["accuracy"]
        return ReportedCase(
            id=data["id"],
            text=data["text"],
            x=data["lon"],
            y=data["lat"],
            system=data["system"] or CoordinateSystem.WGS84,
            accuracy_m=accuracy if accuracy and 0 < accuracy <= FARTHEST else None,
            category_code=data["category"],
            address=data["address"],
            reported_at=data["opened_at"],
            **more,
        )

    def _report(self, *, channel: Channel, **more: Any) -> Reported:  # noqa: ANN401 — fields of ReportedCase
        return report_case(report=self.reported_case(**more), channel=channel, by=self.by, at=self.at)

    def _keep(self, name: str, purpose: EvidencePurpose) -> None:
        for upload in self.cleaned_data[name]:
            add_evidence(case_id=self.cleaned_data["id"], purpose=purpose, upload=upload, by=self.by, at=self.at)

    def take_refusal(self, refusal: DomainError) -> int:
        """Show what an action refused, at its fields where they are known; return the status of the answer."""
        known = {"location": "lon", "reported_at": "text", "evidence": "photos"}
        fields = refusal.fields if isinstance(refusal, InvalidInputError) else {}
        if isinstance(refusal, NotAllowedError):  # may report, but not at this place
            fields = {"lon": str(refusal)}
        for name, message in (fields or {"": str(refusal)}).items():
            field = known.get(name, name)
            self.add_error(field if field in self.fields else None, message)
        return refusal.status


class DeskForm(ReportForm):
    """A case that somebody tells the desk about."""

    channel = forms.ChoiceField(
        label=gettext_lazy("How did it reach you?"),
        choices=[
            (Channel.PHONE.value, gettext_lazy("By telephone")),
            (Channel.DESK.value, gettext_lazy("At the desk")),
        ],
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, required=False)
    reporter_name = forms.CharField(label=gettext_lazy("Name of the reporter"), max_length=60, required=False)
    reporter_contact = forms.CharField(label=gettext_lazy("How to reach them"), max_length=100, required=False)
    parent = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_parent(self) -> Case | None:
        """Find the case that this becomes a part of."""
        number = self.cleaned_data["parent"]
        if not number:
            return None
        case = case_by_number(number, by=self.by)
        if case is None:
            raise forms.ValidationError(_("There is no case with this number that you may see."))
        return case

    def carry_out(self) -> str:
        """Report the case, keep the photos, put it below its parent; return its number."""
        data = self.cleaned_data
        reported = self._report(
            channel=Channel(data["channel"]), title=data["title"], reporter_name=data["reporter_name"],
            reporter_contact=data["reporter_contact"],
        )  # fmt: skip
        self._keep("photos", EvidencePurpose.BEFORE)
        parent: Case | None = data["parent"]
        case = case_by_number(reported.receipt.number, by=self.by)
        if parent and case and case.parent_id is None:
            adopt_case(case_id=case.pk, version=case.version, parent=parent.pk, by=self.by, at=self.at)
        return reported.receipt.number


class FieldForm(ReportForm):
    """What a grid worker sees on the round; `solved` closes it in the same sending."""

    solved = forms.BooleanField(label=gettext_lazy("I solved it on the spot"), required=False)
    result = text_field(gettext_lazy("What was done?"), required=False, rows=2)
    after = FilesField(label=gettext_lazy("Photo of how it is now"))

    def clean(self) -> dict[str, Any]:
        """Check everything that closing needs before anything is reported."""
        data = super().clean() or self.cleaned_data
        if not data.get("solved"):
            return data
        kind = catalogue().by_code.get(data.get("category", ""))
        if kind is None or not kind.is_leaf:
            self.add_error("category", _("Choose a category to close it as solved."))
        elif missing := missing_proof(demanded=kind.proof, present=self._sent(data)):
            names = ", ".join(proof_label(proof) for proof in missing)
            self.add_error("after", _("Proof is missing: %(proof)s.") % {"proof": names})
        if not data.get("result", "").strip():
            self.add_error("result", _("Say what was done."))
        return data

    def _sent(self, data: dict[str, Any]) -> set[str]:
        sent = [(purpose, data.get(name, [])) for name, purpose in (("photos", "before"), ("after", "after"))]
        return {f"{purpose}:{upload.kind.value}" for purpose, uploads in sent for upload in uploads}

    def carry_out(self) -> tuple[str, str]:
        """Report, keep the photos, close if it is solved; return the number, and why it is not closed."""
        data = self.cleaned_data
        number = self._report(channel=Channel.GRID_WORKER).receipt.number
        self._keep("photos", EvidencePurpose.BEFORE)
        self._keep("after", EvidencePurpose.AFTER)
        case = case_by_number(number, by=self.by)
        if not data["solved"] or case is None or case.ended_at:
            return number, ""
        try:
            code, result = data["category"], data["result"]
            done = solve_on_the_spot(
                case_id=case.pk, version=1, category_code=code, result=result, by=self.by, at=self.at
            )
        except (IllegalMoveError, StaleCaseError) as refusal:
            return number, str(refusal)
        return number, "" if done.ended_at else _(
            "It was drawn for verification: somebody else looks before it is closed."
        )
