"""Whether there are, or ever were, the area, the category and the units that somebody asks for by their codes."""

from django.utils.translation import gettext as _

from onegrid.cases.readers.lateness import NONE
from onegrid.cases.readers.selection import Selection, located, units_of, versions_below
from onegrid.core.errors import InvalidInputError

_SAID = 40  # characters of a code


class NoSuchCodeError(InvalidInputError):
    """There never was an area, a category or a unit of the code that a selection names."""


def known(selection: Selection) -> Selection:
    """
    Return a selection with the level of its area, as `located` does and in as many statements.

    What was closed or renamed counts as known: cases lie there, and saved filters ask for them.

    :raises NoSuchCodeError: if its area, its category or one of its units never was.
    """
    asked = located(selection)
    if asked.area and not asked.area_level:
        message = _("There is no area “%(code)s”.") % {"code": asked.area[:_SAID]}
        raise NoSuchCodeError(message, fields={"area": message})
    if asked.category not in {"", NONE} and not versions_below(asked.category):
        message = _("There is no category “%(code)s”.") % {"code": asked.category[:_SAID]}
        raise NoSuchCodeError(message, fields={"category": message})
    for name in ("unit", "lead", "holder", "handled_by"):
        code = getattr(asked, name)
        if code not in {"", NONE} and not units_of(code):
            message = _("There is no unit “%(code)s”.") % {"code": code[:_SAID]}
            raise NoSuchCodeError(message, fields={name: message})
    return asked
