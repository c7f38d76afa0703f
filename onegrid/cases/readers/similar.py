"""
Open cases near by that may be about the same matter, the likeliest first, with what they have in common.

One statement: the nearest open cases inside a small box, along the GiST index on
open cases, no more than `LOOKED_AT`. They are compared in memory. Where more lie
there, as where everything is reported that nobody could place, a second statement
looks for those that share a word, along the index of words of open cases.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.expressions import RawSQL

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.models.case import CaseQuerySet
from onegrid.cases.readers import strangers
from onegrid.cases.rules.similarity import Kinship, Likeness, kinship, telling
from onegrid.catalogue.public import catalogue
from onegrid.core.fields import Box, Point
from onegrid.core.search import query_terms, spelled_out
from onegrid.geography.public import meters_between

REACH = 200.0  # meters
LOOKED_AT = 60
SHOWN = 8
READ = 1000  # characters of a text that are compared


@dataclass(frozen=True, kw_only=True, slots=True)
class Matter:
    """What others are compared with: where it is, what is said of it, and its category if one is known."""

    place: Point
    text: str = ""
    category_code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Similar:
    """An open case near by, and what it has in common with the matter."""

    case: Case
    likeness: Likeness


def matter_of(case: Case) -> Matter:
    """Return what a case is compared by."""
    entry = catalogue().by_id.get(case.category_id) if case.category_id else None
    return Matter(place=case.place, text=f"{case.title} {case.description}", category_code=entry.code if entry else "")


def similar(
    matter: Matter, *, by: User, at: datetime, besides: UUID | None = None, reach: float = REACH
) -> list[Similar]:
    """Return the open cases around a place that somebody may see, the most alike first."""
    found = Case.objects.visible_to(by).open()
    if besides is not None:
        found = found.exclude(pk=besides)
    return _near(found, matter, at=at, reach=reach)


def similar_for_strangers(matter: Matter, *, at: datetime, reach: float = REACH) -> list[Similar]:
    """
    Return the open cases around a place that anybody may read, and that have a kind or words in common with it.

    The most alike come first. Those whose words or place strangers do not see are left out.
    """
    near = _near(strangers.listed().filter(ended_at__isnull=True), matter, at=at, reach=reach)
    return [other for other in near if strangers.shows_words(other.case) and _is_alike(other.likeness)]


def _is_alike(likeness: Likeness) -> bool:
    return likeness.kinship is Kinship.SAME or len(likeness.shared) > 0


def _near(found: CaseQuerySet, matter: Matter, *, at: datetime, reach: float) -> list[Similar]:
    up, aside = reach / 111_320, reach / 98_000  # degrees, at the latitudes of a district
    place = matter.place
    box = Box(place.lon - aside, place.lat - up, place.lon + aside, place.lat + up)
    found = found.filter(place__in_box=box)
    distance = RawSQL("cases_case.place <-> %s::point", [f"({place.lon!r},{place.lat!r})"])
    known = catalogue().terms
    said = telling(query_terms(matter.text[:READ]), known)
    cases = list(found.order_by(distance)[:LOOKED_AT])
    if len(cases) == LOOKED_AT and said:
        others = found.exclude(pk__in=[case.pk for case in cases]).open_matching_any(sorted(said))
        cases += others.order_by("-reported_at")[:LOOKED_AT]
    near = [Similar(case=case, likeness=_likeness(case, matter, said, at=at)) for case in cases]
    near = [other for other in near if other.likeness.meters <= reach]
    near.sort(key=lambda other: (-other.likeness.weight(reach=reach), other.likeness.meters))
    return near[:SHOWN]


def _likeness(case: Case, matter: Matter, said: frozenset[str], *, at: datetime) -> Likeness:
    other = matter_of(case)
    terms = said & set(query_terms(other.text[:READ]))
    return Likeness(
        meters=meters_between(matter.place, case.place),
        kinship=kinship(matter.category_code, other.category_code),
        shared=sorted(spelled_out(matter.text[:READ], terms), key=lambda word: -len(word)),
        age=at - case.reported_at,
    )
