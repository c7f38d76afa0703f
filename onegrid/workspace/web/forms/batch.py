"""What a form of a step on many cases sends: the picked cases, and where they are to go."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.accounts.public import User
from onegrid.cases.public import ReturnReason, known, queue_page
from onegrid.core.errors import InvalidInputError
from onegrid.units.public import UnitEntry, directory
from onegrid.workspace.models import BatchAction
from onegrid.workspace.rules.batches import MOST_CASES, Pick, Wish, require_number
from onegrid.workspace.rules.filters import Filters, NoSuchFilterError, read_query
from onegrid.workspace.web.forms.step import text_field

LARGEST_VERSION = 2**31 - 1


class Picked(NamedTuple):
    """The cases that were picked; `is_beginning` if the list they stand for goes on after them."""

    picks: list[Pick]
    is_beginning: bool


class BatchForm(forms.Form):
    """Where picked cases are to go, and what is said with the step."""

    unit = forms.CharField(
        label=gettext_lazy("One unit for all of them"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Leave it empty, and each goes where the rules suggest."),
    )
    category = forms.CharField(label=gettext_lazy("One category for all of them"), required=False, max_length=120)
    code = forms.ChoiceField(label=gettext_lazy("Why?"), required=False, choices=[("", "–"), *ReturnReason.choices])
    note = text_field(gettext_lazy("Note"), required=False)

    def __init__(self, *args: Any, action: BatchAction, **more: Any) -> None:  # noqa: ANN401 — as Django has it
        more["auto_id"] = "f_%s"
        super().__init__(*args, **more)
        self.action = action
        if action == BatchAction.RETURN:
            label, hint = _("Why are they not yours, and whose are they?"), _("The reporter reads this.")
            self.fields["note"] = text_field(label, hint=hint)
        else:
            del self.fields["code"]

    def clean_unit(self) -> str:
        """Return the code of the unit that was named."""
        text = self.cleaned_data["unit"].strip()
        unit = unit_called(text) if text else None
        if text and unit is None:
            raise forms.ValidationError(_("There is no such unit. Choose one from the list."))
        return unit.code if unit else ""

    @property
    def choice(self) -> str:
        """Return the unit or category that is to hold for all cases."""
        field = {BatchAction.DISPATCH: "unit", BatchAction.FILE: "category"}.get(self.action)
        return str(self.cleaned_data.get(field) or "") if field else ""

    def take_refusal(self, refusal: InvalidInputError) -> None:
        """Show what was refused, at its field where there is one."""
        for name, message in (refusal.fields or {"": str(refusal)}).items():
            self.add_error(name if name in self.fields else None, message)


def unit_called(text: str) -> UnitEntry | None:
    """Return the unit of a code or a full name."""
    units, wanted = directory(), text.casefold()
    if (unit := units.by_code.get(text)) is not None:
        return unit
    return next((u for u in units.by_code.values() if wanted in {u.name.casefold(), u.name_en.casefold()}), None)


def action_of(request: HttpRequest) -> BatchAction:
    """
    Return which step is asked for.

    :raises InvalidInputError: if there is no such step.
    """
    word = request.POST.get("action", "")
    if word not in BatchAction.values:
        raise InvalidInputError(_("There is no such step."))
    return BatchAction(word)


def list_behind(request: HttpRequest) -> Filters:
    """Return the list to go back to; one that is not understood is the usual one."""
    try:
        return read_query(request.POST.get("query", ""))
    except NoSuchFilterError:
        return Filters()


def picked_of(request: HttpRequest, *, by: User, at: datetime) -> Picked:
    """
    Return the cases that were picked: one by one, or the whole list as far as it goes at once.

    :raises InvalidInputError: if there are none, or too many, or if the list is not understood.
    """
    is_beginning = "beginning" in request.POST
    if "whole" in request.POST:
        filters = read_query(request.POST.get("query", ""))
        selection, order = known(filters.selection(now=localtime(at))), filters.sort
        page = queue_page(selection, order=order, by=by, at=at, limit=MOST_CASES)
        picks = [Pick(named=row.number, id=row.id, version=row.version) for row in page.rows]
        is_beginning = bool(page.next_after)
    else:
        tokens = [*request.POST.getlist("case"), *request.POST.getlist("left")]
        picks = [_pick(token) for token in dict.fromkeys(tokens)]
    require_number(len(picks))
    return Picked(picks, is_beginning)


def settled_picks(request: HttpRequest) -> list[Pick]:
    """
    Return the cases of a preview that would go on, each with where to.

    :raises InvalidInputError: if there are none, or too many.
    """
    picks = [_pick(token, is_settled=True) for token in dict.fromkeys(request.POST.getlist("case"))]
    require_number(len(picks))
    return picks


def wish_of(form: BatchForm, picks: list[Pick]) -> Wish:
    """Return what a valid form asks for."""
    note = form.cleaned_data.get("note", "")
    code = ReturnReason(chosen) if (chosen := form.cleaned_data.get("code")) else None
    return Wish(action=form.action, picks=picks, choice=form.choice, note=note, code=code)


def _pick(token: str, *, is_settled: bool = False) -> Pick:
    id_, version, choice = [*token.split(":", 2), "", ""][:3]
    try:
        case_id, seen = UUID(id_), int(version)
    except ValueError:
        raise InvalidInputError(_("A picked case could not be understood. Pick again in the list.")) from None
    return Pick(
        named=str(case_id), id=case_id, version=min(max(seen, 1), LARGEST_VERSION), choice=choice if is_settled else ""
    )
