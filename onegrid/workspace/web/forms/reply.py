"""The form of a reply template."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from onegrid.accounts.public import User
from onegrid.cases.public import ReplyStep, ReplyWords, may_edit_reply, units_to_write_for
from onegrid.core.errors import InvalidInputError
from onegrid.units.public import directory
from onegrid.workspace.readers.queue import categories_to_choose


class ReplyForm(forms.Form):
    """What a template says, for which step, which matters and whose officers."""

    step = forms.ChoiceField(label=gettext_lazy("Step"), choices=ReplyStep.choices)
    unit = forms.ChoiceField(label=gettext_lazy("Offered to"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), required=False, max_length=60)
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    name_en = forms.CharField(label=gettext_lazy("Name in English"), required=False, max_length=60)
    text_en = forms.CharField(
        label=gettext_lazy("Text in English"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, by: User, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        super().__init__(*args, **more)
        self._offer("unit", _units(by))
        groups = [(name, options) for name, options in categories_to_choose()]
        self._offer("category", [("", _("all categories")), *groups])

    @property
    def words(self) -> ReplyWords:
        """Return what a valid form says."""
        data = self.cleaned_data
        return ReplyWords(
            step=ReplyStep(data["step"]),
            unit_id=UUID(data["unit"]) if data["unit"] else None,
            category_code=data["category"],
            name=data["name"],
            name_en=data["name_en"],
            text=data["text"],
            text_en=data["text_en"],
        )

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what was refused, at its fields where they are known."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            self.add_error(name if name in self.fields else None, message)

    def _offer(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _units(by: User) -> list[tuple[str, str]]:
    language, units = get_language() or "", directory()
    mine = [(str(id_), units.by_id[id_].named(language)) for id_ in units_to_write_for(by)]
    return [("", _("the whole district")), *mine] if may_edit_reply(by, None) else mine
