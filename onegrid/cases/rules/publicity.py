"""
What a stranger may see of a case. Everything public about a case is asked here.

A resident's own words are shown once a person has accepted them; an exact
place once the matter is known to be of an open kind.
"""

from collections.abc import Mapping
from uuid import UUID

from onegrid.cases.models import Case
from onegrid.cases.states import Outcome, Status
from onegrid.catalogue.public import CategoryEntry, Sensitivity

UNREAD = frozenset({Status.REPORTED, Status.REFUSED, Status.MERGED})  # nobody has accepted the words, or never will
UNKNOWN = Sensitivity.COARSE  # of what kind the matter is


def sensitivity_of(case: Case, categories: Mapping[UUID, CategoryEntry]) -> Sensitivity:
    """Return how much of a case may be shown; a matter nobody has put in a category yet is treated with care."""
    return categories[case.category_id].sensitivity if case.category_id else UNKNOWN


def shows_place(case: Case, categories: Mapping[UUID, CategoryEntry]) -> bool:
    """Tell whether strangers see the exact place, rather than only the community."""
    return sensitivity_of(case, categories) == Sensitivity.OPEN


def shows_words(case: Case, categories: Mapping[UUID, CategoryEntry]) -> bool:
    """Tell whether strangers read what the reporter wrote: title, text and address."""
    was_accepted = case.status not in UNREAD and case.outcome != Outcome.WITHDRAWN
    return was_accepted and shows_place(case, categories)
