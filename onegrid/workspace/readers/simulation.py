"""What the routing table says to a made-up case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from onegrid.catalogue.public import catalogue
from onegrid.core.errors import InvalidInputError
from onegrid.core.names import in_language
from onegrid.dispatch.public import route
from onegrid.geography.public import Level, locate, locator_for


@dataclass(frozen=True, kw_only=True)
class FittingRule:
    """One more rule that fits, in its own words."""

    code: str
    reason: str
    lead: str


@dataclass(frozen=True, kw_only=True)
class Simulated:
    """Where a case would go."""

    place: str
    lead: str
    support: Sequence[str]
    reason: str
    rule: str
    docket_url: str
    docket_name: str
    others: Sequence[FittingRule]


def simulate(
    *, category_code: str, area_code: str, point: tuple[float, float] | None, system: str, level: str, at: datetime
) -> Simulated:
    """
    Return where a case would go and why.

    :raises InvalidInputError: if the category is no leaf, or no place is named.
    :raises OutsideDistrictError: if the point is not in the district.
    """
    kind = catalogue().by_code.get(category_code)
    if kind is None or not kind.is_leaf:
        message = _("Choose a category from the catalogue.")
        raise InvalidInputError(message, fields={"category": message})
    path, place = _place(area_code, point, system=system, at=at)
    going, language = route(category=kind, area_path=path, level=level, at=at), get_language() or ""
    made_of = going.rule.precedent if going.rule else None
    return Simulated(
        place=place,
        lead=going.lead.named(language) if going.lead else "",
        support=[unit.named(language) for unit in going.support],
        reason=going.reason,
        rule=going.rule.code if going.rule else "",
        docket_url=reverse("workspace:docket", args=[made_of.case_number, made_of.docket]) if made_of else "",
        docket_name=f"{made_of.case_number} / {made_of.docket}" if made_of else "",
        others=[
            FittingRule(code=rule.code, reason=in_language(language, rule.reason, rule.reason_en), lead=rule.lead)
            for rule in going.others
        ],
    )


def _place(area_code: str, point: tuple[float, float] | None, *, system: str, at: datetime) -> tuple[str, str]:
    if point:
        found = locate(*point, system)
        return found.grid.path, f"{found.township.name} {found.community.name} {found.grid.name}"
    areas = locator_for(localtime(at).date())
    for level in Level:
        for place in areas.places(level):
            if area_code and place.code == area_code:
                return place.path, place.name
    message = _("Name an area, or give a point.")
    raise InvalidInputError(message, fields={"area": message})
