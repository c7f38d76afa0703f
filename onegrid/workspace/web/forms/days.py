"""The form that sets days of a calendar or a unit, or lets them be as usual again."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.accounts.public import User
from onegrid.core.errors import InvalidInputError
from onegrid.dispatch.public import set_working_days, withdraw_working_days
from onegrid.units.public import LONGEST_REASON, DaysPlan, SpanOfDays, Whose, WrongCalendarError, read_spans
from onegrid.workspace.readers.calendars import can_set_whole, units_to_set_for

WHOLE = "*"


class What(TextChoices):
    """What is to become of the days."""

    REST = "rest", gettext_lazy("Not worked")
    WORK = "work", gettext_lazy("Worked")
    USUAL = "usual", gettext_lazy("As usual again: withdraw what was set")


class DaysForm(forms.Form):
    """Which days of whose calendar are to be what, and why."""

    whose = forms.ChoiceField(
        label=gettext_lazy("For whom"), error_messages={"required": gettext_lazy("Say whose days these are.")}
    )
    what = forms.ChoiceField(
        label=gettext_lazy("These days are"), choices=What.choices, initial=What.REST, widget=forms.RadioSelect
    )
    day = forms.DateField(
        label=gettext_lazy("First day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Say which day, or the first of them.")},
    )
    until = forms.DateField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    spans = forms.CharField(label=gettext_lazy("Working time"), required=False, max_length=200)
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, max_length=LONGEST_REASON)

    def __init__(self, *args: Any, code: str, by: User, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        super().__init__(*args, **more)
        self.code, self.by = code, by
        whole = [(WHOLE, _("all who follow this calendar"))] if can_set_whole(code, by=by) else []
        units = [(unit.code, unit.name) for unit in units_to_set_for(code, by=by)]
        offered = [*whole, *units]
        self.offers = bool(offered)  # whether there is anybody for whom this person may set days
        field = self.fields["whose"]
        assert isinstance(field, forms.ChoiceField)
        # Nobody is chosen beforehand where there is a choice: the wrong unit's days would be set in passing.
        field.choices = [("", _("Choose for whom")), *offered] if len(offered) > 1 else offered

    def clean_spans(self) -> list[list[str]]:
        """Read the working time as people write it."""
        try:
            return read_spans(self.cleaned_data["spans"])
        except WrongCalendarError as error:
            raise forms.ValidationError(str(error)) from error

    def carry_out(self, *, at: datetime) -> int:
        """Do what a valid form was sent for; returns how many days are not as they were."""
        data, chosen = self.cleaned_data, self.cleaned_data["whose"]
        whose = Whose(calendar=self.code) if chosen == WHOLE else Whose(unit=chosen)
        if data["what"] == What.USUAL:
            return withdraw_working_days(whose=whose, days=self.days, by=self.by, at=at)
        plan = DaysPlan(
            days=self.days, is_working=data["what"] == What.WORK, spans=data["spans"], reason=data["reason"]
        )
        return set_working_days(whose=whose, plan=plan, by=self.by, at=at)

    @property
    def days(self) -> SpanOfDays:
        """Return which days a valid form names."""
        first: date = self.cleaned_data["day"]
        return SpanOfDays(first=first, last=self.cleaned_data["until"] or first)

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what was refused, at its fields where they are known."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            self.add_error(name if name in self.fields else None, message)
