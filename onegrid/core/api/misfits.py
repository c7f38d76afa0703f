"""Say in the reader's language what msgspec found wrong, by the name of the field."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from onegrid.core.errors import InvalidInputError

EXAMPLE = "2026-11-24T09:00:00+08:00"  # of a moment

_AT = re.compile(r" - at `(?:key in )?\$\.?([^`]*)`$")
_POSITION = re.compile(r"\[[\d.]*\]")
_NAMED = re.compile(r"Object (missing required|contains unknown) field `([^`]+)`")
_KIND = re.compile(r"Expected `([^`]+)`, got `([^`]+)`")
_LENGTH = re.compile(r"Expected `(\w+)` of length (<=|>=) (\d+)")
_BOUND = re.compile(r"Expected `\w+` (<=|>=|<|>) (\S+)")
_CHOICE = re.compile(r"Invalid enum value ['\"]?(.*?)['\"]?", re.DOTALL)

_KINDS: Mapping[str, Promise] = {
    "str": gettext_lazy("a text"),
    "int": gettext_lazy("a whole number"),
    "float": gettext_lazy("a number"),
    "bool": gettext_lazy("true or false"),
    "array": gettext_lazy("a list"),
    "object": gettext_lazy("an object"),
    "null": gettext_lazy("null"),
    "datetime": gettext_lazy("a moment"),
    "uuid": gettext_lazy("a UUID"),
}
_BOUNDS: Mapping[str, Promise] = {
    "<=": gettext_lazy("At most %(n)s is possible."),
    ">=": gettext_lazy("At least %(n)s is needed."),
    "<": gettext_lazy("It must be less than %(n)s."),
    ">": gettext_lazy("It must be more than %(n)s."),
}
_LENGTHS: Mapping[tuple[bool, str], Promise] = {
    (True, "<="): gettext_lazy("At most %(n)s characters are possible."),
    (True, ">="): gettext_lazy("At least %(n)s characters are needed."),
    (False, "<="): gettext_lazy("At most %(n)s of them are possible."),
    (False, ">="): gettext_lazy("At least %(n)s of them are needed."),
}
_MOMENT = gettext_lazy("Write the moment out, such as %(example)s.")
_TOO_LARGE = gettext_lazy("This number is too large.")
_FORMS: Mapping[str, Promise] = {
    "Invalid UUID": gettext_lazy("This is not a UUID."),
    "Invalid RFC3339 encoded datetime": _MOMENT,
    "Invalid epoch timestamp": _MOMENT,
    "Timestamp is out of range": _MOMENT,
    "Expected `datetime` with a timezone component": gettext_lazy("This moment needs its time zone, such as +08:00."),
    "Number out of range": _TOO_LARGE,
    "Integer value out of range": _TOO_LARGE,
}


def misfit(fault: str) -> InvalidInputError:
    """Return the refusal of a body or query in which msgspec found a fault."""
    where = _AT.search(fault)
    name = _POSITION.sub("", where[1] if where else "")
    said = _AT.sub("", fault).strip()
    if named := _NAMED.match(said):
        name = f"{name}.{named[2]}" if name else named[2]
        message = _("This is missing.") if named[1].startswith("missing") else _("There is no such field.")
    else:
        message = _told(said)
    return InvalidInputError(_("The body cannot be taken as it is."), fields={name or "body": message})


def plain_number(text: str) -> str:
    """Return a number as people write it: without a fraction where it is whole."""
    return text.removesuffix(".0")


def _told(said: str) -> str:
    if kind := _KIND.fullmatch(said):
        return _("What is expected here is %(expected)s, not %(got)s.") % {
            "expected": _named(kind[1]),
            "got": _named(kind[2]),
        }
    if length := _LENGTH.fullmatch(said):
        return str(_LENGTHS[length[1] == "str", length[2]]) % {"n": length[3]}
    if bound := _BOUND.fullmatch(said):
        return str(_BOUNDS[bound[1]]) % {"n": plain_number(bound[2])}
    if choice := _CHOICE.fullmatch(said):
        return _("“%(value)s” is none of the values that are possible here.") % {"value": choice[1]}
    if said in _FORMS:
        return str(_FORMS[said]) % {"example": EXAMPLE}
    return _("This value does not fit: %(reason)s.") % {"reason": said}


def _named(kinds: str) -> str:
    return _(" or ").join(str(_KINDS.get(kind, kind)) for kind in kinds.split(" | "))
