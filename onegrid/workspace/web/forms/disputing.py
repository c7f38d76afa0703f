"""Whose a case is: a unit says "not ours", units argue, somebody above them decides."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.accounts.public import User
from onegrid.cases.public import Case, EvidencePurpose, add_evidence
from onegrid.core.errors import InvalidInputError
from onegrid.dispatch.public import (
    DisputeReason,
    Docket,
    PartyRole,
    argue_dispute,
    decide_dispute,
    docket,
    dockets_of,
    invite_unit,
    open_dispute,
)
from onegrid.units.public import directory
from onegrid.workspace.readers.choices import Lead, suggested_leads
from onegrid.workspace.readers.dockets import DocketLine, precedents_like, unit_named
from onegrid.workspace.web.forms.dispatching import unit_named as find_unit
from onegrid.workspace.web.forms.step import FilesField, StepForm, text_field

FOR_PEOPLE = [(reason.value, reason.label) for reason in DisputeReason if reason != DisputeReason.RETURNED]


class _NamingForm(StepForm):
    """A form in which a unit is named that works at the place of the case."""

    def code_of(self, name: str) -> str:
        """Return the code of the unit that a field names; nothing, with a complaint, where there is none."""
        text = self.cleaned_data.get(name, "")
        unit = find_unit(text, area_path=self.case.area_path) if text else None
        if text and unit is None:
            self.add_error(name, _("There is no such unit for this place. Choose one from the list."))
        return unit.code if unit else ""

    @property
    def precedents(self) -> list[DocketLine]:
        """Return what was decided before about such matters."""
        return precedents_like(self.case, by=self.by, at=self.at)


class DisputeForm(_NamingForm):
    """Say that a case is not one's own, why, and whose it is."""

    template = "workspace/steps/dispute.html"
    reason = forms.ChoiceField(label=gettext_lazy("Why is it not yours?"), choices=FOR_PEOPLE, widget=forms.RadioSelect)
    claimed = forms.CharField(label=gettext_lazy("Whose is it?"), required=False, max_length=100)
    grounds = text_field(
        gettext_lazy("What speaks for it?"),
        hint=gettext_lazy("Read by those who decide and by the units in the docket, never by the reporter."),
    )
    renamed = {"words": "grounds"}  # noqa: RUF012 — read only

    def clean(self) -> dict[str, Any]:
        """Find the unit that was named."""
        data = super().clean() or self.cleaned_data
        data["claimed"] = self.code_of("claimed")
        return data

    def carry_out(self) -> None:
        """Open the docket."""
        data = self.cleaned_data
        open_dispute(
            **self.seen,
            reason=DisputeReason(data["reason"]),
            words=data["grounds"],
            claimed_code=data["claimed"],
        )


class SettleForm(_NamingForm):
    """Decide whose a case is; `unit` takes the name of one that is not in the docket."""

    template = "workspace/steps/settle.html"
    lead = forms.CharField(label=gettext_lazy("Whose is it?"), required=False)
    unit = forms.CharField(label=gettext_lazy("Another unit"), required=False, max_length=100)
    ruling = text_field(
        gettext_lazy("Why does it belong there?"),
        hint=gettext_lazy("Kept as a precedent for other officers; the reporter reads only which unit has it."),
    )

    def clean(self) -> dict[str, Any]:
        """Find the unit that was named."""
        data = super().clean() or self.cleaned_data
        if data.get("unit"):
            data["lead"] = self.code_of("unit")
        elif not data.get("lead"):
            self.add_error("lead", _("Choose the unit it belongs to."))
        return data

    def carry_out(self) -> None:
        """Decide the docket."""
        decide_dispute(**self.seen, lead_code=self.cleaned_data["lead"], ruling=self.cleaned_data["ruling"])

    @cached_property
    def docket(self) -> Docket | None:
        """Return the docket that is to be decided."""
        numbers = [dispute.number for dispute in dockets_of(self.case) if dispute.decided_at is None]
        return docket(self.case, numbers[0], by=self.by) if numbers else None

    @cached_property
    def parties(self) -> list[Lead]:
        """Return the units in the docket, each with why it has a say."""
        found, units = self.docket, directory().by_id
        return [
            Lead(
                code=units[party.unit_id].code,
                name=unit_named(party.unit_id),
                reason=str(PartyRole(party.role).label),
            )
            for party in (found.parties if found else ())
        ]

    @property
    def suggested(self) -> list[Lead]:
        """Return the unit that the routing suggests, where it is not in the docket anyway."""
        named = {lead.code for lead in self.parties}
        return [lead for lead in suggested_leads(self.case, at=self.at) if lead.code not in named]


class ArgueForm(forms.Form):
    """What a unit says in a docket, perhaps with a picture or document."""

    unit = forms.ChoiceField(label=gettext_lazy("For which unit"), required=False)
    text = text_field(gettext_lazy("What speaks for it?"))
    file = FilesField(label=gettext_lazy("A photo or document"))

    def __init__(self, *args: Any, found: Docket, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        super().__init__(*args, **{**more, "auto_id": "f_%s"})
        self.found = found
        field, upload = self.fields["unit"], self.fields["file"]
        assert isinstance(field, forms.ChoiceField)
        assert isinstance(upload, FilesField)
        field.choices = [(unit.code, unit_named(unit.id)) for unit in found.speaks_for]
        upload.most = 1

    def carry_out(self, *, by: User, at: datetime) -> None:
        """Put the argument to the docket, with its file among the evidence of the case."""
        data, case = self.cleaned_data, self.found.case
        pieces = [
            add_evidence(case_id=case.pk, purpose=EvidencePurpose.OTHER, upload=upload, is_public=False, by=by, at=at)
            for upload in data["file"]
            if data["text"].strip() and self.found.speaks_for  # else the action refuses, and no file is to stay
        ]
        evidence_id = pieces[0].pk if pieces else None
        argue_dispute(case_id=case.pk, text=data["text"], unit_code=data["unit"], evidence_id=evidence_id, by=by, at=at)


class InviteForm(forms.Form):
    """One more unit that is to have a say."""

    invited = forms.CharField(label=gettext_lazy("Invite another unit"), required=False, max_length=100)

    def carry_out(self, case: Case, *, by: User, at: datetime) -> None:
        """
        Invite the unit.

        :raises InvalidInputError: if there is no such unit for the place.
        """
        unit = find_unit(self.cleaned_data["invited"], area_path=case.area_path)
        if unit is None:
            message = _("There is no such unit for this place. Choose one from the list.")
            raise InvalidInputError(message, fields={"invited": message})
        invite_unit(case_id=case.pk, unit_code=unit.code, by=by, at=at)
