"""Say in the reader's language what pydantic found wrong with a field."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.core.api.misfits import EXAMPLE, plain_number

NO_MOMENT = "no_moment"  # ours: what is a number, where a moment is to be written out

_TEXT = gettext_lazy("This must be text.")
_WHOLE = gettext_lazy("This must be a whole number.")
_NUMBER = gettext_lazy("This must be a number.")
_CHOICE = gettext_lazy("This must be one of %(expected)s.")
_DAY = gettext_lazy("Write a day that there is, such as 2026-11-28.")
_MOMENT = gettext_lazy("Write the moment out, such as %(example)s.")
_UUID = gettext_lazy("This is not a UUID.")
_OBJECT = gettext_lazy("This must be an object.")
_MESSAGES: Mapping[str, Promise] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_long": gettext_lazy("At most %(max_length)s characters."),
    "string_too_short": gettext_lazy("At least %(min_length)s characters."),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "greater_than": gettext_lazy("This must be more than %(gt)s."),
    "greater_than_equal": gettext_lazy("This must be at least %(ge)s."),
    "less_than_equal": gettext_lazy("This must be at most %(le)s."),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "int_parsing_size": gettext_lazy("This number is too large."),
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": gettext_lazy("This must be true or false."),
    "bool_type": gettext_lazy("This must be true or false."),
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    NO_MOMENT: _MOMENT,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": gettext_lazy("This moment needs its time zone, such as +08:00."),
    "uuid_type": _UUID,
    "uuid_parsing": _UUID,
    "list_type": gettext_lazy("This must be a list."),
    "too_long": gettext_lazy("At most %(max_length)s of them are possible."),
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def told(fault: Mapping[str, Any]) -> str:
    """Return what is wrong with a field."""
    known = _MESSAGES.get(fault["type"])
    if known is None:
        return _("This value does not fit: %(reason)s.") % {"reason": fault["msg"]}
    context = {name: _said(name, value) for name, value in (fault.get("ctx") or {}).items()}
    return str(known) % {"example": EXAMPLE, **context}


def _said(name: str, value: object) -> str:
    if name == "expected":  # "'before', 'after' or 'other'", in English whoever reads it
        *others, last = str(value).replace(" or ", ", ").split(", ")
        return _(" or ").join([_(", ").join(others), last] if others else [last])
    return plain_number(str(value))
