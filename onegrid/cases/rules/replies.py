"""How a reply template is filled in for a case, and whether it can be."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

SNAPSHOT = "replies"
LONGEST_NAME = 60
LONGEST_TEXT = 1000
GAP = "____"  # where a case does not have the value: for the officer to fill in by hand
PLACEHOLDERS: Mapping[str, StrPromise] = {
    "number": gettext_lazy("number of the case"),
    "category": gettext_lazy("category"),
    "place": gettext_lazy("address, or else the grid"),
    "unit": gettext_lazy("unit that leads, or else has it now"),
    "due": gettext_lazy("day and time by which it is due"),
}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder, as it is written."""
    return [f"{{{name}}}" for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders replaced; what is not known leaves a gap to see."""
    return _PLACEHOLDER.sub(lambda match: values.get(match[1]) or GAP, text)


def why_not_reply(*, name: str, text: str, text_en: str) -> dict[str, str]:
    """Return what is wrong with a template, by field; nothing if it can be used."""
    faults: dict[str, str] = {}
    if not name.strip():
        faults["name"] = _("Give the template a name.")
    if not text.strip():
        faults["text"] = _("Write the text.")
    for field, said in (("text", text), ("text_en", text_en)):
        if unknown := unknown_placeholders(said):
            values = {"found": ", ".join(unknown), "known": ", ".join(f"{{{known}}}" for known in PLACEHOLDERS)}
            faults[field] = _("%(found)s is not a placeholder. There are: %(known)s.") % values
        elif len(said) > LONGEST_TEXT:
            faults[field] = _("At most %(count)d characters.") % {"count": LONGEST_TEXT}
    return faults
