"""What a decided docket is to mean for all cases of its kind, and the end of such a rule."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from onegrid.core.errors import InvalidInputError
from onegrid.dispatch.public import Proposal


class RuleForm(forms.Form):
    """Which matters, where, go to whom from when, and why."""

    category = forms.ChoiceField(label=gettext_lazy("Category"))
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False)
    lead = forms.ChoiceField(label=gettext_lazy("Goes to"))
    opens_on = forms.DateField(label=gettext_lazy("From which day on"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=gettext_lazy("Why do they go there?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("One sentence; dispatchers read it beside the suggestion."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 — as Django has it
        choices: tuple[Sequence[Any], Sequence[Any], Sequence[Any]],
        area: str,
        at: datetime,
        **more: Any,  # noqa: ANN401
    ) -> None:
        first = {
            name: offered[0][0] for name, offered in zip(("category", "lead"), choices[::2], strict=True) if offered
        }
        initial = {**first, "area": area, "opens_on": localtime(at).date().isoformat()}
        super().__init__(*args, **{**more, "auto_id": "f_%s", "initial": initial})
        for name, offered in zip(("category", "area", "lead"), choices, strict=True):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(offered)

    @property
    def proposal(self) -> Proposal:
        """Return what a valid form proposes."""
        data = self.cleaned_data
        return Proposal(
            category_code=data["category"],
            area_code=data["area"],
            lead=data["lead"],
            opens_on=data["opens_on"],
            reason=data["reason"],
        )

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what was refused, at its fields where they are known."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            self.add_error(name if name in self.fields else None, message)
