"""
Open cases near by that may be about the same matter, the likeliest first, with what they have in common.

One statement: the nearest open cases inside a small box, along the GiST index on
open cases, no more than `LOOKED_AT`. They are compared in memory.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models.expressions import RawSQL

from onegrid.accounts.public import User
from onegrid.cases.models import Case
from onegrid.cases.rules.similarity import Likeness, kinship, telling
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
    """Return the open cases around a place that somebody may see, the most alike first. One statement."""
    up, aside = reach / 111_320, reach / 98_000  # degrees, at the latitudes of a district
    place = matter.place
    box = Box(place.lon - aside, place.lat - up, place.lon + aside, place.lat + up)
    found = Case.objects.visible_to(by).open().filter(place__in_box=box)
    if besides is not None:
        found = found.exclude(pk=besides)
    distance = RawSQL("cases_case.place <-> %s::point", [f"({place.lon!r},{place.lat!r})"])
    known = catalogue().terms
    said = telling(query_terms(matter.text[:READ]), known)
    near = [
        Similar(case=case, likeness=_likeness(case, matter, said, at=at))
        for case in found.order_by(distance)[:LOOKED_AT]
    ]
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
