"""What a saved filter may be called, and which of them can be counted while a page is drawn."""

from django.utils.translation import gettext as _

from onegrid.workspace.rules.filters import Filters

LONGEST_NAME = 60
MOST_SAVED = 50  # of one person


def why_not_name(name: str) -> str:
    """Return why a filter cannot have this name; nothing if it can."""
    if not name.strip():
        return _("Give the filter a name.")
    if len(name.strip()) > LONGEST_NAME:
        return _("A name has at most %(count)d characters.") % {"count": LONGEST_NAME}
    return ""


def is_cheap(filters: Filters) -> bool:
    """
    Tell whether a filter can be counted in passing: open cases only, and no search through their words.

    An area is looked up in a statement of its own, so those with one are not counted either.
    """
    return not (filters.ended or filters.q or filters.area)
