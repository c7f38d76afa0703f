"""Whether what somebody answered fits the questions of a category, in words for who answered."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

_OTHERWISE: Final = gettext_lazy("This answer is not possible.")
_TEXTS: Final = {
    "type": gettext_lazy("This is not the kind of answer that is asked for."),
    "minimum": gettext_lazy("At least %(asked)s."),
    "maximum": gettext_lazy("At most %(asked)s."),
    "maxLength": gettext_lazy("At most %(asked)s characters."),
}


def faulty_answers(form: Mapping[str, Any], answers: Mapping[str, object]) -> dict[str, str]:
    """Return what is wrong with each answer, by the name of its question; nothing if all fit."""
    if not form:
        return {name: _("This is not asked here.") for name in answers}
    faults: dict[str, str] = {}
    for error in Draft202012Validator(dict(form)).iter_errors(dict(answers)):
        for name, reason in _said(error, form, answers):
            faults.setdefault(name, reason)
    return faults


def _said(error: ValidationError, form: Mapping[str, Any], answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if error.absolute_path:
        yield str(error.absolute_path[0]), _reason(error)
    elif error.validator == "required":
        yield from ((name, _("This must be answered.")) for name in form["required"] if name not in answers)
    else:
        yield from ((name, _("This is not asked here.")) for name in answers if name not in form["properties"])


def _reason(error: ValidationError) -> str:
    asked = error.validator_value
    if error.validator == "oneOf" and isinstance(asked, list):
        return _("Choose one of: %(offered)s.") % {"offered": ", ".join(str(option.get("const")) for option in asked)}
    return str(_TEXTS.get(str(error.validator), _OTHERWISE)) % {"asked": asked}
