"""
What strangers see of cases: which ones at all, which they find by their words, how much of each, under which names.

Every surface that shows cases to the public asks here, so that none shows more than another.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.cases.models import Case, Evidence, TimelineEntry
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.rules import publicity
from onegrid.cases.rules.telling import Names, Telling, told
from onegrid.cases.states import Outcome
from onegrid.catalogue.public import Sensitivity, catalogue
from onegrid.units.public import directory, kept_unit_name


def shown() -> QuerySet[Case]:
    """Return the cases whose page anybody may open; those joined with another are among them."""
    return Case.objects.filter(is_public=True).exclude(category__in=_kinds(Sensitivity.CLOSED))


def listed() -> CaseQuerySet:
    """Return the cases that public lists and counts hold."""
    return Case.objects.public().exclude(category__in=_kinds(Sensitivity.CLOSED))


def placed() -> QuerySet[Case]:
    """Return the listed cases whose exact place anybody may see; only these may be looked for by it."""
    return listed().filter(category__in=_kinds(Sensitivity.OPEN))


def versions_of(code: str) -> list[UUID]:
    """Return every version of a category and of all below it."""
    known = catalogue().by_id.items()
    return [pk for pk, entry in known if entry.code == code or entry.code.startswith(f"{code}.")]


def found(text: str) -> QuerySet[Case]:
    """Return the listed cases that hold the words of a search, of those only whose words strangers may read."""
    readable = Case.objects.public().matching(text, only_shown=True).filter(category__in=_kinds(Sensitivity.OPEN))
    return readable.exclude(status__in=publicity.UNREAD).exclude(outcome=Outcome.WITHDRAWN)


def shows_place(case: Case) -> bool:
    """Tell whether strangers see the exact place of a case, rather than only the community."""
    return publicity.shows_place(case, catalogue().by_id)


def shows_words(case: Case) -> bool:
    """Tell whether strangers read what the reporter wrote: title, text and address."""
    return publicity.shows_words(case, catalogue().by_id)


def photos() -> QuerySet[Evidence]:
    """Return the pictures anybody may see, of the cases whose page anybody may open."""
    return Evidence.objects.public().filter(case__in=shown())


def tellings(entries: Iterable[TimelineEntry]) -> list[Telling]:
    """Return what happened to a case as strangers read it, from the public entries of its timeline."""
    names = Names(unit=kept_unit_name, category=category_named)
    return [told(entry, names) for entry in entries]


def description_of(case: Case) -> str:
    """Return what strangers read of what the reporter wrote; nothing before somebody has accepted it."""
    return publicity.for_strangers(case.description) if shows_words(case) else ""


def address_of(case: Case) -> str:
    """Return what strangers read of the address that was given; nothing where they may not read the words."""
    return publicity.for_strangers(case.address) if shows_words(case) else ""


def title_of(case: Case) -> str:
    """Return what strangers read as a case's title: the reporter's once accepted, before that its kind."""
    if shows_words(case):
        return publicity.for_strangers(case.title)
    return category_name(case) or _("A report not yet checked")


def category_name(case: Case) -> str:
    """Return the kind of a case in the reader's language, if it is known."""
    return catalogue().by_id[case.category_id].named(get_language() or "") if case.category_id else ""


def category_named(code: str) -> str:
    """Return how a category of a code is called in the reader's language."""
    entry = catalogue().by_code.get(code)
    return entry.named(get_language() or "") if entry else ""


def unit_name(unit_id: UUID | None) -> str:
    """Return how a unit is called in the reader's language."""
    unit = directory().by_id.get(unit_id) if unit_id else None
    return unit.named(get_language() or "") if unit else ""


def _kinds(sensitivity: Sensitivity) -> list[UUID]:
    return [pk for pk, entry in catalogue().by_id.items() if entry.sensitivity == sensitivity]
