"""Whether what somebody asks for can be found: its codes are or ever were, and its text holds a word."""

from django.utils.translation import gettext as _

from onegrid.cases.readers.lateness import NONE
from onegrid.cases.readers.selection import Selection, asks_for_words, located, units_of, versions_below
from onegrid.core.errors import InvalidInputError

_SAID = 40  # characters of what is refused


class CannotBeFoundError(InvalidInputError):
    """There never was what a selection names by its code, or its text holds nothing but signs, which no index knows."""


def known(selection: Selection) -> Selection:
    """
    Return a selection with the level of its area, as `located` does and in as many statements.

    What was closed or renamed counts as known: cases lie there, and saved filters ask for them.

    Signs alone would find everything, and nobody is to read a wider list than they asked for.

    :raises CannotBeFoundError: if its area, its category or one of its units never was, or its text holds no word.
    """
    if (text := selection.text.strip()) and not asks_for_words(selection):
        message = _("“%(text)s” holds no letter and no digit to search for.") % {"text": text[:_SAID]}
        raise CannotBeFoundError(message, fields={"text": message})
    asked = located(selection)
    if asked.area and not asked.area_level:
        message = _("There is no area “%(code)s”.") % {"code": asked.area[:_SAID]}
        raise CannotBeFoundError(message, fields={"area": message})
    if asked.category not in {"", NONE} and not versions_below(asked.category):
        message = _("There is no category “%(code)s”.") % {"code": asked.category[:_SAID]}
        raise CannotBeFoundError(message, fields={"category": message})
    for name in ("unit", "lead", "holder", "handled_by"):
        code = getattr(asked, name)
        if code not in {"", NONE} and not units_of(code):
            message = _("There is no unit “%(code)s”.") % {"code": code[:_SAID]}
            raise CannotBeFoundError(message, fields={name: message})
    return asked
