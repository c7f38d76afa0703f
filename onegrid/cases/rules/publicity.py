"""
What a stranger may see of a case. Everything public about a case is asked here.

A resident's own words are shown once a person has accepted them; an exact
place once the matter is known to be of an open kind.
"""

import re
from collections.abc import Mapping
from uuid import UUID

from onegrid.cases.models import Case
from onegrid.cases.states import Outcome, Status
from onegrid.catalogue.public import CategoryEntry, Sensitivity

UNREAD = frozenset({Status.REPORTED, Status.REFUSED, Status.MERGED})  # nobody has accepted the words, or never will
REMOVED = "▇▇▇"
# What leads to a person: mobile and landline numbers, identity cards, e-mail addresses, number plates.
_LEADS_TO_SOMEBODY = re.compile(
    r"(?<!\d)(?:(?:\+?86)?[ -]?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]\d{7,8}|\d{17}[\dXx])(?!\d)"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·• ]?[A-Z0-9]{5,6}(?![A-Z0-9])"
    r"|\d{5,}(?=…)",  # what a title was cut within
    re.ASCII,
)
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


def for_strangers(words: str) -> str:
    """Return a reporter's words without the numbers and addresses in them that lead to somebody."""
    return _LEADS_TO_SOMEBODY.sub(REMOVED, words)
