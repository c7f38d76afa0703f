"""The fields of the report form that Django lacks: a grouped list of places, a category's questions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from onegrid.catalogue.public import AnswerKind, Question
from onegrid.core.installation import area_named
from onegrid.geography.public import Community


def grouped(places: Iterable[Community]) -> list[tuple[str, Any]]:
    """Return the choices of a list of communities by township, after one that says nothing is chosen."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for place in places:
        groups.setdefault(area_named(place.township_name), []).append((place.code, area_named(place.name)))
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
